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
  return sftpTo(`${tenant}@127.0.0.1`, openSshFlags(running, tenant), ...commands);
}

/** The same with flags of the caller's. Of an option that is given twice, OpenSSH takes the first. */
export async function sftpTo(
  destination: string,
  flags: readonly string[],
  ...commands: string[]
): Promise<{ stdout: string; stderr: string }> {
  const ended = promisify(execFile)("sftp", [...flags, "-b", "-", destination]);
  ended.child.stdin!.end(`${commands.join("\n")}\n`);
  return ended;
}
