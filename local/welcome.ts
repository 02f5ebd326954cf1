import { relative } from "node:path";
import { printable } from "../invisible";
import { shellWord } from "../shellWord";
import type { DataFolder } from "./dataFolder";
import { folded } from "./folded";
import type { Gateway } from "./gateway";
import type { ServedTenant } from "./logins/logins";

/** Where a person finds what lies on this machine, and in how many characters a line is shown; Infinity: it stays whole. */
export interface Showing {
  readonly data: Pick<DataFolder, "path" | "sshConfig" | "queues" | "log">;
  readonly width: number;
  /** Address of the page that shows what happens; undefined: there is none. */
  readonly page?: string | undefined;
  /** The tenants file as the user gave it; undefined: the stack's own. */
  readonly tenantsFile?: string | undefined;
}

/** What a person reads first: where the gateway is, for each tenant a command to copy, and who is not served and why. */
export function welcome(gateway: Gateway, stack: string, showing: Showing): string {
  const { host, port, hostKeyFingerprint, queues, tableEndpoint } = gateway;
  const { data, width, page } = showing;
  const sentences = [
    `The gateway of stack ${stack} serves ${host}:${port}.`,
    `Host key ${hostKeyFingerprint}`,
    `Files lie in ${fromHere(data.path)}. End it with Ctrl-C.`,
    ...(queues.length > 0
      ? [`Who listens hears of uploads: queues are files in ${fromHere(data.queues)}; nothing is sent.`]
      : []),
    ...(page === undefined ? [] : [`Watch it in a browser: ${page}`]),
  ];
  const shown = [
    ...sentences.flatMap((sentence) => folded(printable(sentence), width, 2)),
    ...tableLines(tableEndpoint),
    "",
    ...tenantLines(gateway, gateway.tenants, showing),
    ...absentLines(gateway, showing),
    ...whyLines(stack, showing),
  ];
  return shown.map((line) => `${line}\n`).join("");
}

/**
 * What a person reads when another deployment is served: whoever is new or logs in otherwise now, with a command to copy, and
 * who is gone.
 * @param before What was served before it.
 */
export function changed(
  gateway: Gateway,
  before: Pick<Gateway, "tenants" | "methods" | "tableEndpoint">,
  showing: Showing,
): string[] {
  const now = new Set(gateway.tenants.map(({ name }) => name));
  const gone = before.tenants
    .filter(({ name }) => !now.has(name))
    .map(({ name }): Row => [name, "is not served any more"]);
  const waysBefore = new Map(before.tenants.map((tenant) => [tenant.name, wayIn(tenant, before.methods)]));
  const news = gateway.tenants.filter((tenant) => waysBefore.get(tenant.name) !== wayIn(tenant, gateway.methods));
  return [
    ...(before.tableEndpoint === undefined ? tableLines(gateway.tableEndpoint) : []),
    ...(news.length > 0 ? tenantLines(gateway, news, showing) : []),
    ...(gone.length > 0 ? aligned(gone, showing.width) : []),
    ...(gone.length > 0 ? absentLines(gateway, showing) : []),
  ];
}

/** All that a person is told of how a tenant logs in, as one text. */
function wayIn(tenant: ServedTenant, methods: Gateway["methods"]): string {
  const { privateKey, password, allowedCidrs } = tenant;
  return JSON.stringify([privateKey, password, isPasswordEnough(tenant, methods), allowedCidrs]);
}

/** Where a stop or a password can be tried. The address is in a line of its own, to be copied. */
function tableLines(endpoint: string | undefined): string[] {
  return endpoint === undefined
    ? []
    : ["Passwords and stops are read in a table at", `AWS_ENDPOINT_URL_DYNAMODB=${endpoint}`];
}

function tenantLines(gateway: Gateway, tenants: readonly ServedTenant[], { data, width }: Showing): string[] {
  const names = Math.max(0, ...tenants.map(({ name }) => name.length));
  const room = width - margin.length * 2 - names;
  const entries = tenants.flatMap((tenant) =>
    entryOf(tenant, gateway, (option) => commandIn(room, tenant.name, fromHere(data.sshConfig), option)),
  );
  return entries.length > 0 ? aligned(entries, width) : ["  No tenant can log in on this stack."];
}

