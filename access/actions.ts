import { accessNames, accessProfiles, type Access, type Verb } from "../tenancy/access";

/** S3 object actions on the keys that one ending below a granted prefix describes. */
export interface ObjectActions {
  readonly actions: readonly string[];
  /** What follows the prefix, as in an IAM resource: every key, the folder markers, or the unfinished uploads of WinSCP. */
  readonly suffixes: readonly ObjectSuffix[];
}

export type ObjectSuffix = "*" | "*/" | "*.filepart";

/** What a session asks for before its first folder; it reveals where the bucket lies and nothing of its content. */
export const bucketAction = "s3:GetBucketLocation";

/** Listing, the only way to see names. It is granted on the bucket, confined by `s3:prefix` to granted prefixes and what is below. */
export const listAction = "s3:ListBucket";

/** What a verb asks of S3 for an object. */
export const actionOfVerb = { read: "s3:GetObject", write: "s3:PutObject", delete: "s3:DeleteObject" } as const;

/** What a verb is granted on objects, in the order in which it stands in documents. */
const actionsOfVerb: Readonly<Record<Verb, readonly string[]>> = {
  list: [],
  read: [actionOfVerb.read],
  write: [actionOfVerb.write, "s3:AbortMultipartUpload"],
  delete: [actionOfVerb.delete],
};

/** Folder markers are empty objects whose keys end in `/`: reading them lets a client enter the folders it made. */
const markers: ObjectActions = { actions: actionsOfVerb.read, suffixes: ["*/"] };

/**
 * WinSCP uploads to `NAME.filepart` and renames it when done, which is a copy and a delete. In a shared folder that would
 * let its members read each other's unfinished files.
 */
const unfinished: ObjectActions = {
  actions: [...actionsOfVerb.read, ...actionsOfVerb.delete],
  suffixes: ["*.filepart"],
};

/**
 * What an access profile allows on the objects below a granted prefix. The session policy is written from this and checked
 * against it, so it is the only place to change. No action on object versions (it would defeat versioning) and none on ACLs
 * may ever stand here.
 * @param shared Whether other tenants hold the same prefix.
 */
export function objectStatements(access: Access, shared: boolean): readonly ObjectActions[] {
  return statements.get(`${access} ${shared}`) ?? [];
}

const statements: ReadonlyMap<string, readonly ObjectActions[]> = new Map(
  accessNames.flatMap((access) =>
    [true, false].map((shared) => [`${access} ${shared}`, statementsOf(access, shared)] as const),
  ),
);

function statementsOf(access: Access, shared: boolean): readonly ObjectActions[] {
  const given: readonly Verb[] = accessProfiles[access].verbs;
  const onFiles: ObjectActions = { actions: given.flatMap((verb) => actionsOfVerb[verb]), suffixes: ["*"] };
  const isDropBox = given.includes("write") && !given.includes("read");
  const all = [onFiles, ...(isDropBox ? [markers, ...(shared ? [] : [unfinished])] : [])];
  return all.filter(({ actions }) => actions.length > 0);
}
