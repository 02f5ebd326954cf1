import { inventoryOf } from "../inventory/inventory";
import type { Deployment } from "../synth/deployment";
import type { Tenancy } from "../tenancy/model";

/** One side of a comparison: what a commit would deploy to one stack. */
export interface Side {
  readonly deployment: Deployment;
  /** The stack's configuration by full key: `sftp-gateway:protect`. An encrypted value is its cipher text. */
  readonly settings: Readonly<Record<string, string | Ciphertext>>;
  /** Undefined when this version cannot read that commit's tenants.yaml; then less can be told, see {@link Standing}. */
  readonly tenancy: Pick<Tenancy, "tenants" | "spaces" | "retired" | "retiredSpaces"> | undefined;
}

/** An encrypted value of a stack file; all that can be told of it is whether it is another one. */
export interface Ciphertext {
  readonly ciphertext: string;
}

/** The side of a stack that does not exist. */
export function emptySide(stack: string): Side {
  return {
    deployment: { stack, resources: [], outputs: {} },
    settings: {},
    tenancy: { tenants: [], spaces: [], retired: [], retiredSpaces: [] },
  };
}

/** How a name stands in one stack. Only `active` can be told from a deployment alone; the rest is in tenants.yaml. */
export type Standing =
  | "active"
  /** In tenants.yaml and of this stack, but without a user. */
  | "suspended"
  /** In tenants.yaml, but not of this stack. */
  | "elsewhere"
  /** Among the names that nobody may bear again. */
  | "retired"
  | "absent";

/** How a name stands on a side. */
export function standingOf({ deployment, tenancy }: Side, name: string): Standing {
  if (Object.hasOwn(tenantOutputs(deployment), name)) {
    return "active";
  }
  const tenant = tenancy?.tenants.find((one) => one.name === name);
  if (tenant !== undefined) {
    return tenant.environments.includes(deployment.stack) ? "suspended" : "elsewhere";
  }
  return tenancy?.retired.includes(name) ? "retired" : "absent";
}

/** What the stack output `tenants` says of one tenant; the part of the contract with other stacks that is compared. */
export interface PublishedTenant {
  readonly userName: string;
  readonly homeDirectory: string;
}

type PublishedTenants = Readonly<Record<string, PublishedTenant>>;

/** The stack output `tenants`, by name, or what would stand there: it is left out where a function knows many tenants. */
export function tenantOutputs(deployment: Deployment): PublishedTenants {
  return (deployment.outputs["tenants"] as PublishedTenants | undefined) ?? tenantsOfUsers(deployment);
}

const unpublished = new WeakMap<Deployment, PublishedTenants>();

function tenantsOfUsers(deployment: Deployment): PublishedTenants {
  const known = unpublished.get(deployment);
  if (known !== undefined) {
    return known;
  }
  const entries = inventoryOf(deployment).users.flatMap(({ tenant, userName, home }) =>
    tenant === undefined ? [] : [[tenant, { userName, homeDirectory: home }] as const],
  );
  const tenants = Object.fromEntries(entries);
  unpublished.set(deployment, tenants);
  return tenants;
}

/** The names that a stack knows, active or suspended. */
export function knownNames({ deployment, tenancy }: Side): string[] {
  const ofStack = (tenancy?.tenants ?? []).filter(({ environments }) => environments.includes(deployment.stack));
  return [...Object.keys(tenantOutputs(deployment)), ...ofStack.map(({ name }) => name)];
}
