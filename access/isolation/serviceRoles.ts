import { listOf, type Statement } from "../../iam/policy";
import type { Finding } from "./claim";
import { readForProof } from "./context";

/** A role that the gateway gives to a service, not to users. */
export interface ServiceRole {
  readonly arn: string;
  readonly service: string;
  readonly trust: string;
  readonly policy: string;
}

/** What would let a role reach files, or reach them by way of other roles and keys. */
const servicesAroundFiles: ReadonlySet<string> = new Set(["s3", "sts", "iam", "kms", "transfer"]);

/** What keeps a role of a service from being harmless: that others may take it on, or that it reaches files. */
export function serviceRoleFindings({ arn, service, trust, policy }: ServiceRole): Finding[] {
  return [
    ...findingsIn(trust, arn, "resource", (statement) => faultOfTrust(statement, service)),
    ...findingsIn(policy, arn, "identity", faultOfPolicy),
  ];
}

function findingsIn(
  text: string,
  role: string,
  kind: "resource" | "identity",
  faultOf: (statement: Statement) => string | undefined,
): Finding[] {
  const reading = readForProof(text, { role }, kind);
  if ("finding" in reading) {
    return [reading.finding];
  }
  return reading.document.Statement.flatMap((statement, index) => {
    const message = statement.Effect === "Allow" ? faultOf(statement) : undefined;
    return message === undefined ? [] : [{ role, statement: statement.Sid ?? String(index), message }];
  });
}

function faultOfTrust({ Principal, Action, NotAction }: Statement, service: string): string | undefined {
  const named = typeof Principal === "object" ? Object.entries(Principal) : [];
  const isTheService = named.every(
    ([kind, names]) => kind === "Service" && listOf(names).every((name) => name === service),
  );
  if (named.length === 0 || !isTheService) {
    return `the role's trust is not limited to ${service}`;
  }
  const isAssuming = NotAction === undefined && listOf(Action).every((action) => action === "sts:AssumeRole");
  return isAssuming ? undefined : "the role's trust allows more than sts:AssumeRole";
}

function faultOfPolicy({ Action, NotAction }: Statement): string | undefined {
  if (NotAction !== undefined) {
    return "the role allows everything but what NotAction lists";
  }
  const wide = listOf(Action).find((action) => {
    const [service = "", name = ""] = action.split(":");
    return /[*?]/.test(service) || name === "*" || servicesAroundFiles.has(service.toLowerCase());
  });
  return wide === undefined ? undefined : `the role allows ${wide}, and only access roles reach files`;
}
