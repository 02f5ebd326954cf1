import { expect } from "chai";
import fc from "fast-check";
import { compilePolicies, decide, UnsupportedPolicyError, voicesOn, type PolicySet } from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";
import { identityPolicy, request, resourcePolicy, seed } from "./arbitraries";

const documents: fc.Arbitrary<PolicySet> = fc.record({
  identity: fc.array(identityPolicy, { maxLength: 2 }),
  session: fc.option(identityPolicy, { nil: undefined }),
  resource: fc.option(resourcePolicy, { nil: undefined }),
});

/** Undefined where the documents cannot be evaluated. */
function compiled(set: PolicySet) {
  try {
    return compilePolicies(set);
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return undefined;
    }
    throw error;
  }
}

const without = (document: PolicyDocument, index: number): PolicyDocument => ({
  ...document,
  Statement: document.Statement.filter((_, at) => at !== index),
});

/** The set without the statement that a voice names. */
function withoutStatement(set: PolicySet, { document, statement }: ReturnType<typeof voicesOn>[number]): PolicySet {
  const { document: number = 0, statement: index = 0 } = statement ?? {};
  return document === "identity"
    ? { ...set, identity: set.identity.map((each, at) => (at === number ? without(each, index) : each)) }
    : { ...set, [document]: without(set[document]!, index) };
}

describe("the voices of documents", () => {
  const law = (judge: (set: PolicySet, asked: Parameters<typeof decide>[1]) => void) =>
    fc.assert(fc.property(documents, request, judge), { seed, numRuns: 1000 });

  it("deny with a statement exactly when an explicit denial decides", () => {
    let denials = 0;
    law((set, asked) => {
      const policies = compiled(set);
      if (policies === undefined) {
        return;
      }
      const denying = voicesOn(policies, asked).filter(({ says }) => says === "denies");
      const { reason, by } = decide(policies, asked);
      expect(denying.length > 0).to.equal(reason === "explicit-deny");
      denials += denying.length;
      if (reason === "explicit-deny") {
        expect(denying.map(({ document, statement }) => [document, statement?.name])).to.deep.include([
          by?.document,
          by?.statement,
        ]);
      }
    });
    expect(denials).to.be.greaterThan(50);
  });

  it("are of statements without which the decision is no wider when they allow, and no narrower when they deny", () => {
    law((set, asked) => {
      const policies = compiled(set);
      if (policies === undefined) {
        return;
      }
      const before = decide(policies, asked);
      for (const voice of voicesOn(policies, asked).filter(({ says }) => says === "denies" || says === "allows")) {
        const fewer = compiled(withoutStatement(set, voice));
        const after = fewer && decide(fewer, asked);
        expect(
          after === undefined ||
            (voice.says === "denies" ? before.allowed <= after.allowed : after.allowed <= before.allowed),
        ).to.equal(true);
      }
    });
  });

  it("say nothing, each of them, only where nothing is allowed", () => {
    law((set, asked) => {
      const policies = compiled(set);
      if (policies !== undefined && voicesOn(policies, asked).every(({ says }) => says === "nothing")) {
        expect(decide(policies, asked).reason).to.equal("implicit-deny");
      }
    });
  });
});
