import type { UserType } from "./resourceTypes";
import { elements, notKnownYet, type Place, type SeenResource } from "./seenResource";

/** A folder of S3 that a user's home leads to. */
export interface HomeFolder {
  readonly bucket: string;
  /** Ends in `/`; empty for the whole bucket. */
  readonly prefix: string;
}

/** Where a user's home lies, in the order of its mappings; while its type is not known, the place that will say it. */
export function homeOf(user: SeenResource<UserType>): Place {
  const type = user.at("homeDirectoryType");
  if (type.value === notKnownYet) {
    return type;
  }
  // Transfer's default, and Pulumi's, is PATH.
  return type.value === "LOGICAL" ? user.at("homeDirectoryMappings", "target") : user.at("homeDirectory");
}

/** Where the user's home leads, in the order of its mappings. @throws NotKnownYet when any of it is not. */
export function homeFolders(user: SeenResource<UserType>): HomeFolder[] {
  const userName = user.get("userName");
  return elements(homeOf(user).known()).map((target) =>
    folderOf(String(target), typeof userName === "string" ? userName : undefined),
  );
}

/**
 * Whether a user works on EFS, where POSIX permissions count and session policies mean nothing: it has a POSIX profile, and
 * its home lies in file systems. That its server is for EFS is the matter of a rule that sees the server.
 * @throws NotKnownYet while that depends on a home which is not known.
 */
export function isOnEfs(user: SeenResource<UserType>): boolean {
  return (
    user.get("posixProfile") !== undefined &&
    homeOf(user).holds((targets) => targets.length > 0 && targets.every((target) => isInFileSystem(String(target))))
  );
}

/** Source: Transfer Family API reference, HomeDirectory; EFS API reference, FileSystemId. */
function isInFileSystem(target: string): boolean {
  return /^\/fs-[0-9a-f]{8,40}(\/|$)/.test(target);
}

/** Transfer puts the user's own name in place of this variable, so that it says the same as the name. */
const userNameVariable = "${transfer:UserName}";

function folderOf(target: string, userName: string | undefined): HomeFolder {
  const named = userName === undefined ? target : target.replaceAll(userNameVariable, userName);
  const [bucket = "", ...folders] = named.replace(/^\//, "").split("/");
  return {
    bucket,
    prefix: folders
      .filter((folder) => folder !== "")
      .map((folder) => `${folder}/`)
      .join(""),
  };
}
