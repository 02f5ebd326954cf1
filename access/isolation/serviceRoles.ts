import { asciiLowerCase } from "../../iam/asciiCase";
import { listOf, type Statement } from "../../iam/policy";
import type { KeyReference } from "../encryption";
import type { Finding } from "./claim";
import { findingsIn } from "./findings";
import { isOnKeys, isThroughOtherServicesThanS3, overreachOnKeys } from "./keys";

/** A role that the gateway gives to a service, not to users. */
export interface ServiceRole {
  readonly arn: string;
  readonly service: string;
  readonly trust: string;
  readonly policy: string;
}

/** What would let a role reach files, or reach them by way of other roles and keys. */
const servicesAroundFiles: ReadonlySet<string> = new Set(["s3", "sts", "iam", "kms", "transfer"]);

/**
 * What keeps a role of a service from being harmless: that others may take it on, or that it reaches files.
 * @param keys How documents may name the key that the gateway's data lies under.
 */
export function serviceRoleFindings(
  { arn, service, trust, policy }: ServiceRole,
  keys: readonly KeyReference[] = [],
): Finding[] {
  const subject = { role: arn };
  return [
    ...findingsIn({ document: trust, kind: "resource", called: "the role's trust", subject }, (statement) =>
      faultOfTrust(statement, service),
    ),
    ...findingsIn({ document: policy, kind: "identity", called: "the role", subject }, (statement) =>
      isUseOfKey(statement, keys) ? undefined : faultOfPolicy(statement),
    ),
  ];
}

function faultOfTrust({ Principal, Action, NotAction }: Statement, service: string): string | undefined {
  const named = typeof Principal === "object" ? Object.entries(Principal) : [];
  const isTheService = named.every(
    ([kind, names]) => kind === "Service" && listOf(names).every((name) => name === service),
  );
  if (named.length === 0 || !isTheService) {
    return `is not limited to ${service}`;
  }
  const isAssuming = NotAction === undefined && listOf(Action).every((action) => action === "sts:AssumeRole");
  return isAssuming ? undefined : "allows more than sts:AssumeRole";
}

/** The gateway's key, for data of services that hold no files: whoever cannot ask through S3 decrypts none. */
function isUseOfKey(statement: Statement, keys: readonly KeyReference[]): boolean {
  return (
    isOnKeys(statement) && overreachOnKeys(statement, keys) === undefined && isThroughOtherServicesThanS3(statement)
  );
}

function faultOfPolicy({ Action, NotAction }: Statement): string | undefined {
  if (NotAction !== undefined) {
    return "allows everything but what NotAction lists";
  }
  const wide = listOf(Action).find((action) => {
    const [service = "", name = ""] = action.split(":");
    return /[*?]/.test(service) || name === "*" || servicesAroundFiles.has(asciiLowerCase(service));
  });
  return wide === undefined ? undefined : `allows ${wide}, and only access roles reach files`;
}
