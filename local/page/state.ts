import { resolve } from "node:path";
import { foldersOf, type DeployedUser } from "../../inventory/user";
import { printable } from "../../invisible";
import { placeOf } from "../../uploads/owner";
import type { Gateway } from "../gateway";
import type { ServedTenant } from "../logins/logins";
import { isPasswordEnough, sftpCommand, withoutKey } from "../welcome";
import type { GatewayState, TenantState } from "./messages";
import { cut, printableLines } from "./texts";
import { queueStates } from "./queueContent";

/** Rows of each list. The page keeps to the same number. */
export const rowLimit = 500;

/** What of a gateway is looked at. */
export type Watched = Pick<
  Gateway,
  | "host"
  | "port"
  | "hostKeyFingerprint"
  | "tenants"
  | "absent"
  | "notes"
  | "methods"
  | "queues"
  | "inventory"
  | "store"
  | "watch"
>;

/** Files of the run. */
export interface RunFiles {
  readonly path: string;
  readonly sshConfig: string;
  readonly log: string;
  readonly deliveries: string;
}

/** Characters that are shown of a refusal, which may tell of each line of a file. */
const refusalCharacters = 4000;

/**
 * What is shown of the gateway as it is now.
 * @param refusal Why the files as they were saved last are not served. Default: they are.
 */
export function gatewayState(gateway: Watched, files: RunFiles, refusal?: string): GatewayState {
  const { host, port, hostKeyFingerprint, tenants, absent, notes, inventory } = gateway;
  const users = new Map(inventory.users.map((user) => [user.userName, user]));
  const more = (all: readonly unknown[]) => Math.max(0, all.length - rowLimit);
  return {
    stack: inventory.deployment.stack,
    endpoint: `${host}:${port}`,
    hostKeyFingerprint,
    folder: printable(resolve(files.path)),
    notes: notes.map(printable),
    ...(refusal !== undefined && { refusal: printableLines(cut(refusal, refusalCharacters)) }),
    tenants: tenants.slice(0, rowLimit).map((tenant) => tenantState(tenant, gateway, users, resolve(files.sshConfig))),
    absent: absent.slice(0, rowLimit).map(({ name, why }) => ({ name: printable(name), why: printable(why) })),
    notShown: more(tenants) + more(absent),
    queues: queueStates(gateway.queues.slice(0, rowLimit)),
  };
}

function tenantState(
  tenant: ServedTenant,
  { methods }: Watched,
  users: ReadonlyMap<string, DeployedUser>,
  sshConfig: string,
): TenantState {
  const { name, userName, password, allowedCidrs } = tenant;
  const spaces = spacesOf(users.get(userName));
  return {
    name,
    userName,
    commands: [
      sftpCommand(name, sshConfig),
      ...(isPasswordEnough(tenant, methods) ? [sftpCommand(name, sshConfig, withoutKey)] : []),
    ],
    ...(password !== undefined && { password }),
    ...(allowedCidrs !== undefined && { from: allowedCidrs.join(", ") }),
    ...(spaces.length > 0 && { spaces }),
  };
}

function spacesOf(user: DeployedUser | undefined): string[] {
  return (user === undefined ? [] : foldersOf(user)).flatMap(({ prefix }) => {
    const [kind, name = ""] = placeOf(prefix)?.owner.split(":") ?? [];
    return kind === "space" ? [name] : [];
  });
}
