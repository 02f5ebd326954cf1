import { defaultPath } from "../tenancy/clientPath";
import type { DeployedTenant } from "../tenancy/deployed";
import type { Folder, SshKey } from "../tenancy/model";
import { publicKey } from "./publicKeys";

/** A folder or space as a test tells of it. Without a path it is at the one that follows from its name. */
export type FolderDraft = Omit<Folder, "path"> & Partial<Pick<Folder, "path">>;

/** What a test says of a tenant. */
export interface TenantChanges extends Partial<Omit<DeployedTenant, "folders" | "spaces">> {
  readonly folders?: readonly FolderDraft[];
  readonly spaces?: readonly FolderDraft[];
}

/** A tenant as `deployedTenants` would give it, plain unless told otherwise. */
export function tenant(name: string, { folders, spaces = [], ...changes }: TenantChanges = {}): DeployedTenant {
  const keys = [sshKey(name)];
  return {
    name,
    userName: name,
    environments: ["dev"],
    state: "active",
    password: false,
    folders: (folders ?? []).map(folder),
    spaces: spaces.map(folder),
    notify: [],
    tags: {},
    position: { line: 1, column: 1 },
    ...(folders ? {} : { access: "read-write" }),
    sshKeys: keys,
    deployedKeys: keys,
    ...changes,
  };
}

/** The folder with its path. */
export function folder({ name, path = defaultPath(name), access }: FolderDraft): Folder {
  return { name, path, access };
}

/** A key that is the same in every run for the same label. */
export function sshKey(label: string): SshKey {
  const { body, fingerprint } = publicKey(label);
  return { type: "ssh-ed25519", body, comment: "laptop", fingerprint, environments: ["dev"] };
}
