import { expect } from "chai";
import fc from "fast-check";
import {
  compilePolicies,
  decide,
  UnsupportedPolicyError,
  type AccessRequest,
  type Decision,
  type PolicySet,
} from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";
import { identityPolicy, request, resourcePolicy, seed, statement } from "./arbitraries";
import { policy } from "./documents";

/** Undefined where the documents cannot be evaluated, or not for this request. */
function allowed(documents: PolicySet, asked: AccessRequest): boolean | undefined {
  const { allowed: isAllowed, reason } = decision(documents, asked) ?? {};
  return reason === "unknown" ? undefined : isAllowed;
}

/** Undefined where the documents cannot be evaluated. */
function decision(documents: PolicySet, asked: AccessRequest): Decision | undefined {
  try {
    return decide(compilePolicies(documents), asked);
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return undefined;
    }
    throw error;
  }
}

const documents: fc.Arbitrary<PolicySet> = fc.record({
  identity: fc.array(identityPolicy, { maxLength: 2 }),
  session: fc.option(identityPolicy, { nil: undefined }),
  resource: fc.option(resourcePolicy, { nil: undefined }),
});

function check(law: (set: PolicySet, asked: AccessRequest, more: object) => void): void {
  fc.assert(fc.property(documents, request, statement, law), { seed, numRuns: 1000 });
}

const everything = { Effect: "Allow", Action: "*", Resource: "*" };

describe("in every decision", () => {
  it("an explicit deny of everything wins, wherever it stands", () => {
    const deny = { ...everything, Effect: "Deny" };
    check((set, asked) => {
      expect(allowed({ ...set, identity: [...set.identity, policy(deny)] }, asked)).not.to.equal(true);
      expect(allowed({ ...set, session: policy(deny) }, asked)).not.to.equal(true);
      expect(allowed({ ...set, resource: policy({ ...deny, Principal: "*" }) }, asked)).not.to.equal(true);
    });
  });

  it("one more Deny allows nothing more", () => {
    check((set, asked, more) => {
      const deny = { ...more, Effect: "Deny" };
      const before = allowed(set, asked);
      const afters = [
        allowed({ ...set, identity: [...set.identity, policy(deny)] }, asked),
        allowed({ ...set, session: set.session && withMore(set.session, deny) }, asked),
        allowed({ ...set, resource: withMore(set.resource ?? policy(), { ...deny, Principal: "*" }) }, asked),
      ];
      for (const after of afters) {
        expect(after === true && before === false).to.equal(false);
      }
    });
  });

  it("one more Allow takes nothing away", () => {
    check((set, asked, more) => {
      if (allowed(set, asked) === true) {
        const after = allowed({ ...set, identity: [...set.identity, policy({ ...more, Effect: "Allow" })] }, asked);
        expect(after).not.to.equal(false);
      }
    });
  });

  it("a session policy only narrows what the role may do", () => {
    check(({ identity, session }, asked) => {
      if (allowed({ identity, session }, asked) === true) {
        expect(allowed({ identity }, asked)).to.equal(true);
      }
    });
  });

  it("a session policy that allows everything changes nothing", () => {
    check(({ identity }, asked) => {
      expect(allowed({ identity, session: policy(everything) }, asked)).to.equal(allowed({ identity }, asked));
    });
  });

  it("the order of statements and of role policies does not matter", () => {
    check((set, asked) => {
      const turned: PolicySet = {
        identity: set.identity.map(reversed).reverse(),
        session: set.session && reversed(set.session),
        resource: set.resource && reversed(set.resource),
      };
      const [before, after] = [allowed(set, asked), allowed(turned, asked)];
      expect(before === undefined || after === undefined || before === after).to.equal(true);
    });
  });

  it("what is decided without an answer is decided so with every answer", () => {
    let decided = 0;
    let unknown = 0;
    fc.assert(
      fc.property(documents, request, fc.array(fc.nat(12), { maxLength: 3 }), (set, asked, kept) => {
        const answers = Object.entries(asked.context).filter((_answer, index) => kept.includes(index));
        const without = decision(set, { ...asked, context: Object.fromEntries(answers) });
        if (without?.reason === "unknown") {
          unknown++;
        } else if (without !== undefined) {
          decided++;
          expect(decision(set, asked)?.allowed).to.equal(without.allowed);
        }
      }),
      { seed, numRuns: 2000 },
    );
    expect(decided).to.be.above(1000);
    expect(unknown).to.be.above(100);
  });

  it("a request that answers everything is decided, but for variables", () => {
    check((set, asked) => {
      if (!JSON.stringify(set).includes("${")) {
        expect(decision(set, asked)?.reason).not.to.equal("unknown");
      }
    });
  });

  it("the case of the action and of condition keys does not matter", () => {
    check((set, asked) => {
      const context = Object.fromEntries(
        Object.entries(asked.context).map(([key, value]) => [key.toUpperCase(), value]),
      );
      expect(allowed(set, { ...asked, action: asked.action.toUpperCase(), context })).to.equal(allowed(set, asked));
    });
  });
});

function withMore(document: PolicyDocument, statement: object): PolicyDocument {
  return policy(...document.Statement, statement);
}

function reversed(document: PolicyDocument): PolicyDocument {
  return policy(...document.Statement.toReversed());
}
