import { expect } from "chai";
import fc from "fast-check";
import { objectStatements } from "../../access/actions";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import type { Claim, UserClaim } from "../../access/isolation";
import { decide, type AccessRequest } from "../../iam/evaluate";
import { bucketResource, claimOf, isAllowed, policiesOf, requestOf, sampleTenants } from "./claims";
import { tenants } from "./tenants";

const seed = 20260101;

describe("the documents as the evaluator sees them:", () => {
  /** One tenant's request on a place of another's. */
  const trespasses: fc.Arbitrary<[UserClaim, AccessRequest, Claim]> = tenants
    .filter((list) => list.length > 1)
    .chain((list) => {
      const claim = claimOf(list);
      const user = fc.constantFrom(...claim.users);
      const action = fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket");
      const name = fc.constantFrom("file.txt", "", "folder/", "x.filepart", "../file.txt", "-corp/file.txt");
      return fc.tuple(user, user, action, fc.nat(), name).map(([who, whose, verb, nth, rest]) => {
        const { prefix } = whose.grants[nth % whose.grants.length] ?? { prefix: "" };
        return [who, requestOf(who, claim, verb, `${prefix}${rest}`), claim];
      });
    });

  it("no tenant does anything to another's objects", () => {
    let trespassed = 0;
    fc.assert(
      fc.property(trespasses, ([who, asked, claim]) => {
        const { action, context, resource } = asked;
        const key = resource.slice(bucketResource.length + 1);
        const place = action === "s3:ListBucket" ? String(context["s3:prefix"]) : key;
        if (!who.grants.some(({ prefix }) => place.startsWith(prefix))) {
          trespassed++;
          expect(isAllowed(who, asked, claim), JSON.stringify(asked)).to.equal(false);
        }
      }),
      { seed, numRuns: 2000 },
    );
    expect(trespassed).to.be.above(600);
  });

  it("each tenant does all that its grants say", () => {
    fc.assert(
      fc.property(tenants, (list) => {
        const claim = claimOf(list);
        for (const user of claim.users) {
          const policies = policiesOf(user, claim);
          const refused = grantedRequests(user, claim).filter((asked) => !decide(policies, asked).allowed);
          expect(refused).to.deep.equal([]);
        }
      }),
      { seed, numRuns: 100 },
    );
  });

  it("a tenant more changes no other's documents", () => {
    fc.assert(
      fc.property(tenants, (list) => {
        const [first, ...others] = list;
        const before = claimOf(others).users;
        expect(claimOf(first ? [first, ...others] : others).users.slice(1)).to.deep.equal(before);
      }),
      { seed },
    );
  });

  it("a drop box is read by nobody who drops into it, and a shared one not even while a file is unfinished", () => {
    const claim = claimOf(sampleTenants);
    const reads = (tenant: string, key: string) => {
      const user = claim.users.find((candidate) => candidate.tenant === tenant);
      return user !== undefined && isAllowed(user, requestOf(user, claim, "s3:GetObject", key), claim);
    };
    expect(reads("drop", `${tenantPrefix("drop")}order.csv`)).to.equal(false);
    expect(reads("drop", `${tenantPrefix("drop")}order.csv.filepart`)).to.equal(true);
    expect(reads("drop", `${tenantPrefix("drop")}folder/`)).to.equal(true);
    expect(reads("gamma", `${spacePrefix("catalogue")}order.csv`)).to.equal(false);
    expect(reads("gamma", `${spacePrefix("catalogue")}order.csv.filepart`)).to.equal(false);
    expect(reads("beta", `${spacePrefix("catalogue")}order.csv`)).to.equal(true);
  });
});

function grantedRequests(user: UserClaim, claim: Claim): AccessRequest[] {
  return user.grants.flatMap(({ prefix, access, shared }) => [
    requestOf(user, claim, "s3:ListBucket", prefix),
    requestOf(user, claim, "s3:ListBucket", `${prefix}folder/`),
    ...objectStatements(access, shared).flatMap(({ actions, suffixes }) =>
      actions.flatMap((action) =>
        suffixes.map((suffix) => requestOf(user, claim, action, `${prefix}${suffix.replace("*", "a/b")}`)),
      ),
    ),
  ]);
}
