import type { AwsScope } from "../../iam/arn";
import { asciiLowerCase } from "../../iam/asciiCase";
import { absent, type AccessRequest } from "../../iam/evaluate";
import { listOf, policyDocument, type Conditions, type PolicyDocument, type Statement } from "../../iam/policy";
import { assumptionContext } from "../sessionContext";
import type { Claim, RoleClaim, Finding } from "./claim";
import { conditionsIn } from "./confinement";
import { firstAllowed, instanceOf, principalsNamedBy, strangerOf, conditionValues } from "./counterexample";
import { findingsIn } from "./findings";
import { unansweredInTrust } from "./unanswered";

const transferService = "transfer.amazonaws.com";

/** For whom Transfer may ask. */
type Trusting = Pick<Claim, "scope" | "serverAssumes">;

/**
 * Who else may take on an access role. Transfer alone may, and only for users of this account, or its servers where a
 * function knows the users: without both conditions
 * anyone's Transfer server could be made to use the role (the confused deputy).
 * Source: Transfer Family User Guide, "Cross-service confused deputy prevention".
 */
export function checkTrust({ arn, trust }: RoleClaim, trusting: Trusting): Finding[] {
  if (trust === undefined) {
    return [];
  }
  return findingsIn(
    { document: trust, kind: "resource", called: "the role's trust", subject: { role: arn } },
    (statement) => faultOf(statement, trusting) ?? unansweredInTrust(statement, trusting.scope),
    (statement, alone) => wrongfulAssumption(arn, statement, alone, trusting),
  );
}

function faultOf(
  { Principal, Action, NotAction, Condition = {} }: Statement,
  { scope, serverAssumes }: Trusting,
): string | undefined {
  const services = typeof Principal === "object" ? listOf(Principal.Service) : [];
  const named = typeof Principal === "object" ? Object.values(Principal).flatMap(listOf) : [];
  if (services.length === 0 || named.some((name) => name !== transferService || !services.includes(name))) {
    return `is not limited to ${transferService}`;
  }
  if (NotAction !== undefined || listOf(Action).some((action) => asciiLowerCase(action) !== "sts:assumerole")) {
    return "allows more than sts:AssumeRole";
  }
  if (!isLimited(Condition, "aws:sourceaccount", ["StringEquals"], (value) => value === scope.account)) {
    return `does not require aws:SourceAccount to be ${scope.account}`;
  }
  const arnOperators = ["ArnLike", "ArnEquals", "StringLike", "StringEquals"];
  return isLimited(Condition, "aws:sourcearn", arnOperators, (value) => isRightSource(value, scope, serverAssumes))
    ? undefined
    : `does not require aws:SourceArn to be a Transfer user${serverAssumes ? " or server" : ""} of this account`;
}

/** Whether one of the operators holds the key to right values; other conditions can only narrow further. */
function isLimited(
  conditions: Conditions,
  keyName: string,
  operators: readonly string[],
  isRight: (value: string) => boolean,
): boolean {
  return conditionsIn(conditions).some(
    ({ operator, key, values }) =>
      operators.includes(operator) && asciiLowerCase(key) === keyName && values.every(isRight),
  );
}

function isRightSource(arn: string, { partition, region, account }: AwsScope, serverAssumes = false): boolean {
  const kinds = serverAssumes ? ["user", "server"] : ["user"];
  const begins = kinds.some((kind) => arn.startsWith(`arn:${partition}:transfer:${region}:${account}:${kind}/`));
  return begins && !arn.includes("${");
}

const foreignAccount = "999999999999";

/** Somebody who may take on the role and must not. */
function wrongfulAssumption(
  roleArn: string,
  statement: Statement,
  trust: PolicyDocument,
  { scope, serverAssumes }: Trusting,
): AccessRequest | undefined {
  const everything = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });
  const strangers = [{ kind: "service", service: "ec2.amazonaws.com" } as const, strangerOf(foreignAccount)];
  const requests = [...principalsNamedBy(statement), ...strangers].flatMap((principal) =>
    sourcesFor(statement, scope).map((context): AccessRequest => ({
      principal,
      action: "sts:AssumeRole",
      resource: roleArn,
      context: { ...assumptionContext(scope.account, ""), ...context },
    })),
  );
  const isRight = ({ principal, context }: AccessRequest): boolean =>
    principal.kind === "service" &&
    principal.service === transferService &&
    context["aws:SourceAccount"] === scope.account &&
    isRightSource(String(context["aws:SourceArn"]), scope, serverAssumes);
  // The policies of who asks are not ours to know: whoever is trusted is assumed to be allowed to ask.
  const documents = { identity: [everything], resource: trust, resourceAccount: scope.account };
  return firstAllowed(() => documents, requests, isRight);
}

/**
 * On whose behalf a service asks: the sources that the statement's conditions name and strangers, each account with each
 * ARN, and each alone, since either condition has to hold by itself.
 */
function sourcesFor(statement: Statement, { partition, region, account }: AwsScope): AccessRequest["context"][] {
  const user = (owner: string) => `arn:${partition}:transfer:${region}:${owner}:user/s-01234567890abcdef/stranger`;
  const server = `arn:${partition}:transfer:${region}:${account}:server/s-01234567890abcdef`;
  const named = (key: string) => conditionValues(key, statement).map((value) => instanceOf(value, "x", {}));
  const accounts = [foreignAccount, ...named("aws:sourceaccount"), account];
  const arns = [user(foreignAccount), ...named("aws:sourcearn"), user(account), server];
  const pairs = accounts.flatMap((id) => arns.map((arn) => ({ "aws:SourceAccount": id, "aws:SourceArn": arn })));
  return [
    ...pairs,
    ...arns.map((arn) => ({ "aws:SourceAccount": absent, "aws:SourceArn": arn })),
    ...accounts.map((id) => ({ "aws:SourceAccount": id, "aws:SourceArn": absent })),
  ];
}
