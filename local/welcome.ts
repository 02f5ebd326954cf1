import { relative } from "node:path";
import type { DataFolder } from "./dataFolder";
import type { Gateway, ServedTenant } from "./gateway";
import { printable } from "../invisible";

/** What a person reads first: where the gateway is, and for each tenant a command to copy. */
export function welcome(
  { host, port, hostKeyFingerprint, tenants, hasQueues }: Gateway,
  stack: string,
  paths: { readonly data: string } & Pick<DataFolder, "knownHosts" | "queues">,
): string {
  const commands = tenants.map((tenant) => `  ${tenant.name}: ${sftpCommand(tenant, host, port, paths.knownHosts)}`);
  return [
    printable(`The gateway of stack ${stack} serves ${host}:${port}, host key ${hostKeyFingerprint}.`),
    printable(`Files lie in ${fromHere(paths.data)}. End it with Ctrl-C.`),
    ...(hasQueues
      ? [printable(`Whoever listens hears of uploads: queues are files in ${fromHere(paths.queues)}; nothing is sent.`)]
      : []),
    "",
    ...(commands.length > 0 ? commands : ["  No tenant can log in on this stack."]),
    "",
  ].join("\n");
}

/** A command that works as it stands in a shell of the current folder, and leaves the user's own SSH files alone. */
export function sftpCommand(
  { userName, privateKey }: ServedTenant,
  host: string,
  port: number,
  knownHosts: string,
): string {
  const words = [
    ...["sftp", "-i", fromHere(privateKey), "-P", String(port)],
    ...["-o", "IdentitiesOnly=yes", "-o", `UserKnownHostsFile=${optionValue(fromHere(knownHosts))}`],
    `${userName}@${host}`,
  ];
  return words.map(shellWord).join(" ");
}

function fromHere(path: string): string {
  const shortened = relative(process.cwd(), path) || ".";
  return shortened.length < path.length ? shortened : path;
}

/** ssh splits the value of an option at spaces unless it is quoted, and expands `%`. */
function optionValue(path: string): string {
  const literal = path.replaceAll("%", "%%");
  return /\s/.test(literal) ? `"${literal}"` : literal;
}

function shellWord(text: string): string {
  return /^[\w./=@:%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
