import { expect } from "chai";
import fc from "fast-check";
import { rootPrefixes, spacePrefix, tenantPrefix } from "../../access/grant";
import { filterPolicyOf, placeOf, spaceOwner, tenantOwner } from "../../uploads/owner";
import { anyCharacter } from "../fixtures/anyCharacter";

const names = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/);
/** Looked for without the pattern under test. */
const leadsOut = (path: string) => {
  const parts = path.split(/[/\\]/);
  return parts.includes("..") || (parts[0] === "" && path !== "") || /^[a-z]:/i.test(path);
};
const paths = fc.string({ unit: anyCharacter, minLength: 1 }).filter((path) => !leadsOut(path));

/** Whether SNS hands a message to a subscription: each attribute named by the policy must equal one of its values. */
function hears(policy: Readonly<Record<string, readonly string[]>>, attributes: Readonly<Record<string, string>>) {
  return Object.entries(policy).every(([name, values]) => values.includes(attributes[name] ?? ""));
}

describe("the owner of a key", () => {
  it("is the tenant whose folder it lies in, and the path is what follows", () => {
    expect(placeOf(`${tenantPrefix("acme")}inbox/orders 1.csv`)).to.deep.equal({
      owner: "tenant:acme",
      path: "inbox/orders 1.csv",
    });
  });

  it("is the space for a shared file, which a tenant of the same name does not hear of", () => {
    expect(placeOf(`${spacePrefix("acme")}list.csv`)).to.deep.equal({ owner: "space:acme", path: "list.csv" });
    expect(spaceOwner("acme")).not.to.equal(tenantOwner("acme"));
  });

  it("does not reach to a tenant whose name goes on", () => {
    expect(placeOf(`${tenantPrefix("acme-corp")}x`)?.owner).to.equal("tenant:acme-corp");
  });

  for (const key of [
    "x",
    "logs/acme/x",
    "tenants",
    rootPrefixes.tenants,
    `${rootPrefixes.tenants}acme`,
    `${rootPrefixes.tenants}/x`,
    `${rootPrefixes.tenants}ACME/x`,
    "Tenants/acme/x",
    `${tenantPrefix("acme")}../x`,
    `${tenantPrefix("acme")}inbox/../../globex/x`,
    `${tenantPrefix("acme")}inbox/..`,
    `${tenantPrefix("acme")}/etc/passwd`,
    `${tenantPrefix("acme")}inbox/..\\..\\x`,
    `${tenantPrefix("acme")}\\x`,
    `${tenantPrefix("acme")}C:\\x`,
    `${tenantPrefix("acme")}c:x`,
    `${spacePrefix("catalogue")}../acme/x`,
  ]) {
    it(`is nobody for ${key}`, () => {
      expect(placeOf(key)).to.equal(undefined);
    });
  }

  for (const path of ["..x", "x..", "a..b/...", "./x", ".hidden", "a\\b", "ab:c", "1:2"]) {
    it(`is its tenant for a path that looks like a way out and is none: ${path}`, () => {
      expect(placeOf(tenantPrefix("acme") + path)).to.deep.equal({ owner: "tenant:acme", path });
    });
  }

  it("is, for any key, told with a path that leads nowhere else", () => {
    const keys = fc.array(fc.constantFrom("..", ".", "/", "\\", "a", "tenants/", "acme", "shared/", ""), {
      maxLength: 9,
    });
    fc.assert(
      fc.property(keys, fc.boolean(), (parts, whole) => {
        const path = placeOf((whole ? "" : tenantPrefix("acme")) + parts.join(""))?.path;
        expect(path === undefined || !leadsOut(path)).to.equal(true);
      }),
    );
  });

  it("is, for any name and path, exactly the one whose prefix made the key", () => {
    fc.assert(
      fc.property(names, paths, fc.boolean(), (name, path, shared) => {
        const key = (shared ? spacePrefix(name) : tenantPrefix(name)) + path;
        expect(placeOf(key)).to.deep.equal({ owner: shared ? spaceOwner(name) : tenantOwner(name), path });
      }),
    );
  });
});

describe("the filter policies of owners", () => {
  it("let through one owner's files alone, also among names that begin one another", () => {
    fc.assert(
      fc.property(fc.uniqueArray(names, { minLength: 1, maxLength: 5 }), names, paths, (others, name, path) => {
        const everyone = [...new Set([...others, name, `${name}-corp`, name.slice(0, -1)])];
        const owners = everyone.flatMap((each) => [tenantOwner(each), spaceOwner(each)]);
        const owner = placeOf(tenantPrefix(name) + path)?.owner ?? "";
        const listeners = owners.filter((each) => hears(filterPolicyOf(each), { owner, complete: "true" }));
        expect(listeners).to.deep.equal([tenantOwner(name)]);
      }),
    );
  });

  it("can leave out uploads that were cut short", () => {
    const policy = filterPolicyOf("tenant:acme", "complete");
    expect(hears(policy, { owner: "tenant:acme", complete: "true" })).to.equal(true);
    expect(hears(policy, { owner: "tenant:acme", complete: "false" })).to.equal(false);
  });
});
