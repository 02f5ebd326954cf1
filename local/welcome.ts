import { relative } from "node:path";
import type { DataFolder } from "./dataFolder";
import type { Gateway } from "./gateway";
import { printable } from "../invisible";

/** What a person reads first: where the gateway is, for each tenant a command to copy, and who is not served and why. */
export function welcome(
  { host, port, hostKeyFingerprint, tenants, absent, hasQueues }: Gateway,
  stack: string,
  paths: { readonly data: string } & Pick<DataFolder, "sshConfig" | "queues">,
): string {
  const commands = tenants.map(({ name }): [string, string] => [name, sftpCommand(name, paths.sshConfig)]);
  const reasons = absent.map(({ name, why }): [string, string] => [name, why]);
  return [
    `The gateway of stack ${stack} serves ${host}:${port}.`,
    `Host key ${hostKeyFingerprint}`,
    `Files lie in ${fromHere(paths.data)}. End it with Ctrl-C.`,
    ...(hasQueues
      ? [`Who listens hears of uploads: queues are files in ${fromHere(paths.queues)}; nothing is sent.`]
      : []),
    "",
    ...(commands.length > 0 ? aligned(commands) : ["  No tenant can log in on this stack."]),
    ...(reasons.length > 0 ? ["", "Not served:", ...aligned(reasons)] : []),
  ]
    .map((line) => `${printable(line)}\n`)
    .join("");
}

/** A command that works as it stands in a shell of the current folder. */
export function sftpCommand(tenant: string, sshConfig: string): string {
  return `sftp -F ${shellWord(fromHere(sshConfig))} ${tenant}`;
}

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

function fromHere(path: string): string {
  const shortened = relative(process.cwd(), path) || ".";
  return shortened.length < path.length ? shortened : path;
}

function shellWord(text: string): string {
  return /^[\w./=@:%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
