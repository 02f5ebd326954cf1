import type { Listener } from "./listener";
import type { PublicKey } from "./publicKey";
import type { TenantsFile } from "./schema";

export type { PublicKey } from "./publicKey";

// The keys, what each means and its default stand in schema.ts; here stands what the project's stacks add to them.

type TenantEntry = TenantsFile["tenants"][number];
type KeyEntry = TenantEntry["sshKeys"][number];

/** What tenants.yaml says, after validation and with every default filled in. Lists keep the file's order. */
export interface Tenancy extends Omit<TenantsFile, "tenants" | "spaces"> {
  readonly tenants: readonly Tenant[];
  readonly spaces: readonly Space[];
}

/** What a tenant may do with the files of a folder. */
export type { Access } from "./access";

/** A partner that logs in. Its `access` is undefined exactly when it has `folders`. */
export interface Tenant extends InStacks<Omit<TenantEntry, "spaces" | "sshKeys" | "notify">> {
  /** Each at the space's path. */
  readonly spaces: readonly Folder[];
  readonly sshKeys: readonly SshKey[];
  readonly notify: readonly Listener[];
  /** Where the tenant's name stands in the file, for messages about the tenant as a whole. */
  readonly position: Position;
}

/** A folder, or a space, by name, the path that the client sees, and what may be done in it. */
export type Folder = TenantEntry["folders"][number];

/** A folder that several tenants share; `shared/<name>/` in the landing bucket. */
export interface Space extends Omit<TenantsFile["spaces"][number], "notify"> {
  readonly notify: readonly Listener[];
}

/** One SSH public key of a tenant. */
export type SshKey = PublicKey & InStacks<Omit<KeyEntry, "key">>;

/** Something whose stacks are known, whether they are listed or not. */
type InStacks<T> = Omit<T, "environments"> & { readonly environments: readonly string[] };

/** A place in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
