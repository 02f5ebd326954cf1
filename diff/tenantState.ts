import { tenantPrefix } from "../access/grant";
import type { DeployedResource } from "../synth/deployment";
import type { Tenant } from "../tenancy/model";
import { DeployedDocuments, type MappedFolder, type Reach } from "./reach";
import { tenantOutputs, type Side } from "./side";

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
  readonly places: readonly MappedFolder[];
  /** The prefix of the tenant's own files. */
  readonly ownPrefix: string;
  /** From the documents of the user, its role and the bucket. */
  readonly reach: Reach;
  /** Those documents as one text. */
  readonly documents: string;
}

/** Reads the tenants of one side. */
export class TenantStates {
  private readonly documents: DeployedDocuments;
  private readonly users: ReadonlyMap<unknown, DeployedResource>;
  private readonly retention: ReadonlyMap<string, number>;
  private readonly tenants: ReadonlyMap<string, Tenant>;

  constructor(private readonly side: Side) {
    const { deployment } = side;
    this.documents = new DeployedDocuments(deployment);
    this.users = new Map(
      deployment.resources
        .filter(({ type }) => type === "aws:transfer/user:User")
        .map((user) => [user.inputs["userName"], user]),
    );
    this.retention = retentionByPrefix(deployment.resources);
    this.tenants = new Map(side.tenancy?.tenants.map((tenant) => [tenant.name, tenant]));
  }

  /** @throws Error when the deployment's outputs name a tenant that has no user. */
  of(name: string): TenantState {
    const output = tenantOutputs(this.side.deployment)[name];
    const user = this.users.get(output?.userName);
    if (output === undefined || user === undefined) {
      throw new Error(`stack ${this.side.deployment.stack}: the tenant ${name} is in the outputs and has no user`);
    }
    const { places, bucket } = mapped(user);
    let reach: Reach | undefined;
    return {
      name,
      userName: output.userName,
      landingFolder: output.homeDirectory,
      fingerprints: output.keyFingerprints,
      expiries: this.expiriesOf(name),
      places,
      ownPrefix: tenantPrefix(name),
      // Compiled at the first question: of most tenants nothing is asked.
      reach: (prefix) => (reach ??= this.documents.reachOf(user, bucket))(prefix),
      documents: this.documents.textsOf(user, bucket),
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

function mapped({ inputs }: DeployedResource): { places: MappedFolder[]; bucket: string } {
  const mappings = inputs["homeDirectoryMappings"] as readonly { readonly entry: string; readonly target: string }[];
  const [, bucket = ""] = (mappings[0]?.target ?? "").split("/");
  return {
    bucket,
    places: mappings.map(({ entry, target }) => ({ entry, prefix: `${target.split("/").slice(2).join("/")}/` })),
  };
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
