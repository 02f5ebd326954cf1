import { expect } from "chai";
import { rootPrefixes } from "../../access/grant";
import { proveIsolation, type Claim, type Finding } from "../../access/isolation";
import { compilePolicies, decide } from "../../iam/evaluate";
import { policyDocument } from "../../iam/policy";
import { bucketResource, claimOf, sampleTenants } from "./claims";
import { mutations } from "./mutations";
import { asDocument } from "./asDocument";

describe("the isolation proof catches", () => {
  for (const { name, opens, mutate } of mutations) {
    it(`${name}${opens ? ", with a request that is wrongly allowed" : ""}`, () => {
      const claim = mutate(claimOf(sampleTenants));
      const findings = proveIsolation(claim);
      expect(findings).not.to.deep.equal([]);
      const shown = findings.filter(({ counterexample }) => counterexample !== undefined);
      expect(shown.length > 0, JSON.stringify(findings)).to.equal(opens);
      for (const finding of shown) {
        expect(isAllowed(finding, claim), JSON.stringify(finding)).to.equal(true);
        expect(isWrong(finding), JSON.stringify(finding)).to.equal(true);
      }
    });
  }

  it("at least thirty ways of breaking the documents, each different and under a name of its own", () => {
    const names = mutations.map(({ name }) => name);
    expect(new Set(names).size).to.equal(mutations.length);
    const broken = mutations.map(({ mutate }) => JSON.stringify(mutate(claimOf(sampleTenants))));
    expect(new Set(broken).size).to.equal(mutations.length);
    expect(mutations.length).to.be.at.least(30);
  });

  it("none of them in the documents as they are", () => {
    const claim = claimOf(sampleTenants);
    const before = JSON.stringify(claim);
    for (const { mutate } of mutations) {
      expect(JSON.stringify(mutate(claim))).not.to.equal(before);
    }
    expect(JSON.stringify(claim)).to.equal(before);
    expect(proveIsolation(claim)).to.deep.equal([]);
  });
});

/** Whether the mutated documents, all of them together, allow the request: the evaluator's word, not the proof's. */
function isAllowed({ counterexample, role, tenant }: Finding, claim: Claim): boolean {
  if (counterexample === undefined) {
    return false;
  }
  const { principal, action } = counterexample;
  const everything = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });
  if (action === "sts:AssumeRole") {
    const trust = asDocument(claim.roles.find(({ arn }) => arn === role)?.trust);
    const documents = { identity: [everything], resource: trust, resourceAccount: claim.scope.account };
    return decide(compilePolicies(documents), counterexample).allowed;
  }
  const actingRole = principal.kind === "role-session" ? principal.roleArn : undefined;
  const identity = (claim.roles.find(({ arn }) => arn === actingRole)?.policies ?? []).map(asDocument);
  const session = claim.users.find((user) => user.tenant === tenant)?.session;
  const documents = {
    identity,
    session: tenant === undefined || session === undefined ? undefined : asDocument(session),
    resource: asDocument(claim.bucketPolicy),
  };
  return decide(compilePolicies(documents), counterexample).allowed;
}

const { tenants, shared } = rootPrefixes;

/** The sample tenants' places, written down once more so that nothing is taken from what is tested. */
const places: Record<string, RegExp> = {
  acme: new RegExp(`^${tenants}acme/`),
  "acme-corp": new RegExp(`^${tenants}acme-corp/`),
  beta: new RegExp(`^(${tenants}beta/(inbox|outbox)|${shared}catalogue)/`),
  drop: new RegExp(`^${tenants}drop/`),
  gamma: new RegExp(`^(${tenants}gamma|${shared}catalogue)/`),
  reader: new RegExp(`^${tenants}reader/`),
};
const spaces = new RegExp(`^${shared}`);
const dropBoxes = new RegExp(`/inbox/|^${tenants}drop/|^${shared}`);

/** A request on a place of the tenant's own is wrong only if it is more than its access there. */
function isWrong({ counterexample, tenant, statement }: Finding): boolean {
  if (counterexample === undefined || tenant === undefined || statement === "grants") {
    return true;
  }
  const { action, resource, context } = counterexample;
  const key = resource === bucketResource ? context["s3:prefix"] : resource.slice(bucketResource.length + 1);
  const place = typeof key === "string" ? key : "";
  const own = places[tenant]?.test(place) === true;
  const never = !/^s3:(Get|Put|Delete)Object$|^s3:(ListBucket|AbortMultipartUpload)$/i.test(action);
  const denied =
    ((place.includes("/outbox/") || spaces.test(place)) &&
      tenant === "beta" &&
      !/GetObject$|ListBucket$/i.test(action)) ||
    (dropBoxes.test(place) && /(Get|Delete)Object$/i.test(action));
  return !own || never || denied;
}
