import type { DeployedTenant } from "../tenancy/deployed";
import type { SshKey } from "../tenancy/model";

/** A tenant as `deployedTenants` would give it, plain unless told otherwise. */
export function tenant(name: string, changes: Partial<DeployedTenant> = {}): DeployedTenant {
  const keys = [sshKey(`SHA256:key-of-${name}`)];
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

/** A key that nothing parses: only its identity matters to resources. */
export function sshKey(fingerprint: string): SshKey {
  return { type: "ssh-ed25519", body: `BODY-OF-${fingerprint}`, comment: "laptop", fingerprint, environments: ["dev"] };
}
