import type { Conditions, Statement } from "../iam/policy";
import { namedStatements, readStatements } from "./document";
import { demandedValues, partiesOf, sayWho, whoKeys, type Party } from "./principals";
import { roleTypes, type RoleType } from "./resourceTypes";
import type { Rule } from "./rule";

const transferService = "transfer.amazonaws.com";

/**
 * Anyone's Transfer server could be made to use a role that trusts the service alone (the confused deputy), and whoever
 * else takes it on has no session policy.
 * Source: Transfer Family User Guide, "Cross-service confused deputy prevention".
 */
export const roleTrust: Rule<RoleType> = {
  name: "transfer-role-trust-names-its-source",
  description:
    "Every role that trusts transfer.amazonaws.com does so for one account and its Transfer resources only, " +
    "by conditions on aws:SourceAccount and aws:SourceArn, and trusts nobody but services.",
  subjects: roleTypes,
  *check(role) {
    const trust = readStatements(role.at("assumeRolePolicy"));
    if (trust === "unreadable") {
      yield `The trust policy of ${role.label} cannot be read. Make it a policy document in JSON.`;
    }
    const statements = namedStatements(trust);
    const isForTransfer = statements.some(({ statement }) => trustsTransfer(statement));
    for (const { name, statement } of statements) {
      const missing = trustsTransfer(statement) ? missingConditions(statement.Condition ?? {}) : [];
      if (missing.length > 0) {
        yield (
          `In the trust policy of ${role.label}, ${name} trusts ${transferService} without ` +
          `confining ${missing.join(" and ")}. Add conditions: StringEquals on aws:SourceAccount with the account's ` +
          "number, and ArnLike on aws:SourceArn with the ARN of the server or its users in that account."
        );
      }
      const others = strangersIn(statement);
      if (others.length > 0 && (isForTransfer || isForAnybody(statement))) {
        yield (
          `In the trust policy of ${role.label}, ${name} admits ${others.join(" and ")}, who would act without any ` +
          `session policy. Trust \`"Service": "${transferService}"\` alone, and give others a role of their own.`
        );
      }
    }
  },
};

/** Whether a statement lets Transfer take on the role. */
export function trustsTransfer(statement: Statement): boolean {
  return partiesOf(statement).some(({ kind, name }) => kind === "service" && meansTransfer(name));
}

/** Whether the name of a service is Transfer's, its regional ones among them, or a pattern. */
export function meansTransfer(service: string): boolean {
  return /^(transfer(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?|.*[*?].*)$/i.test(service);
}

/** Those who are no service, in the words of messages. */
const strangers: Readonly<Record<Exclude<Party["kind"], "service">, string>> = {
  everybody: "everybody",
  account: "an account",
  role: "another role",
  user: "a user",
  session: "a session of another role",
  "canonical user": "an account",
  unknown: "a principal that is neither a service nor an account's",
};

function strangersIn(statement: Statement): string[] {
  return [...new Set(partiesOf(statement).flatMap(({ kind }) => (kind === "service" ? [] : [strangers[kind]])))];
}

/** Such a role is Transfer's as well as anybody's, unless conditions leave somebody in particular. */
function isForAnybody(statement: Statement): boolean {
  return partiesOf(statement).some(({ kind }) => kind === "everybody") && !sayWho(statement.Condition, whoKeys);
}

function missingConditions(conditions: Conditions): string[] {
  const accounts = demandedValues(conditions, "aws:sourceaccount").find(
    (values) => values.length > 0 && values.every((account) => /^\d{12}$/.test(account)),
  );
  const confinesSource = demandedValues(conditions, "aws:sourcearn").some(
    (sources) => sources.length > 0 && sources.every((source) => isTransferResource(source, accounts)),
  );
  return [...(accounts === undefined ? ["aws:SourceAccount"] : []), ...(confinesSource ? [] : ["aws:SourceArn"])];
}

/** @param accounts Those that the resource may be in; undefined: any single one. */
function isTransferResource(arn: string, accounts: readonly string[] | undefined): boolean {
  const [, account] = /^arn:[a-z*-]+:transfer:[a-z0-9*-]+:(\d{12}):.+/.exec(arn) ?? [];
  return account !== undefined && (accounts === undefined || accounts.includes(account));
}
