import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { secondsSince } from "./measurement";

/** Where OpenSSH's client is to send files to. */
export interface SftpEndpoint {
  readonly port: number;
  readonly user: string;
  readonly privateKey: string;
  /** The client's path of the folder to write to, with a slash at its end. */
  readonly folder: string;
}

/** Seconds that one command of `sftp` takes, login and all. @throws Error when it fails. */
export async function transfer({ port, user, privateKey }: SftpEndpoint, command: string): Promise<number> {
  const options = ["IdentitiesOnly=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR"];
  const flags = [...options.flatMap((option) => ["-o", option]), "-i", privateKey, "-P", String(port), "-b", "-"];
  const begun = performance.now();
  const running = promisify(execFile)("sftp", [...flags, `${user}@127.0.0.1`]);
  running.child.stdin!.end(`${command}\n`);
  await running;
  return secondsSince(begun);
}
