import { expect } from "chai";
import fc from "fast-check";
import { proveIsolation, type Area, type Claim, type UserClaim } from "../../access/isolation";
import { overreachOf } from "../../access/isolation/confinement";
import { shapeProver } from "../../access/isolation/shapes";
import { sessionPolicy } from "../../access/documents";
import { policyDocument, type Statement } from "../../iam/policy";
import { bucket, bucketResource, claimOf, roleArnOf, sampleTenants, scope } from "./claims";
import { accesses } from "./tenants";

/** Prefixes that stand inside each other in every way, one of them not plain. */
const prefixes = ["a/", "a/b/", "b/a/", "tenants/a/", "tenants/", "0/", "aa/", "a-a/", ".../", 'a"/', "é/"];

const grants: fc.Arbitrary<Area[]> = fc.uniqueArray(
  fc.record({ prefix: fc.constantFrom(...prefixes), access: accesses, shared: fc.boolean() }),
  { selector: ({ prefix }) => prefix, minLength: 1, maxLength: 3 },
);

const pattern = fc
  .tuple(
    fc.constantFrom("", "tenants/", "a", "x"),
    fc.constantFrom(...prefixes),
    fc.constantFrom("*", "", "*/", "a/*", "*a/", "*.filepart"),
  )
  .map((pieces) => pieces.join(""));

