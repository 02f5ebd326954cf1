import { expect } from "chai";
import fc from "fast-check";
import { grantsOf, rootPrefixes, spacePrefix, tenantPrefix } from "../../access/grant";
import { proveIsolation, findingText, type Claim } from "../../access/isolation";
import { bucketResource, claimOf, sampleTenants } from "./claims";
import { tenants } from "./tenants";

const seed = 20260101;

describe("the isolation proof", () => {
  it("holds for every shape of access", () => {
    expect(proveIsolation(claimOf(sampleTenants))).to.deep.equal([]);
  });

  it("holds for any valid list of tenants", () => {
    fc.assert(
      fc.property(tenants, (list) => {
        expect(proveIsolation(claimOf(list))).to.deep.equal([]);
      }),
      { seed, numRuns: 150 },
    );
  });

  it("does not look at the order of users", () => {
    const claim = claimOf(sampleTenants);
    expect(proveIsolation({ ...claim, users: claim.users.toReversed() })).to.deep.equal([]);
  });

  it("takes documents as texts, written as anybody writes them", () => {
    const claim = claimOf(sampleTenants);
    const users = claim.users.map((user) => ({ ...user, session: JSON.stringify(user.session, null, 2) }));
    expect(proveIsolation({ ...claim, users })).to.deep.equal([]);
  });

  it("is not needed for what the claim leaves out: mappings, trust, the bucket's policy", () => {
    const { users, roles, scope, bucket } = claimOf(sampleTenants);
    const claim: Claim = {
      scope,
      bucket,
      users: users.map(({ mappings: _, ...user }) => user),
      roles: roles.map(({ trust: _, ...role }) => role),
    };
    expect(proveIsolation(claim)).to.deep.equal([]);
  });

  const harmless: [name: string, session: (text: string) => string][] = [
    ["actions in other letters", (text) => text.replaceAll("s3:GetObject", "S3:GETOBJECT")],
    ["a condition key in other letters", (text) => text.replaceAll("s3:prefix", "S3:Prefix")],
    [
      "a narrower object pattern",
      (text) => text.replaceAll(`/${tenantPrefix("acme")}*`, `/${tenantPrefix("acme")}reports/*.csv`),
    ],
    [
      "a narrower listing",
      (text) => text.replaceAll(`"${tenantPrefix("acme")}*"`, `"${tenantPrefix("acme")}reports/"`),
    ],
    ["a Deny on top", (text) => text.replace("[{", '[{"Effect":"Deny","NotAction":"s3:*","NotResource":"*"},{')],
    [
      "listing and reading in one statement",
      () =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: {
            Effect: "Allow",
            Action: ["s3:ListBucket", "s3:GetObject"],
            Resource: [bucketResource, `${bucketResource}/${tenantPrefix("acme")}*`],
            Condition: { StringEquals: { "s3:prefix": tenantPrefix("acme") } },
          },
        }),
    ],
  ];
  for (const [name, rewrite] of harmless) {
    it(`is not disturbed by ${name}`, () => {
      const claim = claimOf(sampleTenants);
      const users = claim.users.map((user) =>
        user.tenant === "acme" ? { ...user, session: rewrite(JSON.stringify(user.session)) } : user,
      );
      expect(users).not.to.deep.equal(claim.users);
      expect(proveIsolation({ ...claim, users })).to.deep.equal([]);
    });
  }

  it("says in a sentence who can do what", () => {
    const findings = proveIsolation(
      withSession("acme", (text) => text.replaceAll(`${tenantPrefix("acme")}*`, `${rootPrefixes.tenants}acme*`)),
    );
    expect(findings.map(findingText)).to.deep.equal([
      `tenant "acme": the session policy lists the bucket where s3:prefix is "${rootPrefixes.tenants}acme*", which is not a folder ` +
        "granted to it (statement List); for example s3:ListBucket on arn:aws:s3:::landing with prefix " +
        `"${tenantPrefix("acme-corp")}"`,
      `tenant "acme": the session policy allows s3:GetObject on "arn:aws:s3:::landing/${rootPrefixes.tenants}acme*", which is not below ` +
        "a prefix granted to it (statement 2); for example s3:GetObject on " +
        `arn:aws:s3:::landing/${tenantPrefix("acme-corp")}file.txt`,
    ]);
  });

  it("names every tenant whose documents are at fault, and no other", () => {
    const claim = claimOf(sampleTenants);
    const users = claim.users.map((user) => (user.tenant === "beta" ? user : { ...user, session: undefined }));
    const subject = proveIsolation({ ...claim, users }).map(({ tenant }) => tenant);
    expect(subject).to.deep.equal(["acme", "acme-corp", "drop", "gamma", "reader"]);
  });
});

describe("the isolation proof at scale", () => {
  it("grows with the number of tenants, not with its square", () => {
    const many = (count: number) => claimOf(Array.from({ length: count }, (_, index) => manyth(index)));
    const seconds = (claim: Claim) => {
      const start = process.cpuUsage();
      expect(proveIsolation(claim)).to.deep.equal([]);
      return process.cpuUsage(start).user / 1e6;
    };
    const [small, large] = [many(1000), many(8000)];
    seconds(small); // warm
    expect(seconds(large)).to.be.below(8 * 4 * Math.max(seconds(small), 0.02));
  });
});

function manyth(index: number) {
  const sample = sampleTenants[index % sampleTenants.length] ?? sampleTenants[0];
  return { folders: [], spaces: [], ...sample, name: `tenant-${index}`, userName: `tenant-${index}` };
}

function withSession(tenant: string, change: (text: string) => string): Claim {
  const claim = claimOf(sampleTenants);
  const users = claim.users.map((user) =>
    user.tenant === tenant ? { ...user, session: change(JSON.stringify(user.session)) } : user,
  );
  return { ...claim, users };
}

/** Kept here so that a change of the grants shows: the places of the sample tenants. */
describe("the sample tenants", () => {
  it("hold every shape of access", () => {
    const prefixes = sampleTenants.flatMap((tenant) =>
      grantsOf(tenant).map(({ prefix, access }) => `${prefix} ${access}`),
    );
    expect(prefixes).to.deep.equal([
      `${tenantPrefix("acme")} read-write`,
      `${tenantPrefix("acme-corp")} read-write`,
      `${spacePrefix("catalogue")} read-only`,
      `${tenantPrefix("beta")}inbox/ write-only`,
      `${tenantPrefix("beta")}outbox/ read-only`,
      `${tenantPrefix("drop")} write-only`,
      `${spacePrefix("catalogue")} write-only`,
      `${tenantPrefix("gamma")} read-write`,
      `${tenantPrefix("reader")} read-only`,
    ]);
  });
});
