import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
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

/** What a client shows to be let in. */
export interface Shown {
  /** File of a private key. */
  readonly keyFile?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * Logs in with OpenSSH's `sftp` by what is shown and nothing else, and lists the root.
 * @returns Undefined when it is in, else what it says.
 */
export async function refusalBySftp(
  running: RunningGateway,
  userName: string,
  { keyFile, password }: Shown,
): Promise<string | undefined> {
  const askpass = join(running.folder, "askpass");
  writeFileSync(askpass, '#!/bin/sh\nprintf "%s\\n" "$SHOWN_PASSWORD"\n', { mode: 0o700 });
  const flags = [
    // `-b` turns questions off unless something before it has turned them on.
    ...["-o", "BatchMode=no", "-o", "NumberOfPasswordPrompts=1", "-P", String(running.port)],
    ...(keyFile === undefined ? ["-o", "PubkeyAuthentication=no"] : ["-i", keyFile, "-o", "IdentitiesOnly=yes"]),
    ...(password === undefined ? ["-o", "PasswordAuthentication=no"] : []),
    ...["-o", `UserKnownHostsFile=${join(running.folder, ".gateway/known_hosts")}`, "-F", "none"],
  ];
  const env = { ...process.env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: "force", SHOWN_PASSWORD: password ?? "" };
  const ended = promisify(execFile)("sftp", [...flags, "-b", "-", `${userName}@127.0.0.1`], { env });
  ended.child.stdin!.end("ls /\n");
  return ended.then(
    () => undefined,
    (error: Error & { stderr: string }) => error.stderr,
  );
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
