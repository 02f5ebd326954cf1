import type { Adoption } from "./adopted";

/** One resource of an import file. Source: Pulumi's documentation of `pulumi import --file`. */
export interface ImportedResource {
  readonly type: string;
  /** What other entries call it; its logical name as well, where there is none. */
  readonly name: string;
  readonly logicalName?: string;
  readonly id?: string;
  readonly parent?: string;
  readonly component?: true;
}

/** How the program calls its gateway, and so everything in it. */
const gateway = "gateway";

const users = `${gateway}-users`;

/**
 * What `pulumi import --file` takes into the stack: users of one server and their keys, under the logical names that the
 * program gives them.
 */
export function importFile({ adopted }: Adoption): { readonly resources: readonly ImportedResource[] } {
  const existing = adopted.flatMap(({ user, tenant }) => {
    const { server, login } = user;
    if (server === undefined || tenant.state === "suspended") {
      return [];
    }
    const name = `${gateway}-${login}`;
    const own = { type: "aws:transfer/user:User", name, id: `${server.id}/${login}`, parent: users };
    const kept = new Set(tenant.sshKeys?.map(({ key }) => key.fingerprint));
    const keys = user.keys
      .filter(({ id, key }) => id !== undefined && kept.has(key.fingerprint))
      .map(({ key, id = "" }) => ({
        type: "aws:transfer/sshKey:SshKey",
        name: `${name}-${key.fingerprint}`,
        id: `${server.id}/${login}/${id}`,
        parent: name,
      }));
    return [own, ...keys];
  });
  return {
    resources: [
      { type: "sftp-gateway:components:SftpGateway", name: gateway, component: true },
      {
        type: "sftp-gateway:components:GatewayUsers",
        name: users,
        logicalName: gateway,
        component: true,
        parent: gateway,
      },
      ...existing,
    ],
  };
}
