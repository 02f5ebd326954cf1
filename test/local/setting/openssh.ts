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
export async function sftp(
  running: RunningGateway,
  tenant: string,
  ...commands: string[]
): Promise<{ stdout: string; stderr: string }> {
  const ended = promisify(execFile)("sftp", [...openSshFlags(running, tenant), "-b", "-", `${tenant}@127.0.0.1`]);
  ended.child.stdin!.end(`${commands.join("\n")}\n`);
  return ended;
}
