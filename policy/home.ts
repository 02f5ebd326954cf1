import type { UserType } from "./resourceTypes";
import { elements, holdsUnknown, member, notKnownYet, type SeenResource } from "./seenResource";

/** A folder of S3 that a user's home leads to. */
export interface HomeFolder {
  readonly bucket: string;
  /** Ends in `/`; empty for the whole bucket. */
  readonly prefix: string;
}

/** Transfer's default, and Pulumi's, for a user that says nothing. */
export function homeDirectoryType(user: SeenResource<UserType>): unknown {
  return user.get("homeDirectoryType") ?? "PATH";
}

/** The property that says where the user's home lies, or that decides which one does. */
export function homeProperty(
  user: SeenResource<UserType>,
): "homeDirectoryMappings" | "homeDirectory" | "homeDirectoryType" {
  const type = homeDirectoryType(user);
  return type === notKnownYet ? "homeDirectoryType" : type === "LOGICAL" ? "homeDirectoryMappings" : "homeDirectory";
}

/** Where the user's home leads, in the order of its mappings; `notKnownYet` when any of it is. */
export function homeFolders(user: SeenResource<UserType>): readonly HomeFolder[] | typeof notKnownYet {
  const property = homeProperty(user);
  const value = user.get(property);
  if (value === notKnownYet) {
    return notKnownYet;
  }
  const targets =
    property === "homeDirectory" ? elements(value) : elements(value).map((entry) => member(entry, "target"));
  if (holdsUnknown(targets)) {
    return notKnownYet;
  }
  const userName = user.get("userName");
  return targets.map((target) => folderOf(String(target), typeof userName === "string" ? userName : undefined));
}

/** Users of an EFS server work with POSIX permissions; session policies mean nothing to them. */
export function isOnEfs(user: SeenResource<UserType>): boolean {
  return user.get("posixProfile") !== undefined;
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
