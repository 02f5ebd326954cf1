import type { Ignored } from "./arrival";
import { placeOf, type OwnedPath } from "../../uploads/owner";

/** Whether anybody waits for the object under a key, and where it lies. */
export type Classification = { readonly kind: "file"; readonly place: OwnedPath } | Ignored;

/** Classifies a decoded key. Both sources of events ask here, so they agree on what a file is. */
export function classificationOf(key: string): Classification {
  if (key.endsWith("/")) {
    return { kind: "ignored", expected: true, reason: "a folder's marker", key };
  }
  // WinSCP and others write under this name and rename when done: the renamed file is announced.
  if (key.endsWith(".filepart")) {
    return { kind: "ignored", expected: true, reason: "a client's temporary file", key };
  }
  const place = placeOf(key);
  return place === undefined
    ? { kind: "ignored", expected: false, reason: "the key belongs to no tenant and no space", key }
    : { kind: "file", place };
}
