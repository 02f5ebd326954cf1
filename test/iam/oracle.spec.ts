import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import { expect } from "chai";
import fc from "fast-check";
import {
  compilePolicies,
  decide,
  UnsupportedPolicyError,
  type AccessRequest,
  type PolicySet,
} from "../../iam/evaluate";
import { identityPolicy, request, resourcePolicy, seed } from "./arbitraries";
import { roleArn, sessionArn } from "./documents";

const wanted = 5000;

const documents: fc.Arbitrary<PolicySet> = fc.record({
  identity: fc.array(identityPolicy, { minLength: 1, maxLength: 2 }),
  session: fc.option(identityPolicy, { nil: undefined, freq: 3 }),
  resource: fc.option(resourcePolicy, { nil: undefined, freq: 2 }),
});

/**
 * Where the oracle is known to be no oracle. The generators leave out what can never be compared, because the oracle
 * - takes a key that holds `*` for a pattern of requests, and stops its own `*` at a line break;
 * - compares the service of an action as it is written: `S3:GetObject` never matches;
 * - takes a variable for missing when its value is empty;
 * - matches no address with 0.0.0.0/0.
 */
const traps: Record<string, (set: PolicySet, asked: AccessRequest) => boolean> = {
  // AWS documents that naming the very session reaches past its session policy; the oracle narrows it all the same.
  "a session named by the resource policy beside a session policy": ({ session, resource }) =>
    session !== undefined && JSON.stringify(resource ?? {}).includes(sessionArn),
};

describe("iam-simulate, an independent evaluator,", () => {
  it(`agrees on ${wanted} random decisions (seed ${seed})`, async () => {
    const counts = { Allowed: 0, ImplicitlyDenied: 0, ExplicitlyDenied: 0, refused: 0, trapped: 0 };
    const outcomes = {
      allowed: "Allowed",
      "implicit-deny": "ImplicitlyDenied",
      "explicit-deny": "ExplicitlyDenied",
    } as const;
    let compared = 0;
    // Drawn a few at a time, since some are refused and do not count.
    for (let round = 0; compared < wanted; round++) {
      for (const [set, asked] of fc.sample(fc.tuple(documents, request), { seed: seed + round, numRuns: 1000 })) {
        const decision = ours(set, asked);
        if (decision === undefined || decision.reason === "unknown") {
          counts.refused++;
        } else if (Object.values(traps).some((isTrap) => isTrap(set, asked))) {
          counts.trapped++;
        } else if (compared < wanted) {
          const decisionText = outcomes[decision.reason];
          expect(await theirs(set, asked), JSON.stringify({ set, asked })).to.equal(decisionText);
          counts[decisionText]++;
          compared++;
        }
      }
    }
    // Not an agreement on saying no.
    expect(counts.Allowed, JSON.stringify(counts)).to.be.above(wanted / 10);
    expect(counts.ExplicitlyDenied, JSON.stringify(counts)).to.be.above(wanted / 20);
  });
});

function ours(set: PolicySet, asked: AccessRequest) {
  try {
    return decide(compilePolicies(set), asked);
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return undefined;
    }
    throw error;
  }
}

async function theirs({ identity, session, resource }: PolicySet, asked: AccessRequest): Promise<string> {
  const context: AccessRequest["context"] = {
    ...asked.context,
    "aws:PrincipalArn": roleArn,
    "aws:PrincipalAccount": "123456789012",
    "aws:PrincipalType": "AssumedRole",
  };
  const simulation: Simulation = {
    request: {
      principal: sessionArn,
      action: asked.action,
      resource: { resource: asked.resource, accountId: "123456789012" },
      contextVariables: Object.fromEntries(
        Object.entries(context)
          .filter(([, value]) => typeof value === "string" || value.length > 0)
          .map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
      ),
    },
    identityPolicies: identity.map((policy, index) => ({ name: String(index), policy })),
    sessionPolicy: session,
    resourcePolicy: resource,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
  const outcome = await runSimulation(simulation, {});
  if (outcome.resultType === "error") {
    throw new Error(`iam-simulate refuses ${JSON.stringify({ simulation, outcome })}`);
  }
  return outcome.overallResult;
}
