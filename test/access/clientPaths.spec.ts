import { expect } from "chai";
import fc from "fast-check";
import { planAccess } from "../../access/plan";
import { sessionPolicy } from "../../access/documents";
import { grantsOf, spacePrefix, tenantPrefix } from "../../access/grant";
import { gatewayNames } from "../../names";
import { clientPath, defaultPath } from "../../tenancy/clientPath";
import { deployedTenants } from "../../tenancy/deployed";
import { loadTenancyText } from "../../tenancy/load";
import type { Tenant } from "../../tenancy/model";
import { publicKey } from "../publicKeys";
import { defaults, loadContent } from "../tenancy/loading";
import { accesses } from "./tenants";
import { landing } from "./samplePolicies";

/** Of so few parts that paths often meet. */
const paths = fc
  .array(fc.constantFrom("a", "A", "b c", "home"), { minLength: 1, maxLength: 3 })
  .map((parts) => `/${parts.join("/")}`);

const written = fc.record({ path: paths, access: accesses }, { requiredKeys: ["access"] });

/** A tenant's folders (none: the whole of its files) and spaces, by number, some with a path. */
const shapes = fc.record({
  folders: fc.array(written, { maxLength: 3 }),
  spaces: fc.array(written, { maxLength: 2 }),
});

type Shape = typeof shapes extends fc.Arbitrary<infer Each> ? Each : never;

/** What tenants.yaml makes of the shape, as JSON. @param withPaths Default: as they are written. */
function loaded({ folders, spaces }: Shape, withPaths = true) {
  const path = (entry: Shape["folders"][number]) => (withPaths && entry.path !== undefined ? { path: entry.path } : {});
  const file = {
    spaces: spaces.map((space, index) => ({ name: `space-${index}`, ...path(space) })),
    tenants: [
      {
        name: "acme",
        sshKeys: [publicKey(1).text],
        ...(folders.length === 0
          ? {}
          : { folders: folders.map((one, index) => ({ name: `folder-${index}`, ...path(one), access: one.access })) }),
        spaces: spaces.map(({ access }, index) => ({ name: `space-${index}`, access })),
      },
    ],
  };
  return loadTenancyText("tenants.yaml", JSON.stringify(file), defaults);
}

function tenantOf(shape: Shape, withPaths = true): Tenant | undefined {
  return loaded(shape, withPaths).tenancy?.tenants[0];
}

/** Whether two of these are the same, or one lies within the other; /home is nobody's but the tenant's. */
function meet({ folders, spaces }: Shape): boolean {
  const own = folders.map(({ path }, index) => path ?? `/folder-${index}`);
  const shared = spaces.map(({ path }, index) => path ?? `/space-${index}`);
  const seen = [...own, ...shared, ...(folders.length === 0 && spaces.length > 0 ? ["/home"] : [])];
  const overlaps = seen.some((one, i) => seen.some((other, j) => i !== j && `${other}/`.startsWith(`${one}/`)));
  return overlaps || [...own, ...shared].includes("/home");
}

const seed = 20260101;

describe("the client's paths", () => {
  it("are taken by tenants.yaml exactly when none of a tenant's meets another", () => {
    let met = 0;
    fc.assert(
      fc.property(shapes, (shape) => {
        met += meet(shape) ? 1 : 0;
        expect(loaded(shape).tenancy === undefined).to.equal(meet(shape));
      }),
      { seed, numRuns: 200 },
    );
    expect(met).to.be.within(20, 180);
  });

  it("become entries of which each leads to one place", () => {
    const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
    const names = gatewayNames("sftp-gateway-dev", scope.account);
    fc.assert(
      fc.property(shapes, (shape) => {
        const { tenancy } = loaded(shape);
        fc.pre(tenancy !== undefined);
        const tenants = deployedTenants(tenancy, "dev", "2026-11-23");
        const [user] = planAccess({ scope, names, tenants, serviceRoles: [] }).users;
        const entries = (user?.mappings ?? []).map(({ entry }) => entry);
        expect(entries).not.to.deep.equal([]);
        for (const [index, entry] of entries.entries()) {
          const others = entries.filter((_, at) => at !== index);
          expect(others.filter((other) => entry === "/" || `${other}/`.startsWith(`${entry}/`))).to.deep.equal([]);
        }
      }),
    );
  });

  it("change neither places in the bucket nor the session policy nor the order of the entries", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const [moved, plain] = [tenantOf(shape), tenantOf(shape, false)];
        fc.pre(moved !== undefined && plain !== undefined);
        const [grants, plainGrants] = [grantsOf(moved), grantsOf(plain)];
        expect(grants.map(({ prefix }) => prefix)).to.deep.equal(plainGrants.map(({ prefix }) => prefix));
        expect(sessionPolicy(landing, grants)).to.deep.equal(sessionPolicy(landing, plainGrants));
      }),
    );
  });

  it("follow from the name where there are none", () => {
    const shape: Shape = { folders: [{ access: "read-only" }], spaces: [{ access: "write-only" }] };
    const tenant = tenantOf(shape);
    expect(tenant && grantsOf(tenant)).to.deep.equal([
      {
        entry: defaultPath("folder-0"),
        prefix: `${tenantPrefix("acme")}folder-0/`,
        access: "read-only",
        shared: false,
      },
      { entry: defaultPath("space-0"), prefix: spacePrefix("space-0"), access: "write-only", shared: true },
    ]);
    expect(defaultPath("space-0")).to.equal("/space-0");
  });

  it("tell a folder from a space of its name, in one order however the file has them", () => {
    const order = ["inbox", "home"].map((name) => {
      const { tenancy } = loadContent(`spaces: [{ name: ${name}, path: /Shared }]
tenants:
  - name: acme
    sshKeys: [${publicKey(1).text}]
    folders: [{ name: outbox, access: read-only }, { name: ${name}, path: /Own, access: read-only }]
    spaces: [{ name: ${name}, access: read-only }]
`);
      return tenancy?.tenants.map((one) => grantsOf(one).map(({ entry }) => entry));
    });
    expect(order).to.deep.equal([[["/Own", "/Shared", "/outbox"]], [["/Own", "/Shared", "/outbox"]]]);
  });

  it("are 1 to 8 parts, each of which names a folder everywhere", () => {
    const letters = fc.string({
      unit: fc.constantFrom("a", "Z", "7", " ", ".", "_", "-", "*", "é", "\n"),
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 10 }), (parts) => {
        const isPart = (part: string) =>
          /^[A-Za-z0-9 ._-]+$/.test(part) &&
          part === part.trim() &&
          ![".", ".."].includes(part) &&
          !part.includes("\n");
        const isPath = parts.length >= 1 && parts.length <= 8 && parts.every(isPart);
        expect(clientPath.test(`/${parts.join("/")}`)).to.equal(isPath);
      }),
      { numRuns: 2000 },
    );
  });
});
