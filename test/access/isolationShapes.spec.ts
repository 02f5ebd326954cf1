import { expect } from "chai";
import fc from "fast-check";
import type { Area, UserClaim } from "../../access/isolation";
import { overreachOf } from "../../access/isolation/confinement";
import { shapeProver } from "../../access/isolation/shapes";
import { sessionPolicy } from "../../access/documents";
import { policyDocument, type Statement } from "../../iam/policy";
import { bucket, bucketResource, roleArnOf } from "./claims";
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
    const isProven = shapeProver(bucketResource); // one for all, so that what it remembers of one user meets the next
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
    const isProven = shapeProver(bucketResource);
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
    const isProven = shapeProver(bucketResource);
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
