import type { Listener } from "./listener";

/** What tenants.yaml says, after validation and with every default filled in. Lists keep the file's order. */
export interface Tenancy {
  readonly tenants: readonly Tenant[];
  readonly spaces: readonly Space[];
  /** Names that no tenant may bear again: a removed tenant's files stay under its name. */
  readonly retired: readonly string[];
}

/** What a tenant may do with the files of a folder. */
export type Access = "read-write" | "read-only" | "write-only";

/** A partner that logs in. */
export interface Tenant {
  /** Identity of the tenant; `tenants/<name>/` in the landing bucket. Renaming it moves its files' place. */
  readonly name: string;
  /** Login name, which AWS knows the user by: a change replaces the user. Default: the name. */
  readonly userName: string;
  readonly description?: string;
  readonly contact?: string;
  /** Stacks that deploy the tenant. Default: every stack. */
  readonly environments: readonly string[];
  /** `suspended`: no user and no keys; data and configuration stay. */
  readonly state: "active" | "suspended";
  /** What it may do in its own folder; undefined exactly when `folders` is not empty. */
  readonly access?: Access;
  /** Its own folders, shown instead of one home folder. */
  readonly folders: readonly Folder[];
  /** Shared spaces it sees, each with an access of its own. */
  readonly spaces: readonly Folder[];
  readonly sshKeys: readonly SshKey[];
  /** Days after which its objects expire; undefined: they are kept. */
  readonly retentionDays?: number;
  /** Who hears of uploads into its own folders. */
  readonly notify: readonly Listener[];
  /** Hours without a file after which an alarm begins; undefined: silence is no alarm. */
  readonly expectEveryHours?: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Where the tenant's name stands in the file, for messages about the tenant as a whole. */
  readonly position: Position;
}

/** A folder, or a space, by name, and what may be done in it. */
export interface Folder {
  readonly name: string;
  readonly access: Access;
}

/** A folder that several tenants share; `shared/<name>/` in the landing bucket. */
export interface Space {
  readonly name: string;
  readonly description?: string;
  /** Who hears of uploads into it. */
  readonly notify: readonly Listener[];
}

/** One SSH public key of a tenant. */
export interface SshKey extends PublicKey {
  /** Last day (UTC, inclusive, YYYY-MM-DD) on which the key is deployed. */
  readonly expires?: string;
  /** Stacks that deploy the key. Default: the tenant's. */
  readonly environments: readonly string[];
}

/** A parsed OpenSSH public key. */
export interface PublicKey {
  /** For example `ssh-ed25519`. */
  readonly type: string;
  /** The base64 blob. */
  readonly body: string;
  readonly comment: string;
  /** `SHA256:...`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

/** A place in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
