import type { AccessRequest } from "../../iam/evaluate";
import type { PolicyDocument, Statement } from "../../iam/policy";

/** A document of statements that need not be right. */
export function policy(...statements: object[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements as Statement[] };
}

export const roleArn = "arn:aws:iam::123456789012:role/access";
export const sessionArn = "arn:aws:sts::123456789012:assumed-role/access/acme";
export const bucket = "arn:aws:s3:::b";

export const acme = { kind: "role-session", account: "123456789012", roleArn, sessionName: "acme" } as const;

/** A request of the session "acme". */
export function asks(action: string, resource: string, context: AccessRequest["context"] = {}): AccessRequest {
  return { principal: acme, action, resource, context };
}
