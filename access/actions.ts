import type { Access } from "../tenancy/model";

/** S3 object actions on the keys that one ending below a granted prefix describes. */
export interface ObjectActions {
  readonly actions: readonly string[];
  /** What follows the prefix, as in an IAM resource: every key, the folder markers, or the unfinished uploads of WinSCP. */
  readonly suffixes: readonly ObjectSuffix[];
}

export type ObjectSuffix = "*" | "*/" | "*.filepart";

/** What a session asks for before its first folder; it reveals where the bucket lies and nothing of its content. */
export const bucketAction = "s3:GetBucketLocation";

/** The only way to see names. It is granted on the bucket, confined by `s3:prefix` to granted prefixes and what is below. */
export const listAction = "s3:ListBucket";

const write = ["s3:PutObject", "s3:AbortMultipartUpload"];

const readWrite: ObjectActions[] = [{ actions: ["s3:GetObject", ...write, "s3:DeleteObject"], suffixes: ["*"] }];

const readOnly: ObjectActions[] = [{ actions: ["s3:GetObject"], suffixes: ["*"] }];

/** Folder markers are empty objects whose keys end in `/`: reading them lets a client enter the folders it made. */
const writeOnlyShared: ObjectActions[] = [
  { actions: write, suffixes: ["*"] },
  { actions: ["s3:GetObject"], suffixes: ["*/"] },
];

/**
 * WinSCP uploads to `NAME.filepart` and renames it when done, which is a copy and a delete. In a shared folder that would
 * let its members read each other's unfinished files.
 */
const writeOnlyOwn: ObjectActions[] = [
  ...writeOnlyShared,
  { actions: ["s3:GetObject", "s3:DeleteObject"], suffixes: ["*.filepart"] },
];

/**
 * What an access profile allows on the objects below a granted prefix. The session policy is written from this table and
 * checked against it, so it is the only place to change. No action on object versions (it would defeat versioning) and
 * none on ACLs may ever stand here.
 * @param shared Whether other tenants hold the same prefix.
 */
export function objectStatements(access: Access, shared: boolean): readonly ObjectActions[] {
  switch (access) {
    case "read-write":
      return readWrite;
    case "read-only":
      return readOnly;
    case "write-only":
      return shared ? writeOnlyShared : writeOnlyOwn;
  }
}
