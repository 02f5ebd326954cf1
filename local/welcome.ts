import { relative } from "node:path";
import type { DataFolder } from "./dataFolder";
import type { Gateway } from "./gateway";
import type { ServedTenant } from "./logins/logins";
import { printable } from "../invisible";

/** What a person reads first: where the gateway is, and for each tenant a command to copy. */
export function welcome(
  gateway: Gateway,
  stack: string,
  paths: { readonly data: string } & Pick<DataFolder, "knownHosts" | "queues">,
): string {
  const { host, port, hostKeyFingerprint, tenants, hasQueues, tableEndpoint } = gateway;
  const entries = tenants.flatMap((tenant) => entryOf(tenant, gateway, paths.knownHosts));
  return [
    printable(`The gateway of stack ${stack} serves ${host}:${port}, host key ${hostKeyFingerprint}.`),
    printable(`Files lie in ${fromHere(paths.data)}. End it with Ctrl-C.`),
    ...(hasQueues
      ? [printable(`Whoever listens hears of uploads: queues are files in ${fromHere(paths.queues)}; nothing is sent.`)]
      : []),
    ...(tableEndpoint === undefined
      ? []
      : [`Passwords and stops are read in a table at AWS_ENDPOINT_URL_DYNAMODB=${tableEndpoint}.`]),
    "",
    ...(entries.length > 0 ? entries : ["  No tenant can log in on this stack."]),
    "",
  ].join("\n");
}

/** How a tenant logs in: by the command of the first line, and what else there is to say. */
function entryOf(tenant: ServedTenant, { host, port, methods }: Gateway, knownHosts: string): string[] {
  const { name, privateKey, password, allowedCidrs } = tenant;
  const byPassword = () => sftpCommand({ ...tenant, privateKey: undefined }, host, port, knownHosts);
  const insteadOfKey = privateKey !== undefined && methods === "PUBLIC_KEY_OR_PASSWORD";
  return [
    `  ${name}: ${sftpCommand(tenant, host, port, knownHosts)}`,
    ...(password === undefined
      ? []
      : [`    ${insteadOfKey ? "or " : ""}with the password ${password}${insteadOfKey ? `: ${byPassword()}` : ""}`]),
    ...(allowedCidrs === undefined
      ? []
      : [`    from ${allowedCidrs.join(", ")} alone; whoever logs in here comes from ${host}`]),
  ];
}

/**
 * A command that works as it stands in a shell of the current folder, and leaves the user's own SSH files alone. Without a key
 * it asks for the password.
 */
export function sftpCommand(
  { userName, privateKey }: { readonly userName: string; readonly privateKey?: string | undefined },
  host: string,
  port: number,
  knownHosts: string,
): string {
  const words = [
    "sftp",
    ...(privateKey === undefined
      ? ["-P", String(port), "-o", "PubkeyAuthentication=no"]
      : ["-i", fromHere(privateKey), "-P", String(port), "-o", "IdentitiesOnly=yes"]),
    ...["-o", `UserKnownHostsFile=${optionValue(fromHere(knownHosts))}`],
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
