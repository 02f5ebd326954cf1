import { expect } from "chai";
import { proveIsolation, type Claim } from "../../access/isolation";
import type { Conditions, PolicyDocument } from "../../iam/policy";
import { asDocument } from "./asDocument";
import { bucketResource, claimOf, roleArnOf, sampleTenants } from "./claims";
import { addToSession, editRole, editUser } from "./mutations/edit";

/** The document with a condition more in its first statement. */
function narrowed({ Statement: [first, ...others], ...document }: PolicyDocument, added: Conditions): PolicyDocument {
  const merged = Object.entries(added).map(([operator, keys]): [string, Conditions[string]] => [
    operator,
    { ...first?.Condition?.[operator], ...keys },
  ]);
  const Condition: Conditions = { ...first?.Condition, ...Object.fromEntries(merged) };
  return { ...document, Statement: [{ ...first!, Condition }, ...others] };
}

const inSession = (condition: Conditions) =>
  editUser("acme", (user) => ({ ...user, session: narrowed(asDocument(user.session), condition) }));
const inRole = (condition: Conditions) =>
  editRole(roleArnOf("read-write"), (role) => ({
    ...role,
    policies: role.policies.map((policy) => narrowed(asDocument(policy), condition)),
  }));
const inTrust = (condition: Conditions) =>
  editRole(roleArnOf("read-write"), (role) => ({ ...role, trust: narrowed(asDocument(role.trust), condition) }));

const messages = (mutate: (claim: Claim) => Claim) =>
  proveIsolation(mutate(claimOf(sampleTenants))).map(({ message, counterexample }) => {
    expect(counterexample).to.equal(undefined);
    return message;
  });

describe("an Allow whose condition asks for what is not known before a request", () => {
  const places = { "the session policy": inSession, "the role": inRole, "the role's trust": inTrust };
  const asking: readonly (readonly [operator: string, key: string, value: string, places: (keyof typeof places)[]])[] =
    [
      ["IpAddress", "aws:SourceIp", "203.0.113.0/24", ["the session policy", "the role", "the role's trust"]],
      ["StringEqualsIfExists", "aws:SourceVpce", "vpce-1", ["the session policy", "the role"]],
      ["Null", "aws:SourceVpc", "true", ["the session policy"]],
      ["StringEquals", "aws:PrincipalOrgID", "o-1", ["the role"]],
      ["StringEquals", "sts:ExternalId", "x", ["the role's trust"]],
    ];
  for (const [operator, key, value, at] of asking) {
    for (const place of at) {
      it(`is refused by the proof in ${place}: ${operator} ${key}`, () => {
        expect(messages(places[place]({ [operator]: { [key]: value } }))).to.deep.equal([
          `${place} asks for ${key}, which is not known before a request is made`,
        ]);
      });
    }
  }

  const known: readonly (readonly [operator: string, key: string, value: string])[] = [
    ["StringEquals", "aws:ResourceAccount", "123456789012"],
    ["StringEquals", "aws:PrincipalAccount", "123456789012"],
    ["StringEquals", "aws:RequestedRegion", "eu-central-1"],
    ["StringLike", "aws:userid", "*:ACME_batch.*"],
    ["Bool", "aws:SecureTransport", "true"],
    ["StringEquals", "s3:signatureversion", "AWS4-HMAC-SHA256"],
  ];
  for (const [operator, key, value] of known) {
    it(`is none with ${operator} ${key}`, () => {
      expect(messages(inSession({ [operator]: { [key]: value } }))).to.deep.equal([]);
    });
  }
});

describe("a Deny whose condition asks for what is not known before a request", () => {
  const outside = { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
  const deny = { Effect: "Deny", Action: "s3:*", Resource: "*", Condition: outside };

  it("is no fault: it takes away only", () => {
    expect(messages(addToSession("acme", deny))).to.deep.equal([]);
  });

  it("does not hide what a wrong Allow beside it opens", () => {
    const open = { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucketResource}/tenants/acme-corp/*` };
    const claim = addToSession("acme", open)(addToSession("acme", deny)(claimOf(sampleTenants)));
    const [finding] = proveIsolation(claim);
    expect(finding?.counterexample?.resource).to.match(/:landing\/tenants\/acme-corp\//);
  });
});
