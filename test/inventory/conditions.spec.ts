import { expect } from "chai";
import { UnreadableDeploymentError } from "../../inventory/resources";
import { verbsAt } from "../../inventory/verbs";
import {
  bucket,
  bucketArn,
  deploymentOf,
  policyText,
  readWriteBelow,
  resource,
  roleArn,
  type DeploymentDraft,
} from "../local/setting/deployment";
import { sessionOf } from "./deployments";

/** The session of acme in a deployment that is changed first. */
function sessionWith(change: (deployment: DeploymentDraft) => void) {
  const deployment = deploymentOf({ tenant: "acme" });
  change(deployment);
  return sessionOf(deployment, "acme");
}

describe("what a user gets under a condition", () => {
  const get = { action: "s3:GetObject", bucket, key: "tenants/acme/a.txt" };
  const roleId = "AROAEXAMPLE";

  /** What acme gets with one more Deny in its session policy. */
  const withDeny = (Condition: object) =>
    sessionWith((deployment) => {
      resource(deployment, "Role").outputs["uniqueId"] = roleId;
      const deny = { Sid: "Unless", Effect: "Deny", Action: "s3:*", Resource: "*", Condition };
      resource(deployment, "User").inputs["policy"] = policyText([...readWriteBelow("tenants/acme/"), deny]);
    }).decide(get).reason;

  const conditions: readonly (readonly [operator: string, key: string, value: string, reason: string])[] = [
    ["StringNotEquals", "aws:ResourceAccount", "123456789012", "allowed"],
    ["StringNotEquals", "aws:ResourceAccount", "999999999999", "explicit-deny"],
    ["StringNotEquals", "s3:ResourceAccount", "123456789012", "allowed"],
    ["StringEquals", "aws:PrincipalAccount", "123456789012", "explicit-deny"],
    ["StringNotEquals", "aws:RequestedRegion", "eu-central-1", "allowed"],
    ["ArnNotLike", "aws:PrincipalArn", roleArn, "allowed"],
    ["StringLike", "aws:userid", `${roleId}:acme.*@s-*`, "explicit-deny"],
    ["StringLike", "aws:userid", `${roleId}:globex.*`, "allowed"],
    ["Bool", "aws:SecureTransport", "false", "allowed"],
    ["StringNotEquals", "s3:signatureversion", "AWS4-HMAC-SHA256", "allowed"],
    ["Bool", "aws:ViaAWSService", "true", "allowed"],
    // A session's request has no source, which a negated operator takes for another one.
    ["StringNotEquals", "aws:SourceAccount", "123456789012", "explicit-deny"],
    ["StringLike", "s3:prefix", "*", "allowed"],
    ["NotIpAddress", "aws:SourceIp", "203.0.113.0/24", "unknown"],
    ["StringNotEquals", "aws:SourceVpce", "vpce-1", "unknown"],
    ["StringNotEqualsIfExists", "aws:SourceVpce", "vpce-1", "unknown"],
    ["Null", "aws:SourceVpc", "true", "unknown"],
    ["StringNotEquals", "aws:PrincipalOrgID", "o-1", "unknown"],
    ["Null", "s3:x-amz-server-side-encryption", "true", "unknown"],
  ];
  for (const [operator, key, value, reason] of conditions) {
    it(`is ${reason} beside a Deny with ${operator} ${key} ${value}`, () => {
      expect(withDeny({ [operator]: { [key]: value } })).to.equal(reason);
    });
  }

  it("is refused by reports where it is not known, with statement and key", () => {
    const session = sessionWith((deployment) => {
      const office = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
      const allow = {
        Sid: "Office",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: `${bucketArn}/*`,
        Condition: office,
      };
      resource(deployment, "User").inputs["policy"] = policyText([allow]);
    });
    expect(() => verbsAt(session, { bucket, prefix: "tenants/acme/" }))
      .to.throw(UnreadableDeploymentError)
      .with.property(
        "message",
        'User "acme": what it may do is not known: statement "Office" of the session policy asks for aws:SourceIp, not known here',
      );
  });

  it("is not known without the id of a role that a condition asks for", () => {
    const session = sessionWith((deployment) => {
      const byId = { StringLike: { "aws:userid": "AROAEXAMPLE:*" } };
      const deny = { Effect: "Deny", Action: "s3:*", Resource: "*", Condition: byId };
      resource(deployment, "User").inputs["policy"] = policyText([...readWriteBelow("tenants/acme/"), deny]);
    });
    expect(session.decide(get)).to.include({ reason: "unknown", unanswered: "aws:userid" });
  });
});
