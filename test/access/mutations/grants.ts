import type { Area } from "../../../access/isolation";
import { sessionPolicy } from "../../../access/documents";
import { rootPrefixes, spacePrefix, tenantPrefix } from "../../../access/grant";
import type { Mutation } from "./mutation";
import { bucket, scope } from "../claims";
import { editUser } from "./edit";

const mappingOf = (tenant: string, target: string) =>
  editUser(tenant, (user) => ({ ...user, mappings: [{ entry: "/", target }] }));

/** Grants that overlap although each document keeps to them; the documents are written anew. */
const alsoGranted = (tenant: string, area: Area) =>
  editUser(tenant, (user) => {
    const grants = [...user.grants, { ...area, entry: "/more" }];
    const session = sessionPolicy({ partition: scope.partition, bucket }, grants as never);
    return { ...user, grants, session };
  });

/** Grants that contradict each other, and logical mappings that leave them. */
export const grantMutations: readonly Mutation[] = [
  {
    name: "a tenant inside another tenant's prefix",
    opens: true,
    mutate: alsoGranted("beta", { prefix: `${tenantPrefix("acme")}in/`, access: "write-only", shared: false }),
  },
  {
    name: "two tenants with the same prefix",
    opens: true,
    mutate: alsoGranted("beta", { prefix: tenantPrefix("acme"), access: "read-only", shared: false }),
  },
  {
    name: "a space around a tenant",
    opens: true,
    mutate: alsoGranted("beta", { prefix: rootPrefixes.tenants, access: "read-only", shared: true }),
  },
  {
    name: "a space inside another space",
    opens: true,
    mutate: alsoGranted("acme", { prefix: `${spacePrefix("catalogue")}new/`, access: "read-write", shared: true }),
  },
  {
    name: "a space that is one tenant's own for another",
    opens: true,
    mutate: alsoGranted("acme", { prefix: spacePrefix("catalogue"), access: "read-write", shared: false }),
  },
  {
    name: "a granted prefix without its slash",
    opens: false,
    mutate: alsoGranted("acme", { prefix: `${rootPrefixes.tenants}new`, access: "read-write", shared: false }),
  },
  {
    name: "a granted prefix with a wildcard",
    opens: true,
    mutate: alsoGranted("acme", { prefix: `${rootPrefixes.tenants}new*/`, access: "read-write", shared: false }),
  },
  {
    name: "a granted prefix that climbs out",
    opens: false,
    mutate: alsoGranted("acme", { prefix: `${tenantPrefix("acme-new")}../`, access: "read-write", shared: false }),
  },
  {
    name: "a mapping to another tenant",
    opens: false,
    mutate: mappingOf("acme", `/landing/${rootPrefixes.tenants}acme-corp`),
  },
  {
    name: "a mapping to all tenants",
    opens: false,
    mutate: mappingOf("acme", `/landing/${rootPrefixes.tenants.slice(0, -1)}`),
  },
  { name: "a mapping to the bucket", opens: false, mutate: mappingOf("acme", "/landing") },
  {
    name: "a mapping to another bucket",
    opens: false,
    mutate: mappingOf("acme", `/other/${rootPrefixes.tenants}acme`),
  },
  {
    name: "a mapping that climbs out",
    opens: false,
    mutate: mappingOf("acme", `/landing/${tenantPrefix("acme")}../acme-corp`),
  },
  {
    name: "a mapping by a variable",
    opens: false,
    mutate: mappingOf("acme", `/landing/${rootPrefixes.tenants}\${transfer:UserName}`),
  },
  {
    name: "a mapping without a leading slash",
    opens: false,
    mutate: mappingOf("acme", `landing/${rootPrefixes.tenants}acme`),
  },
  {
    name: "two mappings of the same path",
    opens: false,
    mutate: editUser("beta", (user) => ({
      ...user,
      mappings: (user.mappings ?? []).map((one) => ({ ...one, entry: "/in" })),
    })),
  },
  {
    name: "a mapping of a path within another one's",
    opens: false,
    mutate: editUser("beta", (user) => ({
      ...user,
      mappings: (user.mappings ?? []).map((one, index) => ({
        ...one,
        entry: ["/in/a", "/in/a-2", "/in"][index] ?? "",
      })),
    })),
  },
  {
    name: "a mapping to another tenant, let in by the session policy",
    opens: true,
    mutate: editUser("acme", (user) => ({
      ...user,
      session: undefined,
      mappings: [{ entry: "/", target: `/landing/${rootPrefixes.tenants}acme-corp` }],
    })),
  },
];
