import { placeOf, type Owner } from "../../uploads/owner";

/** What something handed on is about. */
export interface About {
  /** For whoever watches: the file. */
  readonly what: string;
  /** Whose part of the bucket the file lies in; absent where nobody's, or not known. */
  readonly owner?: Owner;
}

/** Of an object, by where it lies. @param path `/BUCKET/KEY`. */
export function aboutObject(path: string): About {
  return { what: path, ...ownerField(ownerOfKey(path.replace(/^\/[^/]*\//, ""))) };
}

/** Of something that says itself whose it is; what is no owner is left out. */
export function aboutOwned(what: string, owner: unknown): About {
  return { what, ...ownerField(ownerIn(owner)) };
}

/** The same without what else the value holds. */
export function aboutAlone({ what, owner }: About): About {
  return { what, ...ownerField(owner) };
}

/** The field of an event; none where there is no owner. */
export function ownerField(owner: Owner | undefined): { readonly owner?: Owner } {
  return owner === undefined ? {} : { owner };
}

export function ownerOfKey(key: string): Owner | undefined {
  return placeOf(key)?.owner;
}

/** A text as an owner, where it is one. */
export function ownerIn(text: unknown): Owner | undefined {
  return typeof text === "string" && /^(tenant|space):[a-z0-9-]+$/.test(text) ? (text as Owner) : undefined;
}
