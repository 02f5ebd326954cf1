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

  const faults: Record<string, object> = {
    "an Allow": { Effect: "Allow", Principal: { AWS: "111122223333" } },
    "an account's principals": { Principal: { AWS: "arn:aws:iam::111122223333:root" } },
    "reading alone": { Action: "s3:GetObject" },
    "objects alone": { Resource: "arn:aws:s3:::partner-drop/*" },
    "another bucket": { Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] },
    "the wrong way round": { Condition: { Bool: { "aws:SecureTransport": "true" } } },
    "a condition that this pack does not know": { Condition: { Bool: { "aws:Unheard": "false" } } },
  };
  for (const [what, fault] of Object.entries(faults)) {
    it(`finds a statement that speaks of ${what}`, async () => {
      expect(await findings(withStatements({ ...deny, ...fault }))).to.deep.equal([message]);
    });
  }

  it("accepts every form of the Deny, beside statements of which it knows nothing", async () => {
    const unknown = {
      ...deny,
      Effect: "Allow",
      Principal: { AWS: "111122223333" },
      Condition: { StringEquals: { "aws:Unheard": "x" } },
    };
    const everything = { ...deny, Action: "*", Resource: "*" };
    const twoStatements = deny.Resource.map((Resource) => ({ ...deny, Resource }));
    for (const statements of [[unknown, deny], [everything], twoStatements]) {
      expect(await findings(withStatements(...statements))).to.deep.equal([]);
    }
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
