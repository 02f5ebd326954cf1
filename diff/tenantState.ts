import { tenantPrefix } from "../access/grant";
import { inventoryOf } from "../inventory/inventory";
import { Sessions } from "../inventory/session";
import { foldersOf, type DeployedUser, type MappedFolder } from "../inventory/user";
import { verbsAt } from "../inventory/verbs";
import type { Verb } from "../tenancy/access";
import type { DeployedResource } from "../synth/deployment";
import type { Tenant } from "../tenancy/model";
import { tenantOutputs, type Side } from "./side";

/** A folder as the client sees it, and where it lies in the landing bucket. */
export type TenantFolder = Pick<MappedFolder, "entry" | "prefix">;

/** An active tenant in one stack, as one side deploys it. */
export interface TenantState {
  readonly name: string;
  /** From the stack output `tenants`, as the next two. */
  readonly userName: string;
  readonly landingFolder: string;
  readonly fingerprints: readonly string[];
  /** From tenants.yaml: the last day of a key; fingerprints without one are not in it. Undefined: not known. */
  readonly expiries: ReadonlyMap<string, string> | undefined;
  /** From the user's logical mappings. */
  readonly places: readonly TenantFolder[];
  /** The prefix of the tenant's own files. */
  readonly ownPrefix: string;
  /** What the tenant may do with the files below a prefix of the landing bucket, by all documents that decide. */
  readonly reach: (prefix: string) => readonly Verb[];
  /** Those documents as one text. */
  readonly documents: string;
}

/** Reads the tenants of one side. */
export class TenantStates {
  private readonly sessions: Sessions;
  private readonly users: ReadonlyMap<string, DeployedUser>;
  private readonly retention: ReadonlyMap<string, number>;
  private readonly tenants: ReadonlyMap<string, Tenant>;

  constructor(private readonly side: Side) {
    const { deployment } = side;
    this.sessions = new Sessions(inventoryOf(deployment));
    this.users = new Map(this.sessions.inventory.users.map((user) => [user.userName, user]));
    this.retention = retentionByPrefix(deployment.resources);
    this.tenants = new Map(side.tenancy?.tenants.map((tenant) => [tenant.name, tenant]));
  }

  /** @throws Error when the deployment's outputs name a tenant that has no user. */
  of(name: string): TenantState {
    const output = tenantOutputs(this.side.deployment)[name];
    const user = output && this.users.get(output.userName);
    if (output === undefined || user === undefined) {
      throw new Error(`stack ${this.side.deployment.stack}: the tenant ${name} is in the outputs and has no user`);
    }
    const folders = foldersOf(user);
    const bucket = folders[0]?.bucket ?? "";
    const session = this.sessions.of(user);
    return {
      name,
      userName: output.userName,
      landingFolder: output.homeDirectory,
      fingerprints: output.keyFingerprints,
      expiries: this.expiriesOf(name),
      places: folders.map(({ entry, prefix }) => ({ entry, prefix })),
      ownPrefix: tenantPrefix(name),
      // Of most tenants nothing is asked, so their documents are never read.
      reach: (prefix) => verbsAt(session, { bucket, prefix }),
      documents: session.textsOn(bucket),
    };
  }

  /** From the bucket's lifecycle rules: after how many days the tenant's own files expire. Undefined: they are kept. */
  retentionOf(name: string): number | undefined {
    return this.retention.get(tenantPrefix(name));
  }

  /** What tenants.yaml says of it, for what no deployment tells of one tenant. */
  tenant(name: string): Tenant | undefined {
    return this.tenants.get(name);
  }

  private expiriesOf(name: string): ReadonlyMap<string, string> | undefined {
    const tenant = this.tenants.get(name);
    return (
      tenant &&
      new Map(tenant.sshKeys.flatMap(({ fingerprint, expires }) => (expires ? [[fingerprint, expires] as const] : [])))
    );
  }
}

interface LifecycleRule {
  readonly filter?: { readonly prefix?: string };
  readonly expiration?: { readonly days?: number };
}

function retentionByPrefix(resources: readonly DeployedResource[]): Map<string, number> {
  const rules = resources
    .filter(({ type }) => type === "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
    .flatMap(({ inputs }) => (inputs["rules"] ?? []) as readonly LifecycleRule[]);
  return new Map(
    rules.flatMap(({ filter, expiration }) =>
      filter?.prefix === undefined || expiration?.days === undefined ? [] : [[filter.prefix, expiration.days] as const],
    ),
  );
}

/** The state of a tenant as if it bore another name already: what its files are compared under after a renaming. */
export function underName(state: TenantState, name: string): TenantState {
  const { ownPrefix, places, reach } = state;
  const newPrefix = tenantPrefix(name);
  const moved = (prefix: string, from: string, to: string) =>
    prefix.startsWith(from) ? `${to}${prefix.slice(from.length)}` : prefix;
  return {
    ...state,
    name,
    ownPrefix: newPrefix,
    places: places.map(({ entry, prefix }) => ({ entry, prefix: moved(prefix, ownPrefix, newPrefix) })),
    reach: (prefix) => reach(moved(prefix, newPrefix, ownPrefix)),
  };
}
