import type { DeployedTenant } from "../tenancy/deployed";
import type { SshKey } from "../tenancy/model";
import { publicKey } from "./publicKeys";

/** A tenant as `deployedTenants` would give it, plain unless told otherwise. */
export function tenant(name: string, changes: Partial<DeployedTenant> = {}): DeployedTenant {
  const keys = [sshKey(name)];
  return {
    name,
    userName: name,
    environments: ["dev"],
    state: "active",
    folders: [],
    spaces: [],
    notify: [],
    tags: {},
    position: { line: 1, column: 1 },
    ...(changes.folders ? {} : { access: "read-write" }),
    sshKeys: keys,
    deployedKeys: keys,
    ...changes,
  };
}

/** A key that is the same in every run for the same label. */
export function sshKey(label: string): SshKey {
  const { body, fingerprint } = publicKey(label);
  return { type: "ssh-ed25519", body, comment: "laptop", fingerprint, environments: ["dev"] };
}
