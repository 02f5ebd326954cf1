import { bucketArn } from "../iam/arn";
import type { Conditions, Statement } from "../iam/policy";
import { listAction } from "./actions";
import type { LandingBucketRef } from "./documents";
import { tenantPrefix } from "./grant";

/** Whose requests are to be refused. */
export interface DeniedTenant {
  /** The tenant's name, which its own part of the bucket is called by. */
  readonly name: string;
  readonly userName: string;
  /** ARNs of every role that a session of the gateway may have. */
  readonly roleArns: readonly string[];
  /** Login names of the others. */
  readonly otherUserNames: readonly string[];
}

/**
 * Statements for the landing bucket's policy that refuse all that a tenant's sessions ask of it, those too that are open when
 * they come, and nothing that anybody else asks. A session of any name is kept from the tenant's own files, since nobody else's
 * reaches them; from what is shared, a session of the tenant's name. That name is `USER.SESSION@SERVER`: Transfer Family User
 * Guide, "Post upload processing".
 */
export function denialOf(
  { partition, bucket }: LandingBucketRef,
  { name, userName, roleArns, otherUserNames }: DeniedTenant,
): Statement[] {
  const resource = bucketArn(partition, bucket);
  const sessions: Conditions = { ArnEquals: { "aws:PrincipalArn": roleArns } };
  const own = `${tenantPrefix(name)}*`;
  // A dot ends the login name, or is a part of a longer one.
  const longer = otherUserNames.filter((other) => other.startsWith(`${userName}.`));
  return [
    denied("s3:*", `${resource}/${own}`, sessions),
    denied(listAction, resource, { ...sessions, StringLike: { "s3:prefix": own } }),
    denied("s3:*", [resource, `${resource}/*`], {
      ...sessions,
      StringLike: { "aws:userid": sessionsOf(userName) },
      ...(longer.length > 0 && { StringNotLike: { "aws:userid": longer.map(sessionsOf) } }),
    }),
  ];
}

/** `aws:userid` of a login's sessions; no login name holds a wildcard or a colon. */
function sessionsOf(userName: string): string {
  return `*:${userName}.*@*`;
}

function denied(action: string, resource: string | readonly string[], condition: Conditions): Statement {
  return { Effect: "Deny", Principal: "*", Action: action, Resource: resource, Condition: condition };
}
