import type { S3Request, UserSession } from "./session";
import type { MappedFolder } from "./user";

/** What a client does with a folder. */
export const verbs = ["list", "read", "write", "delete"] as const;

export type Verb = (typeof verbs)[number];

/** What is asked of S3 for each. */
export const actionOf: Readonly<Record<Verb, string>> = {
  list: "s3:ListBucket",
  read: "s3:GetObject",
  write: "s3:PutObject",
  delete: "s3:DeleteObject",
};

/**
 * What a user may do with the files of a folder, in the order of {@link verbs}: what AWS would decide, not what tenants.yaml
 * promises. @throws UnreadableDeploymentError and UnsupportedPolicyError as `UserSession.decide` does.
 */
export function verbsAt(session: UserSession, folder: Pick<MappedFolder, "bucket" | "prefix">): Verb[] {
  return verbs.filter((verb) => session.decide(requestOf(verb, folder)).allowed);
}

/** The file's name is an ordinary one, for profiles treat `.filepart` apart. */
function requestOf(verb: Verb, { bucket, prefix }: Pick<MappedFolder, "bucket" | "prefix">): S3Request {
  const action = actionOf[verb];
  return verb === "list" ? { action, bucket, prefix } : { action, bucket, key: `${prefix}file` };
}
