import { actionOfVerb, listAction } from "../access/actions";
import { verbs, type Verb } from "../tenancy/access";
import { unknownText } from "../iam/evaluate";
import { UnreadableDeploymentError } from "./resources";
import type { S3Request, UserSession } from "./session";
import type { MappedFolder } from "./user";

/**
 * What a user may do with the files of a folder, in the order of {@link verbs}: what AWS would decide, not what tenants.yaml
 * promises. @throws UnreadableDeploymentError as `UserSession.decide` does, and where what is decided cannot be told.
 */
export function verbsAt(session: UserSession, folder: Pick<MappedFolder, "bucket" | "prefix">): Verb[] {
  return verbs.filter((verb) => {
    const decision = session.decide(requestOf(verb, folder));
    const unknown = unknownText(decision);
    if (unknown !== undefined) {
      throw new UnreadableDeploymentError(session.label, `what it may do is not known: ${unknown}`);
    }
    return decision.allowed;
  });
}

/** The file's name is an ordinary one, for profiles treat `.filepart` apart. */
function requestOf(verb: Verb, { bucket, prefix }: Pick<MappedFolder, "bucket" | "prefix">): S3Request {
  return verb === "list"
    ? { action: listAction, bucket, prefix }
    : { action: actionOfVerb[verb], bucket, key: `${prefix}file` };
}
