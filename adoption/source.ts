import type { Access } from "../tenancy/access";
import type { PublicKey } from "../tenancy/publicKey";

/** Something that a person has to know about a source, with its place in it. */
export interface Remark {
  /** `keys/acme.pub:3`, or a file alone. */
  readonly place: string;
  /** `breaking`: a partner notices. `left-out`: it is not in tenants.yaml. `note`: everything else. */
  readonly weight: "breaking" | "left-out" | "note";
  readonly message: string;
}

/** A key of a user. */
export interface SourceKey {
  readonly key: PublicKey;
  readonly place: string;
  /** What the service calls it: `key-...`; known of users of Transfer Family. */
  readonly id?: string;
}

/** Where a folder of a user's lies today. */
export type Target =
  | { readonly kind: "bucket"; readonly bucket: string; /** Ends in `/`, or is empty. */ readonly prefix: string }
  | { readonly kind: "directory"; readonly path: string };

/** What a user sees, where that lies today, and what may be done there. */
export interface SourceFolder {
  /** `/` or `/inbox`. */
  readonly entry: string;
  /** Undefined where the source does not say where files lie. */
  readonly target: Target | undefined;
  readonly access: Access;
}

/** Somebody who logs in today. */
export interface SourceUser {
  readonly login: string;
  /** What it is called, where that is not its login. */
  readonly name?: string | undefined;
  readonly place: string;
  readonly keys: readonly SourceKey[];
  readonly folders: readonly SourceFolder[];
  /** Whether what it may do is not known, so that it must not log in before somebody has said it. */
  readonly isUndecided?: boolean;
  readonly description?: string | undefined;
  readonly contact?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Known of users of Transfer Family. */
  readonly server?: SourceServer;
}

/** The server that knows a user, and what it knows. */
export interface SourceServer {
  /** `s-...` */
  readonly id: string;
  readonly account: string;
  /** ARN of the user's role. */
  readonly role: string;
  /** What the service calls each of the user's keys, those among them that cannot be carried over: `key-...`. */
  readonly keyIds: readonly string[];
}

/** All that was found. */
export interface Source {
  /** What it was taken for: `a folder of public keys`. */
  readonly kind: string;
  readonly users: readonly SourceUser[];
  readonly remarks: readonly Remark[];
}

/** A folder of its own that takes the place of whatever home there was, for sources that say no more. */
export function ownFolder(access: Access = "read-write", target?: Target): SourceFolder[] {
  return [{ entry: "/", target, access }];
}