function absentLines({ absent }: Gateway, { width }: Showing): string[] {
  const reasons = absent.map(({ name, why }): Row => [name, why]);
  return reasons.length > 0 ? ["", "Not served:", ...aligned(reasons, width)] : [];
}

/** How to ask about the last failure, in two lines of a shell where one would be too long. */
function whyLines(stack: string, { data, width, tenantsFile }: Showing): string[] {
  const tenants = tenantsFile === undefined ? "" : ` --tenants ${shellWord(tenantsFile)}`;
  const command = `npm -s run why -- - --stack ${stack}${tenants}`;
  const input = `< ${shellWord(fromHere(data.log))}`;
  const lines =
    `${margin}${command} ${input}`.length <= width ? [`${command} ${input}`] : [`${command} \\`, `  ${input}`];
  return ["", "Why the last request or login failed:", ...lines.map((line) => `${margin}${printable(line)}`)];
}

/** What is said of a tenant, whose name stands before the first of its rows alone. */
type Row = readonly [name: string, text: string];

/**
 * How a tenant logs in: by the command of the first row, and what else there is to say.
 * @param command The lines of the command, with an option of OpenSSH's.
 */
function entryOf(
  tenant: ServedTenant,
  { host, methods }: Pick<Gateway, "host" | "methods">,
  command: (option?: string) => string[],
): Row[] {
  const { name, password, allowedCidrs } = tenant;
  const insteadOfKey = isPasswordEnough(tenant, methods);
  const [first = "", ...others] = command();
  return [
    [name, first],
    ...others.map(row),
    ...(password === undefined ? [] : [row(`${insteadOfKey ? "or " : ""}with the password ${password}`)]),
    ...(insteadOfKey ? byCommand(command(withoutKey)) : []),
    ...(allowedCidrs === undefined
      ? []
      : [row(`from ${allowedCidrs.join(", ")} alone; whoever logs in here comes from ${host}`)]),
  ];
}

/** OpenSSH's option for a login by password where there is a key as well. */
export const withoutKey = "-o PubkeyAuthentication=no ";

/** Whether a tenant that has a key may log in without it, by its password. */
export function isPasswordEnough({ privateKey, password }: ServedTenant, methods: Gateway["methods"]): boolean {
  return password !== undefined && privateKey !== undefined && methods === "PUBLIC_KEY_OR_PASSWORD";
}

function byCommand([first = "", ...others]: readonly string[]): Row[] {
  return [row(`by ${first}`), ...others.map(row)];
}

function row(text: string): Row {
  return ["", text];
}

/**
 * A command that works as it stands in a shell, and leaves the user's own SSH files alone. Without a key it asks for the
 * password.
 * @param sshConfig As the shell's current folder finds it.
 */
export function sftpCommand(tenant: string, sshConfig: string, option = ""): string {
  return `sftp -F ${shellWord(sshConfig)} ${option}${tenant}`;
}

/** The same in two lines of a shell where one would be too long. */
function commandIn(room: number, tenant: string, sshConfig: string, option = ""): string[] {
  const whole = sftpCommand(tenant, sshConfig, option);
  const last = `${option}${tenant}`;
  return `by ${whole}`.length <= room ? [whole] : [`${whole.slice(0, -last.length)}\\`, `  ${last}`];
}

const margin = "  ";

function aligned(rows: readonly Row[], width: number): string[] {
  const names = Math.max(...rows.map(([name]) => name.length));
  return rows.flatMap(([name, text]) =>
    // A command is in lines already; what does not fit there is one word.
    text.includes("sftp -F")
      ? [`${margin}${name.padEnd(names)}${margin}${printable(text)}`]
      : folded(`${margin}${name.padEnd(names)}${margin}${printable(text)}`, width, names + 2 * margin.length),
  );
}

function fromHere(path: string): string {
  const shortened = relative(process.cwd(), path) || ".";
  return shortened.length < path.length ? shortened : path;
}
