/** Whom a login needs: the name that it goes by here, the user's, and the file of a private key. */
interface Login {
  readonly name: string;
  readonly userName: string;
  /** Undefined where the server takes none. */
  readonly privateKey?: string;
}

/**
 * What OpenSSH's clients need of each tenant, so that `sftp -F FILE TENANT` is enough; the user's own SSH files stay out of it.
 * @param knownHosts File with the gateway's public keys; paths are absolute, as OpenSSH looks for others elsewhere.
 */
export function sshConfig(
  tenants: readonly Login[],
  { host, port }: { readonly host: string; readonly port: number },
  knownHosts: string,
): string {
  return tenants
    .map(({ name, userName, privateKey }) =>
      [
        `Host ${name}`,
        `  HostName ${host}`,
        `  Port ${port}`,
        `  User ${userName}`,
        ...(privateKey === undefined
          ? ["  PubkeyAuthentication no"]
          : [`  IdentityFile ${value(privateKey)}`, "  IdentitiesOnly yes"]),
        `  UserKnownHostsFile ${value(knownHosts)}`,
        "",
      ].join("\n"),
    )
    .join("\n");
}

/** OpenSSH splits a value at spaces unless it is quoted, and expands `%`. */
function value(path: string): string {
  return `"${path.replaceAll("%", "%%")}"`;
}
