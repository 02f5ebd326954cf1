import type { Area } from "../../../access/isolation";
import { sessionPolicy } from "../../../access/documents";
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
    mutate: alsoGranted("beta", { prefix: "tenants/acme/in/", access: "write-only", shared: false }),
  },
  {
    name: "two tenants with the same prefix",
    opens: true,
    mutate: alsoGranted("beta", { prefix: "tenants/acme/", access: "read-only", shared: false }),
  },
  {
    name: "a space around a tenant",
    opens: true,
    mutate: alsoGranted("beta", { prefix: "tenants/", access: "read-only", shared: true }),
  },
  {
    name: "a space inside another space",
    opens: true,
    mutate: alsoGranted("acme", { prefix: "shared/catalogue/new/", access: "read-write", shared: true }),
  },
  {
    name: "a space that is one tenant's own for another",
    opens: true,
    mutate: alsoGranted("acme", { prefix: "shared/catalogue/", access: "read-write", shared: false }),
  },
  {
    name: "a granted prefix without its slash",
    opens: false,
    mutate: alsoGranted("acme", { prefix: "tenants/new", access: "read-write", shared: false }),
  },
  {
    name: "a granted prefix with a wildcard",
    opens: true,
    mutate: alsoGranted("acme", { prefix: "tenants/new*/", access: "read-write", shared: false }),
  },
  {
    name: "a granted prefix that climbs out",
    opens: false,
    mutate: alsoGranted("acme", { prefix: "tenants/acme-new/../", access: "read-write", shared: false }),
  },
  { name: "a mapping to another tenant", opens: false, mutate: mappingOf("acme", "/landing/tenants/acme-corp") },
  { name: "a mapping to all tenants", opens: false, mutate: mappingOf("acme", "/landing/tenants") },
  { name: "a mapping to the bucket", opens: false, mutate: mappingOf("acme", "/landing") },
  { name: "a mapping to another bucket", opens: false, mutate: mappingOf("acme", "/other/tenants/acme") },
  { name: "a mapping that climbs out", opens: false, mutate: mappingOf("acme", "/landing/tenants/acme/../acme-corp") },
  { name: "a mapping by a variable", opens: false, mutate: mappingOf("acme", "/landing/tenants/${transfer:UserName}") },
  { name: "a mapping without a leading slash", opens: false, mutate: mappingOf("acme", "landing/tenants/acme") },
  {
    name: "a mapping to another tenant, let in by the session policy",
    opens: true,
    mutate: editUser("acme", (user) => ({
      ...user,
      session: undefined,
      mappings: [{ entry: "/", target: "/landing/tenants/acme-corp" }],
    })),
  },
];
