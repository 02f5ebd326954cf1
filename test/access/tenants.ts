import fc from "fast-check";
import { accessNames } from "../../tenancy/access";
import type { DeployedTenant } from "../../tenancy/deployed";
import { tenant } from "../tenant";

/** Any access profile. */
export const accesses = fc.constantFrom(...accessNames);

/** Names of which one begins another, with the characters that a pattern could take for something else. */
const names = fc
  .tuple(fc.constantFrom("acme", "acm", "acme-corp", "a-c", "globex", "shared", "tenants", "inbox"), fc.nat(3))
  .map(([name, suffix]) => (suffix === 0 ? name : `${name}-${suffix}`));

const folderLists = fc.uniqueArray(
  fc.record({ name: fc.constantFrom("inbox", "in", "outbox", "inbox-2"), access: accesses }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 3 },
);

const spaceLists = fc.uniqueArray(
  fc.record({ name: fc.constantFrom("catalogue", "cat", "acme", "exchange"), access: accesses }),
  { selector: ({ name }) => name, maxLength: 2 },
);

/** Lists of valid tenants of one stack in every shape of access, sorted by name; names that invite mistakes. */
export const tenants: fc.Arbitrary<DeployedTenant[]> = fc
  .uniqueArray(fc.record({ name: names, access: accesses, folders: fc.option(folderLists), spaces: spaceLists }), {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: 8,
  })
  .map((list) =>
    list
      .map(({ name, access, folders, spaces }) =>
        folders ? tenant(name, { folders, spaces }) : tenant(name, { access, spaces }),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
