import { rootPrefixes } from "../access/grant";

/**
 * Whose part of the landing bucket an object lies in: `tenant:acme` or `space:catalogue`. The kind is part of the value, so
 * that a tenant and a space of one name never hear of each other's files, and a filter policy is one exact string.
 */
export type Owner = `tenant:${string}` | `space:${string}`;

/** Where an object lies in the part of its owner. */
export interface OwnedPath {
  readonly owner: Owner;
  /**
   * The key below the owner's prefix: `inbox/orders.csv`. It begins with the folder's name, whatever path clients see the
   * folder at: listeners hear the same after a change of that. It leads out of no directory that a listener puts before it:
   * it never starts with `/` or a drive of Windows, and no part of it is `..`.
   */
  readonly path: string;
}

const kinds = [
  { kind: "tenant", root: rootPrefixes.tenants },
  { kind: "space", root: rootPrefixes.shared },
] as const;

/** The characters that tenants.yaml allows in names. Other folders can only be made by hand: they belong to nobody. */
const name = /^[a-z0-9-]+$/;

/** Parts of a path that lead out of the directory before it; on Windows `\` sets them apart as well, and `C:` is a drive. */
const wayOut = /^(?:[/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)/i;

/** The owner that uploads of this tenant's own folders bear. */
export function tenantOwner(tenant: string): Owner {
  return `tenant:${tenant}`;
}

/** The owner that uploads into this space bear, whichever member wrote. */
export function spaceOwner(space: string): Owner {
  return `space:${space}`;
}

/**
 * The one owner of a key and the path within its part; undefined for a key that is nobody's, as one is that leads out of its
 * owner's part. Whoever writes to the bucket itself can make such a key, and an SFTP client one with `\`.
 */
export function placeOf(key: string): OwnedPath | undefined {
  const kind = kinds.find(({ root }) => key.startsWith(root));
  if (kind === undefined) {
    return undefined;
  }
  const [owner = "", ...parts] = key.slice(kind.root.length).split("/");
  const path = parts.join("/");
  const isOwned = name.test(owner) && parts.length > 0 && !wayOut.test(path);
  return isOwned ? { owner: `${kind.kind}:${owner}`, path } : undefined;
}

/**
 * The `FilterPolicy` (scope `MessageAttributes`) of a subscription to the topic `uploads` that hears of one owner's files
 * alone.
 * @param only `complete`: without the second event that tells of an upload cut short.
 */
export function filterPolicyOf(owner: Owner, only?: "complete"): Readonly<Record<string, readonly string[]>> {
  return only === "complete" ? { owner: [owner], complete: ["true"] } : { owner: [owner] };
}
