import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RunningGateway } from "./running";

/** Whether OpenSSH's `sftp` is on this machine. */
export function hasSftp(): boolean {
  return spawnSync("sftp", ["-h"]).error === undefined;
}

/** Flags with which `sftp` and `scp` reach a gateway as a tenant whose login name is its name. */
export function openSshFlags(running: RunningGateway, tenant: string): string[] {
  return [
    ...["-i", running.keyFile(tenant), "-P", String(running.port), "-o", "IdentitiesOnly=yes"],
    ...["-o", `UserKnownHostsFile=${join(running.folder, ".gateway/known_hosts")}`, "-o", "BatchMode=yes"],
  ];
}

/** What `sftp` says to these commands. It ends at the first that fails, unless that begins with `-`. */
export function sftp(running: RunningGateway, tenant: string, ...commands: string[]) {
  return sftpWith([], running, tenant, ...commands);
}

/** The same with options of OpenSSH's configuration, as `StrictHostKeyChecking=yes`, before all others. */
export async function sftpWith(
  options: readonly string[],
  running: RunningGateway,
  tenant: string,
  ...commands: string[]
): Promise<{ stdout: string; stderr: string }> {
  const flags = [...options.flatMap((option) => ["-o", option]), ...openSshFlags(running, tenant)];
  const ended = promisify(execFile)("sftp", [...flags, "-b", "-", `${tenant}@127.0.0.1`]);
  ended.child.stdin!.end(`${commands.join("\n")}\n`);
  return ended;
}
