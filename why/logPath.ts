import { rootPrefixes } from "../access/grant";
import type { Inventory } from "../inventory/inventory";
import { foldersOf } from "../inventory/user";
import { quoted } from "../tenancy/quote";
import { UserError } from "../userError";

/** The account at the end of a bucket's name; a synthesis does not know it, and has another. */
const account = /-\d{12}$/;

/**
 * The client's path. Logs name `/BUCKET/KEY`, and the client's own path where it stands for nothing in S3.
 * @throws UserError for a path in a bucket of another deployment, and for one that the log has cut.
 */
export function clientPath(logged: string, name: string, { users, buckets, deployment }: Inventory): string {
  if (/\.\.\. \(cut, [\d,]+ characters\)$/.test(logged)) {
    throw new UserError("the log has cut the path of the line, which is longer than the key of any object");
  }
  const user = users.find(({ userName }) => userName === name);
  const [, bucket = "", key = ""] = /^\/([^/]+)(?:\/(.*))?$/s.exec(logged) ?? [];
  const own = [...buckets.keys()].find((each) => each.replace(account, "") === bucket.replace(account, ""));
  if (own === undefined && account.test(bucket) && Object.values(rootPrefixes).some((root) => key.startsWith(root))) {
    throw new UserError(
      `the line is of bucket ${quoted(bucket)}, which stack ${deployment.stack} does not have; say --stack or --deployment`,
    );
  }
  const folder =
    user &&
    foldersOf(user)
      .filter((each) => each.bucket === own && `${key}/`.startsWith(each.prefix))
      .sort((a, b) => b.prefix.length - a.prefix.length)[0];
  return folder ? `${folder.entry === "/" ? "" : folder.entry}/${key.slice(folder.prefix.length)}` : logged;
}

/** @throws UserError for a line of a role that the deployment does not have. */
export function requireRole(arn: string | undefined, { roles, deployment }: Inventory): void {
  const nameOf = (role: string) => role.slice(role.lastIndexOf("/") + 1);
  if (arn !== undefined && ![...roles.keys()].some((each) => nameOf(each) === nameOf(arn))) {
    throw new UserError(
      `the line is of role ${quoted(arn)}, which stack ${deployment.stack} does not have; say --stack or --deployment`,
    );
  }
}
