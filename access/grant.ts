import { homePath } from "../tenancy/clientPath";
import type { Access, Folder, Tenant } from "../tenancy/model";

/** A folder as the client sees it, where it lies in the landing bucket, and what the tenant may do there. */
export interface Grant {
  /** Path the client sees: `/`, `/inbox`, `/Out/From_Us`. */
  readonly entry: string;
  /** Place in the bucket: ends in `/`, never starts with one. */
  readonly prefix: string;
  readonly access: Access;
  /** Whether other tenants may hold a grant on the same prefix. */
  readonly shared: boolean;
}

/** Everything of the tenants lies below these two, and nothing else does. */
export const rootPrefixes = { tenants: "tenants/", shared: "shared/" } as const;

/** The one place where a prefix is made; names come validated from tenants.yaml, so no wildcard can be among them. */
function prefixBelow(parent: string, name: string): string {
  return `${parent}${name}/`;
}

/** The tenant's own part of the bucket, which its folders divide. */
export function tenantPrefix(tenant: string): string {
  return prefixBelow(rootPrefixes.tenants, tenant);
}

/** The part of the bucket that the members of a space share. */
export function spacePrefix(space: string): string {
  return prefixBelow(rootPrefixes.shared, space);
}

/**
 * What a tenant may touch, sorted by name: a path that changes leaves the order, and with it every document, as it was.
 * Mappings, session policy and proof derive from this list alone, so they cannot disagree.
 */
export function grantsOf(tenant: Pick<Tenant, "name" | "access" | "folders" | "spaces">): Grant[] {
  const spaces = tenant.spaces.map((space) => named(space, spacePrefix(space.name), true));
  return [...ownGrants(tenant), ...spaces].sort(byName).map(({ grant }) => grant);
}

/** A grant with the name that it is sorted by. */
interface NamedGrant {
  readonly name: string;
  readonly grant: Grant;
}

/** A folder stays before a space of its name. */
function byName(a: NamedGrant, b: NamedGrant): number {
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}

function named({ name, path, access }: Folder, prefix: string, shared: boolean): NamedGrant {
  return { name, grant: { entry: path, prefix, access, shared } };
}

function ownGrants({
  name,
  access,
  folders,
  spaces,
}: Pick<Tenant, "name" | "access" | "folders" | "spaces">): NamedGrant[] {
  const home = tenantPrefix(name);
  if (access !== undefined) {
    return [named({ name: "home", path: spaces.length > 0 ? homePath : "/", access }, home, false)];
  }
  return folders.map((folder) => named(folder, prefixBelow(home, folder.name), false));
}

/** The client's path after login: `/home` where its own files are, so that relative paths keep working; else `/`. */
export function landingFolder(grants: readonly Grant[]): string {
  return grants.some(({ entry }) => entry === homePath) ? homePath : "/";
}
