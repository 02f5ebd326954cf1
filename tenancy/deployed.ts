import type { Listener } from "./listener";
import type { SshKey, Space, Tenancy, Tenant } from "./model";

/** A tenant as one stack deploys it on one day. */
export interface DeployedTenant extends Tenant {
  /** The keys that this stack deploys, sorted by fingerprint; none when the tenant is suspended. */
  readonly deployedKeys: readonly SshKey[];
  /** Those of this stack, also when the tenant is suspended. */
  readonly notify: readonly Listener[];
}

/**
 * The tenants that a stack knows, sorted by name so that the order of the file never reaches a resource. Suspended
 * tenants are among them: they have no user, but what is kept for them stays.
 */
export function tenantsIn(tenancy: Tenancy, stack: string): Tenant[] {
  return tenancy.tenants
    .filter(({ environments }) => environments.includes(stack))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The same as the stack deploys them.
 * @param today The day (UTC, YYYY-MM-DD) against which `expires` is checked; undefined: each login is a day of its own, and all
 * keys are deployed.
 */
export function deployedTenants(tenancy: Tenancy, stack: string, today: string | undefined): DeployedTenant[] {
  return tenantsIn(tenancy, stack).map((tenant) => ({
    // First, since V8 gives each object a shape of its own when its literal begins with a spread, and planning slows down.
    deployedKeys: deployedKeys(tenant, stack, today),
    ...tenant,
    notify: deployedListeners(tenant, stack),
  }));
}

/** The spaces, which every stack has, with the listeners of one, sorted by name. */
export function deployedSpaces({ spaces }: Tenancy, stack: string): Space[] {
  return spaces
    .map((space) => ({ ...space, notify: deployedListeners(space, stack) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function deployedListeners({ notify }: Pick<Tenant | Space, "notify">, stack: string): readonly Listener[] {
  return notify.filter(({ environments }) => environments.includes(stack));
}

function deployedKeys(tenant: Tenant, stack: string, today: string | undefined): SshKey[] {
  if (tenant.state === "suspended") {
    return [];
  }
  return tenant.sshKeys
    .filter((key) => key.environments.includes(stack) && (today === undefined || !isExpired(key, today)))
    .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}

/** For how many days before a key's last one its owner is told: time for a partner to roll out a new one. */
export const noticeDays = 30;

/** Whether the last day of a key has passed. Dates in ISO form compare as text. */
export function isExpired({ expires }: { readonly expires?: string | undefined }, today: string): boolean {
  return expires !== undefined && expires < today;
}
