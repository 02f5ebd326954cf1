import type { DeployedTenant } from "../../tenancy/deployed";
import type { Listener } from "../../tenancy/listener";
import type { SshKey, Tenant } from "../../tenancy/model";
import { parsePublicKey } from "../../tenancy/publicKey";

/** What a stack deploys that says who may log in and to what. */
export interface DeployedAccess extends Pick<AccessReport, "buckets" | "servers"> {
  readonly users: readonly DeployedLogin[];
}

/** What a stack deploys for one login name. */
export interface DeployedLogin extends Pick<
  ReportedTenant,
  "userName" | "landingFolder" | "folders" | "password" | "allowedCidrs"
> {
  /** By the user's tag; undefined where it has none. */
  readonly tenant: string | undefined;
  /** Public keys as they are deployed: `ssh-ed25519 AAAA...`. */
  readonly keys: readonly string[];
}

/** What a report is about. */
export interface ReportSubject {
  readonly stack: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Of what is in the working tree, as `git describe` names it; absent where there is no repository. */
  readonly commit?: string;
}

/** Who may do what, where, with which keys until when, in one stack on one day. */
export interface AccessReport extends ReportSubject {
  /** Names of those that files may lie in. */
  readonly buckets: readonly string[];
  readonly servers: readonly ReportedServer[];
  /** Sorted by name. */
  readonly tenants: readonly ReportedTenant[];
}

export interface ReportedServer {
  /** By its tag, or else the name of the resource: AWS draws the id. */
  readonly name: string;
  /** Transfer's word for where it can be reached from: `PUBLIC`, `VPC`. */
  readonly endpointType: string;
  readonly securityPolicy: string;
  /** Transfer's word for what a client logs in with, `PUBLIC_KEY` where the service itself knows the users. */
  readonly authentication: string;
}

/**
 * What tenants.yaml says of a tenant, listeners and retention among it, and what is deployed for it. While suspended it has no
 * access and no keys in use; its files stay, and so does who hears of them.
 */
export interface ReportedTenant extends Pick<
  Tenant,
  "name" | "userName" | "description" | "contact" | "state" | "retentionDays" | "allowedCidrs"
> {
  /** The client's path after login. */
  readonly landingFolder: string;
  /** Sorted by entry; none while suspended. */
  readonly folders: readonly ReportedFolder[];
  /** Those that are deployed, sorted by fingerprint. */
  readonly keys: readonly ReportedKey[];
  /** Whether a password may let it in, or is asked for beside its key. */
  readonly password: boolean;
  /** Who hears of uploads into its own folders. */
  readonly listeners: readonly ReportedListener[];
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

export interface ReportedListener {
  readonly kind: Listener["kind"];
  /** The ARN, address or URL; a queue that is made for the tenant has none. */
  readonly endpoint?: string;
  /** ARNs of who may read such a queue. */
  readonly readers?: readonly string[];
}

/**
 * The report of a stack: what is deployed comes from the deployment, and what only tenants.yaml tells of a tenant or a key
 * from there.
 * @param tenants Those that the stack knows, suspended ones included.
 */
export function accessReport(
  subject: ReportSubject,
  tenants: readonly DeployedTenant[],
  { users, buckets, servers }: DeployedAccess,
): AccessReport {
  const byUserName = new Map(tenants.map((tenant) => [tenant.userName, tenant]));
  const deployed = new Set(users.map(({ userName }) => userName));
  const without = tenants.filter(({ userName }) => !deployed.has(userName));
  const reported = [
    ...users.map((user) => reportedUser(user, byUserName.get(user.userName))),
    ...without.map((tenant): ReportedTenant => ({
      ...headOf(tenant),
      state: tenant.state,
      landingFolder: "/",
      folders: [],
      keys: [],
      password: false,
    })),
  ];
  return { ...subject, buckets, servers, tenants: reported.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function reportedUser(user: DeployedLogin, tenant: DeployedTenant | undefined): ReportedTenant {
  const { userName, landingFolder, folders, password, allowedCidrs } = user;
  const keys = user.keys.map((key) => reportedKey(key, tenant?.sshKeys ?? []));
  return {
    ...(tenant === undefined ? { name: user.tenant ?? userName, userName, listeners: [] } : headOf(tenant)),
    state: "active",
    landingFolder,
    folders: [...folders].sort((a, b) => (a.entry < b.entry ? -1 : 1)),
    keys: keys.sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)),
    password,
    ...(allowedCidrs === undefined ? {} : { allowedCidrs }),
  };
}

function headOf({ name, userName, description, contact, retentionDays, notify }: DeployedTenant) {
  return {
    name,
    userName,
    ...(description === undefined ? {} : { description }),
    ...(contact === undefined ? {} : { contact }),
    ...(retentionDays === undefined ? {} : { retentionDays }),
    listeners: notify.map(reportedListener),
  };
}

function reportedListener(listener: Listener): ReportedListener {
  return listener.kind === "own-queue"
    ? { kind: listener.kind, readers: listener.readers }
    : { kind: listener.kind, endpoint: listener.endpoint };
}

function reportedKey(deployed: string, sshKeys: readonly SshKey[]): ReportedKey {
  const known: Partial<SshKey> | undefined =
    sshKeys.find(({ type, body }) => `${type} ${body}` === deployed) ?? parsePublicKey(deployed).key;
  const { type = "unknown", fingerprint = "unknown", comment = "", expires } = known ?? {};
  return { type, fingerprint, comment, ...(expires === undefined ? {} : { expires }) };
}
