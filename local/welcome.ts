import { relative } from "node:path";
import { printable } from "../invisible";
import type { DataFolder } from "./dataFolder";
import type { Gateway } from "./gateway";
import type { ServedTenant } from "./logins/logins";

/** What a person reads first: where the gateway is, for each tenant a command to copy, and who is not served and why. */
export function welcome(
  { host, port, hostKeyFingerprint, tenants, methods, absent, hasQueues, tableEndpoint }: Gateway,
  stack: string,
  paths: { readonly data: string } & Pick<DataFolder, "sshConfig" | "queues">,
): string {
  const entries = tenants.flatMap((tenant) => entryOf(tenant, { host, methods }, paths.sshConfig));
  const reasons = absent.map(({ name, why }): Row => [name, why]);
  return [
    `The gateway of stack ${stack} serves ${host}:${port}.`,
    `Host key ${hostKeyFingerprint}`,
    `Files lie in ${fromHere(paths.data)}. End it with Ctrl-C.`,
    ...(hasQueues
      ? [`Who listens hears of uploads: queues are files in ${fromHere(paths.queues)}; nothing is sent.`]
      : []),
    ...(tableEndpoint === undefined
      ? []
      : ["Passwords and stops are read in a table at", `AWS_ENDPOINT_URL_DYNAMODB=${tableEndpoint}`]),
    "",
    ...(entries.length > 0 ? aligned(entries) : ["  No tenant can log in on this stack."]),
    ...(reasons.length > 0 ? ["", "Not served:", ...aligned(reasons)] : []),
  ]
    .map((line) => `${printable(line)}\n`)
    .join("");
}

/** What is said of a tenant, whose name stands before the first of its rows alone. */
type Row = readonly [name: string, text: string];

/** How a tenant logs in: by the command of the first row, and what else there is to say. */
function entryOf(
  { name, privateKey, password, allowedCidrs }: ServedTenant,
  { host, methods }: Pick<Gateway, "host" | "methods">,
  sshConfig: string,
): Row[] {
  const insteadOfKey = privateKey !== undefined && methods === "PUBLIC_KEY_OR_PASSWORD";
  return [
    [name, sftpCommand(name, sshConfig)],
    ...(password === undefined ? [] : [row(`${insteadOfKey ? "or " : ""}with the password ${password}`)]),
    ...(password !== undefined && insteadOfKey
      ? [row(`by ${sftpCommand(name, sshConfig, "-o PubkeyAuthentication=no ")}`)]
      : []),
    ...(allowedCidrs === undefined
      ? []
      : [row(`from ${allowedCidrs.join(", ")} alone; whoever logs in here comes from ${host}`)]),
  ];
}

function row(text: string): Row {
  return ["", text];
}

/**
 * A command that works as it stands in a shell of the current folder, and leaves the user's own SSH files alone. Without a key
 * it asks for the password.
 */
export function sftpCommand(tenant: string, sshConfig: string, option = ""): string {
  return `sftp -F ${shellWord(fromHere(sshConfig))} ${option}${tenant}`;
}

function aligned(rows: readonly Row[]): string[] {
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
