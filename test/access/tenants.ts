import fc from "fast-check";
import { accessNames } from "../../tenancy/access";
import type { DeployedTenant } from "../../tenancy/deployed";
import { folder, tenant } from "../tenant";

/** Any access profile. */
export const accesses = fc.constantFrom(...accessNames);

/** Names of which one begins another, with the characters that a pattern could take for something else. */
const names = fc
  .tuple(fc.constantFrom("acme", "acm", "acme-corp", "a-c", "globex", "shared", "tenants", "inbox"), fc.nat(3))
  .map(([name, suffix]) => (suffix === 0 ? name : `${name}-${suffix}`));

/** None equals another or lies within it, whatever is chosen. */
const folders = fc
  .record({
    name: fc.constantFrom("inbox", "in", "outbox", "inbox-2"),
    above: fc.constantFrom("", "/Out", "/in/From Us/.new"),
    access: accesses,
  })
  .map(({ name, above, access }) => folder({ name, path: above === "" ? `/${name}-top` : `${above}/${name}`, access }));

const folderLists = fc.uniqueArray(folders, { selector: ({ name }) => name, minLength: 1, maxLength: 3 });

/** The paths are the spaces': the same for every member. */
const spaces = fc
  .record({ name: fc.constantFrom("catalogue", "cat", "acme", "exchange"), access: accesses })
  .map(({ name, access }) => folder({ name, path: name === "exchange" ? "/Out/Exchange" : `/${name}`, access }));

const spaceLists = fc.uniqueArray(spaces, { selector: ({ name }) => name, maxLength: 2 });

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
