import type { SshKey, Tenant } from "../../tenancy/model";
import { parsePublicKey } from "../../tenancy/publicKey";

/** What a stack deploys for one login name. */
export interface DeployedAccess extends Pick<
  ReportedTenant,
  "userName" | "landingFolder" | "folders" | "password" | "allowedCidrs"
> {
  /** By the user's tag; undefined where it has none. */
  readonly tenant: string | undefined;
  /** Public keys as they are deployed: `ssh-ed25519 AAAA...`. */
  readonly keys: readonly string[];
}

/** Who may do what, where, with which keys until when, in one stack on one day. */
export interface AccessReport {
  readonly stack: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Sorted by name. */
  readonly tenants: readonly ReportedTenant[];
}

/** What tenants.yaml says of a tenant, and what is deployed for it. While suspended it has no access and no keys in use. */
export interface ReportedTenant extends Pick<Tenant, "name" | "userName" | "description" | "contact" | "state"> {
  /** The client's path after login. */
  readonly landingFolder: string;
  /** Sorted by entry; none while suspended. */
  readonly folders: readonly ReportedFolder[];
  /** Those that are deployed, sorted by fingerprint. */
  readonly keys: readonly ReportedKey[];
  /** That a password opens it, perhaps beside a key; which one nothing here knows. */
  readonly password?: true;
  /** Ranges of addresses that it may come from; without them from anywhere. */
  readonly allowedCidrs?: readonly string[];
}

export interface ReportedFolder {
  /** Path the client sees. */
  readonly entry: string;
  /** Place in the landing bucket. */
  readonly prefix: string;
  /** The profile whose effect its documents have; what they allow, where that is no profile's effect. */
  readonly access: string;
  /** Name of the space, where others may hold it too. */
  readonly space?: string;
}

export type ReportedKey = { readonly type: string } & Pick<SshKey, "fingerprint" | "comment" | "expires">;

/**
 * The report of a stack: what is deployed comes from the deployment, and what only tenants.yaml tells of a tenant or a key
 * from there.
 * @param tenants Those that the stack knows, suspended ones included.
 */
export function accessReport(
  stack: string,
  today: string,
  tenants: readonly Tenant[],
  deployed: readonly DeployedAccess[],
): AccessReport {
  const byUserName = new Map(tenants.map((tenant) => [tenant.userName, tenant]));
  const users = new Set(deployed.map(({ userName }) => userName));
  const without = tenants.filter(({ userName }) => !users.has(userName));
  const reported = [
    ...deployed.map((access) => reportedUser(access, byUserName.get(access.userName))),
    ...without.map((tenant) => ({ ...headOf(tenant), state: tenant.state, landingFolder: "/", folders: [], keys: [] })),
  ];
  return { stack, today, tenants: reported.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function reportedUser(access: DeployedAccess, tenant: Tenant | undefined): ReportedTenant {
  const { userName, landingFolder, folders, password, allowedCidrs } = access;
  const keys = access.keys.map((key) => reportedKey(key, tenant?.sshKeys ?? []));
  return {
    ...(tenant === undefined ? { name: access.tenant ?? userName, userName } : headOf(tenant)),
    state: "active",
    landingFolder,
    folders: [...folders].sort((a, b) => (a.entry < b.entry ? -1 : 1)),
    keys: keys.sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)),
    ...(password && { password }),
    ...(allowedCidrs && { allowedCidrs }),
  };
}

function headOf({ name, userName, description, contact }: Tenant) {
  return {
    name,
    userName,
    ...(description === undefined ? {} : { description }),
    ...(contact === undefined ? {} : { contact }),
  };
}

function reportedKey(deployed: string, sshKeys: readonly SshKey[]): ReportedKey {
  const known: Partial<SshKey> | undefined =
    sshKeys.find(({ type, body }) => `${type} ${body}` === deployed) ?? parsePublicKey(deployed).key;
  const { type = "unknown", fingerprint = "unknown", comment = "", expires } = known ?? {};
  return { type, fingerprint, comment, ...(expires === undefined ? {} : { expires }) };
}

/** How a key's end reads in a report. */
export function untilText({ expires }: ReportedKey): string {
  return expires === undefined ? "no end" : `until ${expires}`;
}

/** What there is to say of logins beside keys: a password, that there is no way in, and the addresses it may come from. */
export function loginNotes({ keys, password, allowedCidrs }: ReportedTenant): string[] {
  return [
    ...(password ? ["a password"] : keys.length === 0 ? ["nothing: cannot log in"] : []),
    ...(allowedCidrs ? [`only from ${allowedCidrs.join(", ")}`] : []),
  ];
}
