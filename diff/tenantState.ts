import { tenantPrefix } from "../access/grant";
import { inventoryOf } from "../inventory/inventory";
import { Sessions } from "../inventory/session";
import { foldersOf, type MappedFolder } from "../inventory/user";
import { verbsAt } from "../inventory/verbs";
import type { Verb } from "../tenancy/access";
import type { DeployedResource } from "../synth/deployment";
import type { SshKey, Tenant } from "../tenancy/model";
import { tenantOutputs, type Side } from "./side";

/** A folder as the client sees it, and where it lies in the landing bucket. */
export type TenantFolder = Pick<MappedFolder, "entry" | "prefix">;

/** An active tenant in one stack, as one side deploys it. */
export interface TenantState {
  /** From the stack output `tenants`, as the next two. */
  readonly userName: string;
  readonly landingFolder: string;
  readonly fingerprints: readonly string[];
  /** What tenants.yaml says of it, for what no deployment tells of one tenant. Undefined: not known. */
  readonly tenant: Tenant | undefined;
  /** From the user's logical mappings. */
  readonly places: readonly TenantFolder[];
  /** The prefix of the tenant's own files. */
  readonly ownPrefix: string;
  /** What the tenant may do with the files below a prefix of the landing bucket, by all documents that decide. */
  readonly reach: (prefix: string) => readonly Verb[];
  /** Those documents as one text. */
  readonly documents: string;
}

/** Reads the active tenants of one side. @throws Error when the deployment's outputs name a tenant that has no user. */
export function tenantStates({ deployment, tenancy }: Side): (name: string) => TenantState {
  const sessions = new Sessions(inventoryOf(deployment));
  const users = new Map(sessions.inventory.users.map((user) => [user.userName, user]));
  const keyOfStack = ({ environments }: SshKey) => environments.includes(deployment.stack);
  const tenants = new Map(
    tenancy?.tenants.map((tenant) => [tenant.name, { ...tenant, sshKeys: tenant.sshKeys.filter(keyOfStack) }]),
  );
  return (name) => {
    const output = tenantOutputs(deployment)[name];
    const user = output && users.get(output.userName);
    if (output === undefined || user === undefined) {
      throw new Error(`stack ${deployment.stack}: the tenant ${name} is in the outputs and has no user`);
    }
    const folders = foldersOf(user);
    const bucket = folders[0]?.bucket ?? "";
    const session = sessions.of(user);
    return {
      userName: output.userName,
      landingFolder: output.homeDirectory,
      fingerprints: output.keyFingerprints,
      tenant: tenants.get(name),
      places: folders.map(({ entry, prefix }) => ({ entry, prefix })),
      ownPrefix: tenantPrefix(name),
      // Of most tenants nothing is asked, so their documents are never read.
      reach: (prefix) => verbsAt(session, { bucket, prefix }),
      documents: session.textsOn(bucket),
    };
  };
}

interface LifecycleRule {
  readonly filter?: { readonly prefix?: string };
  readonly expiration?: { readonly days?: number };
}

/** From the bucket's lifecycle rules: after how many days the files below a prefix expire. Without an entry they are kept. */
export function retentionByPrefix(resources: readonly DeployedResource[]): ReadonlyMap<string, number> {
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
    ownPrefix: newPrefix,
    places: places.map(({ entry, prefix }) => ({ entry, prefix: moved(prefix, ownPrefix, newPrefix) })),
    reach: (prefix) => reach(moved(prefix, newPrefix, ownPrefix)),
  };
}
