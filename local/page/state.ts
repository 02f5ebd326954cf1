import { resolve } from "node:path";
import { printable } from "../../invisible";
import type { Gateway } from "../gateway";
import type { ServedTenant } from "../logins/logins";
import { isPasswordEnough, sftpCommand, withoutKey } from "../welcome";
import type { GatewayState, TenantState } from "./messages";
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

/** What is shown of the gateway as it is now. */
export function gatewayState(gateway: Watched, files: RunFiles): GatewayState {
  const { host, port, hostKeyFingerprint, tenants, absent, notes, inventory } = gateway;
  const more = (all: readonly unknown[]) => Math.max(0, all.length - rowLimit);
  return {
    stack: inventory.deployment.stack,
    endpoint: `${host}:${port}`,
    hostKeyFingerprint,
    folder: printable(resolve(files.path)),
    notes: notes.map(printable),
    tenants: tenants.slice(0, rowLimit).map((tenant) => tenantState(tenant, gateway, resolve(files.sshConfig))),
    absent: absent.slice(0, rowLimit).map(({ name, why }) => ({ name: printable(name), why: printable(why) })),
    notShown: more(tenants) + more(absent),
    queues: queueStates(gateway.queues.slice(0, rowLimit)),
  };
}

function tenantState(tenant: ServedTenant, { methods }: Watched, sshConfig: string): TenantState {
  const { name, userName, password, allowedCidrs } = tenant;
  return {
    name,
    userName,
    commands: [
      sftpCommand(name, sshConfig),
      ...(isPasswordEnough(tenant, methods) ? [sftpCommand(name, sshConfig, withoutKey)] : []),
    ],
    ...(password !== undefined && { password }),
    ...(allowedCidrs !== undefined && { from: allowedCidrs.join(", ") }),
  };
}
