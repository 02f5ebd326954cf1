import { expect } from "chai";
import fc from "fast-check";
import { sessionPolicy } from "../../access/documents";
import { grantsOf, type Grant } from "../../access/grant";
import { sessionPolicyTexts } from "../../access/sessionPolicyText";
import { policyText } from "../../iam/policy";
import { bucket } from "./claims";
import { accesses, tenants } from "./tenants";

const seed = 20260101;
const landing = { partition: "aws", bucket };

/** Prefixes as no tenant has them: what they hold is written otherwise in JSON, or stands for something. */
const strangeGrants: fc.Arbitrary<Grant[]> = fc.array(
  fc.record({
    entry: fc.constant("/"),
    prefix: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "a/", 'a"/', "a\\/", "\uE000", "$&/", "a,b/")),
    access: accesses,
    shared: fc.boolean(),
  }),
  { maxLength: 3 },
);

describe("the text of a session policy", () => {
  it("is the policy's own, whichever tenants come before it", () => {
    const textOf = sessionPolicyTexts(landing);
    fc.assert(
      fc.property(tenants, (list) => {
        for (const grants of list.map(grantsOf)) {
          expect(textOf(grants)).to.equal(policyText(sessionPolicy(landing, grants)));
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  it("is the policy's own for any grants", () => {
    const textOf = sessionPolicyTexts(landing);
    fc.assert(
      fc.property(fc.array(strangeGrants), (lists) => {
        for (const grants of lists) {
          expect(textOf(grants)).to.equal(policyText(sessionPolicy(landing, grants)));
        }
      }),
      { seed, numRuns: 1000 },
    );
  });
});
