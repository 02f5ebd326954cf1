import type { Access, Tenant } from "../tenancy/model";

/** A folder as the client sees it, where it lies in the landing bucket, and what the tenant may do there. */
export interface Grant {
  /** Path the client sees: `/`, `/inbox`. */
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

/** The client's path of a tenant's own files once a space stands beside them. */
export const homeEntry = "/home";

/**
 * What a tenant may touch, sorted by entry. Mappings, session policy and proof derive from this list alone, so they
 * cannot disagree.
 */
export function grantsOf(tenant: Pick<Tenant, "name" | "access" | "folders" | "spaces">): Grant[] {
  const spaces = tenant.spaces.map(({ name, access }) => ({
    entry: `/${name}`,
    prefix: spacePrefix(name),
    access,
    shared: true,
  }));
  return [...ownGrants(tenant), ...spaces].sort((a, b) => (a.entry < b.entry ? -1 : 1));
}

function ownGrants({ name, access, folders, spaces }: Pick<Tenant, "name" | "access" | "folders" | "spaces">): Grant[] {
  if (access !== undefined) {
    const entry = spaces.length > 0 ? homeEntry : "/";
    return [{ entry, prefix: tenantPrefix(name), access, shared: false }];
  }
  return folders.map((folder) => ({
    entry: `/${folder.name}`,
    prefix: prefixBelow(tenantPrefix(name), folder.name),
    access: folder.access,
    shared: false,
  }));
}

/** The client's path after login: `/home` where it is an entry, so that relative paths keep working; else `/`. */
export function landingFolder(grants: readonly Grant[]): string {
  return grants.some(({ entry }) => entry === homeEntry) ? homeEntry : "/";
}
