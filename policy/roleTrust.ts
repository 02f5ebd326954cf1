import { listOf, type Conditions, type Statement } from "../iam/policy";
import { namedStatements, readStatements } from "./document";
import { roleTypes, type RoleType } from "./resourceTypes";
import type { Rule } from "./rule";

const transferService = "transfer.amazonaws.com";

/**
 * Anyone's Transfer server could be made to use a role that trusts the service alone (the confused deputy).
 * Source: Transfer Family User Guide, "Cross-service confused deputy prevention".
 */
export const roleTrust: Rule<RoleType> = {
  name: "transfer-role-trust-names-its-source",
  description:
    "Every role that trusts transfer.amazonaws.com does so for one account and its Transfer resources only, " +
    "by conditions on aws:SourceAccount and aws:SourceArn.",
  subjects: roleTypes,
  *check(role) {
    // A role without trust cannot be used, and IAM refuses one that is no document.
    for (const { name, statement } of namedStatements(readStatements(role.at("assumeRolePolicy")))) {
      const missing = trustsTransfer(statement) ? missingConditions(statement.Condition ?? {}) : [];
      if (missing.length > 0) {
        yield (
          `In the trust policy of ${role.label}, ${name} trusts ${transferService} without ` +
          `confining ${missing.join(" and ")}. Add conditions: StringEquals on aws:SourceAccount with the account's ` +
          "number, and ArnLike on aws:SourceArn with the ARN of the server or its users in that account."
        );
      }
    }
  },
};

/** Whether a statement lets Transfer take on the role. */
export function trustsTransfer({ Effect, Principal }: Statement): boolean {
  return Effect === "Allow" && typeof Principal === "object" && listOf(Principal.Service).includes(transferService);
}

function missingConditions(conditions: Conditions): string[] {
  const accounts = valuesOf(conditions, "aws:sourceaccount", ["StringEquals", "StringLike"]);
  const sources = valuesOf(conditions, "aws:sourcearn", ["ArnLike", "ArnEquals", "StringLike", "StringEquals"]);
  const confinesAccount = accounts.length > 0 && accounts.every((account) => /^\d{12}$/.test(account));
  const confinesSource =
    sources.length > 0 && sources.every((source) => isTransferResource(source, confinesAccount ? accounts : []));
  return [...(confinesAccount ? [] : ["aws:SourceAccount"]), ...(confinesSource ? [] : ["aws:SourceArn"])];
}

/** Operators with IfExists or Not do not confine: a request without the key would pass. */
function valuesOf(conditions: Conditions, keyName: string, operators: readonly string[]): string[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    operators.includes(operator)
      ? Object.entries(keys).flatMap(([key, values]) => (key.toLowerCase() === keyName ? listOf(values) : []))
      : [],
  );
}

/** @param accounts Those that the resource may be in; empty: any single one. */
function isTransferResource(arn: string, accounts: readonly string[]): boolean {
  const [, account] = /^arn:[a-z-]+:transfer:[a-z0-9*-]+:(\d{12}):.+/.exec(arn) ?? [];
  return account !== undefined && (accounts.length === 0 || accounts.includes(account));
}
