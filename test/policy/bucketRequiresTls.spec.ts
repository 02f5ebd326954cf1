import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked, without } from "./findings";

const policy = "landing-bucket-requires-tls";

const message =
  `${policy}: Bucket "drop" lets clients in without TLS. Give it a bucket policy that denies s3:* to every principal on ` +
  "the bucket and its objects where aws:SecureTransport is false.";

const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::partner-drop", "arn:aws:s3:::partner-drop/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

function withStatements(...statements: object[]) {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return changed(exampleStack(), "dropPolicy", { policy: document });
}

describe("the policy that a landing bucket requires TLS", () => {
  it("finds a bucket without a bucket policy", async () => {
    expect(await findings(without(exampleStack(), "dropPolicy"))).to.deep.equal([message]);
  });

  const withoutTls = { "aws:SecureTransport": "false" };
  const objects = "arn:aws:s3:::partner-drop/*";
  const leftOut = (key: string) => ({ Resource: undefined, NotResource: `arn:aws:s3:::partner-drop/${key}` });

  /** What of the Deny is otherwise, and so lets somebody in without TLS. */
  const wrong: Record<string, object> = {
    "that allows": { Effect: "Allow", Principal: { AWS: "111122223333" } },
    "for an account": { Principal: { AWS: "arn:aws:iam::111122223333:root" } },
    "for a role": { Principal: { AWS: "arn:aws:iam::111122223333:role/partners" } },
    "for a service": { Principal: { Service: "transfer.amazonaws.com" } },
    "for all principals but one": { Principal: undefined, NotPrincipal: { AWS: "111122223333" } },
    "for principals of an organization": {
      Condition: { Bool: withoutTls, StringEquals: { "aws:PrincipalOrgID": "o-1" } },
    },
    "for all roles but one": {
      Condition: { Bool: withoutTls, ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/batch" } },
    },
    "for all but services": { Condition: { Bool: { ...withoutTls, "aws:PrincipalIsAWSService": "false" } } },
    "outside a network": { Condition: { Bool: withoutTls, NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
    "outside an endpoint": { Condition: { Bool: withoutTls, StringNotEquals: { "aws:SourceVpce": "vpce-1" } } },
    "outside an endpoint, where there is one": {
      Condition: { Bool: withoutTls, StringNotEqualsIfExists: { "aws:SourceVpce": "vpce-1" } },
    },
    "without an endpoint": { Condition: { Bool: withoutTls, Null: { "aws:SourceVpce": "true" } } },
    "of reading": { Action: "s3:GetObject" },
    "of what begins alike": { Action: ["s3:Get*", "s3:Put*", "s3:Delete*", "s3:List*"] },
    "of actions with names of one length": { Action: "s3:?????????" },
    "of all actions but one": { Action: undefined, NotAction: "s3:GetBucketLocation" },
    "of objects": { Resource: objects },
    "of the bucket": { Resource: "arn:aws:s3:::partner-drop" },
    "below a folder": { Resource: ["arn:aws:s3:::partner-drop", "arn:aws:s3:::partner-drop/in/*"] },
    "below any folder": { Resource: ["arn:aws:s3:::partner-drop", "arn:aws:s3:::partner-drop/*/*"] },
    "of one ending": { Resource: ["arn:aws:s3:::partner-drop", "arn:aws:s3:::partner-drop/*.csv"] },
    "of everything but a folder": leftOut("public/*"),
    "of everything but a folder in a bucket of a similar name": {
      Resource: undefined,
      NotResource: "arn:aws:s3:::partner-?rop/public/*",
    },
    "of another bucket": { Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] },
    "the wrong way round": { Condition: { Bool: { "aws:SecureTransport": "true" } } },
    "of old TLS": { Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    "by a key that this pack does not know": { Condition: { Bool: { "aws:Unheard": "false" } } },
    "by a key that looks like it": { Condition: { Bool: { "aws:\u017fecureTransport": "false" } } },
    "by an operator without a key": { Condition: { Bool: {} } },
  };
  for (const [what, fault] of Object.entries(wrong)) {
    it(`finds a Deny ${what}`, async () => {
      expect(await findings(withStatements({ ...deny, ...fault }))).to.deep.equal([message]);
    });
  }

  const bucketAlone = { ...deny, Resource: "arn:aws:s3:::partner-drop" };

  /** Statements that together deny everything without TLS. */
  const right: Record<string, object[]> = {
    "the usual Deny": [deny],
    "principals in a list": [{ ...deny, Principal: { AWS: ["*"] } }],
    everything: [{ ...deny, Action: "*", Resource: "*" }],
    "one pattern for bucket and objects": [{ ...deny, Resource: "arn:aws:s3:::partner-drop*" }],
    "a statement for the bucket and one for its objects": [bucketAlone, { ...deny, Resource: objects }],
    "actions by a pattern that all of them match": [{ ...deny, Action: "s3:?*" }],
    "all actions but those of another service": [{ ...deny, Action: undefined, NotAction: "sqs:*" }],
    "all resources but those of another bucket": [
      { ...deny, Resource: undefined, NotResource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] },
    ],
    "all resources but those of a bucket whose name begins alike": [
      { ...deny, Resource: undefined, NotResource: "arn:aws:s3:::partner-drop-logs/*" },
    ],
    "a condition that also holds without the key": [{ ...deny, Condition: { BoolIfExists: withoutTls } }],
    "a condition that asks for the key as well": [
      { ...deny, Condition: { Bool: withoutTls, Null: { "aws:SecureTransport": "false" } } },
    ],
    "statements of which it knows nothing beside the Deny": [
      {
        ...deny,
        Effect: "Allow",
        Principal: { AWS: "111122223333" },
        Condition: { StringEquals: { "aws:Unheard": "x" } },
      },
      { ...deny, Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
      deny,
    ],
  };
  for (const [what, statements] of Object.entries(right)) {
    it(`accepts ${what}`, async () => {
      expect(await findings(withStatements(...statements))).to.deep.equal([]);
    });
  }

  it("finds a document in which a key stands twice, written as it may be", async () => {
    const document = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
    for (const action of ["Action", "\\u0041ction"]) {
      const text = document.replace('"Action"', `"${action}":"s3:GetObject","Action"`);
      expect(await findings(changed(exampleStack(), "dropPolicy", { policy: text }))).to.include(message);
    }
  });

  it("asks every resource that writes the policy, since any may be the last one", async () => {
    const good = exampleStack();
    const open = {
      ...good.dropPolicy,
      props: { ...good.dropPolicy.props, policy: { Version: "2012-10-17", Statement: [] } },
    };
    expect(await findings({ ...good, open })).to.deep.equal([message]);
  });

  it("accepts the bucket's own `policy`", async () => {
    const document = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
    const inline = changed(without(exampleStack(), "dropPolicy"), "drop", { policy: document });
    expect(await findings(inline)).to.deep.equal([]);
  });

  it("says at a preview that a document which is not known yet is not checked", async () => {
    expect(await findings(changed(exampleStack(), "dropPolicy", { policy: unknownValue }))).to.deep.equal([
      notChecked("policy", 'BucketPolicy "dropPolicy"', policy, "landing-bucket-policy-names-who-may"),
    ]);
  });
});
