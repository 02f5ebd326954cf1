import { actionOfVerb, listAction } from "../access/actions";
import { verbs, type Verb } from "../tenancy/access";
import type { S3Request, UserSession } from "./session";
import type { MappedFolder } from "./user";

/**
 * What a user may do with the files of a folder, in the order of {@link verbs}: what AWS would decide, not what tenants.yaml
 * promises. @throws UnreadableDeploymentError and UnsupportedPolicyError as `UserSession.decide` does.
 */
export function verbsAt(session: UserSession, folder: Pick<MappedFolder, "bucket" | "prefix">): Verb[] {
  return verbs.filter((verb) => session.decide(requestOf(verb, folder)).allowed);
}

/** The file's name is an ordinary one, for profiles treat `.filepart` apart. */
function requestOf(verb: Verb, { bucket, prefix }: Pick<MappedFolder, "bucket" | "prefix">): S3Request {
  return verb === "list"
    ? { action: listAction, bucket, prefix }
    : { action: actionOfVerb[verb], bucket, key: `${prefix}file` };
}