const statement: fc.Arbitrary<Statement> = fc.oneof(
  fc
    .tuple(fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:DeleteObject"), pattern)
    .map(([Action, key]): Statement => ({ Effect: "Allow", Action, Resource: `${bucketResource}/${key}` })),
  pattern.map((value): Statement => ({
    Effect: "Allow",
    Action: "s3:ListBucket",
    Resource: bucketResource,
    Condition: { StringLike: { "s3:prefix": value } },
  })),
);

function user(granted: readonly Area[], session: UserClaim["session"]): UserClaim {
  return { tenant: "a", userName: "a", grants: granted, session, roleArn: roleArnOf("read-write") };
}

describe("a proof by shape", () => {
  it("holds only where the proof of the policy itself holds", () => {
    const isProven = shapeProver(bucketResource, { scope }); // one for all, so that what it remembers of one user meets the next
    const counts = { proven: 0, faulty: 0 };
    fc.assert(
      fc.property(grants, fc.array(statement, { minLength: 1, maxLength: 2 }), (granted, statements) => {
        const overreach = statements.map((each) => overreachOf(each, granted, bucketResource)).find(Boolean);
        if (isProven(user(granted, policyDocument(...statements)))) {
          counts.proven++;
          expect(overreach, JSON.stringify({ granted, statements })).to.equal(undefined);
        } else if (overreach !== undefined) {
          counts.faulty++;
        }
      }),
      { seed: 20260101, numRuns: 8000 },
    );
    expect(counts.proven).to.be.above(200);
    expect(counts.faulty).to.be.above(2000);
  });

  it("is found for what the project writes", () => {
    const isProven = shapeProver(bucketResource, { scope });
    const landing = { partition: "aws", bucket };
    fc.assert(
      fc.property(fc.constantFrom("acme", "acme-corp", "a.b", "0"), accesses, (name, access) => {
        const granted = [{ entry: "/", prefix: `tenants/${name}/`, access, shared: false }];
        expect(isProven(user(granted, sessionPolicy(landing, granted)))).to.equal(true);
      }),
      { seed: 20260101 },
    );
  });

  it("is left to the policy itself where a prefix or the text could be mistaken", () => {
    const isProven = shapeProver(bucketResource, { scope });
    const area = (prefix: string): Area => ({ prefix, access: "read-write", shared: false });
    const allow = (key: string) =>
      policyDocument({ Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketResource}/${key}` });
    expect(isProven(user([area("a/")], allow("a/*")))).to.equal(true);
    expect(isProven(user([area("a")], allow("a*")))).to.equal(false);
    expect(isProven(user([area("a*/")], allow("a*/x")))).to.equal(false);
    expect(isProven(user([area("/")], allow("/x")))).to.equal(false);
    expect(isProven(user([area("")], allow("x")))).to.equal(false);
    expect(isProven(user([area("a/")], allow("\uE000/*")))).to.equal(false);
    expect(isProven(user([area("a/")], undefined))).to.equal(false);
  });
});

/** Tenants of a few shapes, in the texts that are deployed. */
function crowd(count: number): Claim {
  const claim = claimOf(
    Array.from({ length: count }, (_, index) => {
      const sample = sampleTenants[index % sampleTenants.length] ?? sampleTenants[0];
      const name = `tenant-${String(index).padStart(5, "0")}`;
      return { folders: [], spaces: [], ...sample, name, userName: name };
    }),
  );
  return { ...claim, users: claim.users.map((each) => ({ ...each, session: textOf(each) })) };
}

function textOf({ session }: UserClaim): string {
  return typeof session === "string" ? session : JSON.stringify(session);
}

function faultyIn(claim: Claim): (string | undefined)[] {
  return [...new Set(proveIsolation(claim).map(({ tenant }) => tenant))];
}

function withText(claim: Claim, at: number, text: string): Claim {
  return { ...claim, users: claim.users.with(at, { ...(claim.users[at] as UserClaim), session: text }) };
}

describe("among thousands of policies of few shapes, the proof finds the one", () => {
  const claim = crowd(3000);
  const at = 1500; // of the shape of sampleTenants[0], as at + 6 and every sixth are
  const [own, next] = ["tenant-01500", "tenant-01506"];
  const wrong: readonly (readonly [what: string, change: (text: string) => string])[] = [
    ["that is another tenant's", () => textOf(claim.users[at + 6] as UserClaim)],
    ["that names another tenant in its first place", (text) => text.replace(own, next)],
    ["that names another tenant in its last place", (text) => text.replace(/tenant-01500(?!.*tenant-)/, next)],
    ["whose prefix has lost its slash", (text) => text.replaceAll(`${own}/*`, `${own}*`)],
    ["whose prefix has lost its last character", (text) => text.replaceAll(own, own.slice(0, -1))],
    ["that has one place more", (text) => text.replace(`/${own}/*"]`, `/${own}/*","${bucketResource}/*"]`)],
    ["that lists by another condition key", (text) => text.replace("s3:prefix", "s3:delimiter")],
    ["that has one action more", (text) => text.replace('"s3:GetObject"', '"s3:GetObject","s3:GetObjectVersion"')],
    ["that is cut short", (text) => text.slice(0, -1)],
    ["that goes on behind its end", (text) => `${text}{}`],
  ];
  for (const [what, change] of wrong) {
    it(what, () => {
      const before = textOf(claim.users[at] as UserClaim);
      const text = change(before);
      expect(text).not.to.equal(before);
      expect(faultyIn(withText(claim, at, text))).to.deep.equal([own]);
    });
  }

  it("and proves or refuses any change of a text as it would without the others", () => {
    const few = crowd(12);
    const outcomes = { proven: 0, refused: 0 };
    const characters = fc.constantFrom(...'tenants/0123456789*?"{}[],:$-', "", "shared/", "\uE000", "\\");
    fc.assert(
      fc.property(fc.nat(11), fc.nat(1000), fc.nat(2), characters, (index, place, cut, character) => {
        const before = textOf(few.users[index] as UserClaim);
        const start = place % before.length;
        const text = before.slice(0, start) + character + before.slice(start + cut);
        const changed = withText(few, index, text);
        const subject = changed.users[index] as UserClaim;
        const alone = {
          ...changed,
          users: [subject],
          roles: changed.roles.filter(({ arn }) => arn === subject.roleArn),
        };
        const findings = proveIsolation(changed);
        const isProven = findings.length === 0;
        expect(findings.filter(({ tenant }) => tenant !== subject.tenant)).to.deep.equal([]);
        expect(isProven).to.equal(proveIsolation(alone).length === 0);
        outcomes[isProven ? "proven" : "refused"]++;
      }),
      { seed: 20260101, numRuns: 1500 },
    );
    expect(outcomes.proven).to.be.above(25);
    expect(outcomes.refused).to.be.above(1000);
  });

  it("also when the first of its shape is the wrong one", () => {
    const first = claim.users[0] as UserClaim;
    const text = textOf(first).replace("tenant-00000/*", "*");
    expect(faultyIn(withText(claim, 0, text))).to.deep.equal([first.tenant]);
  });
});
