import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked, without } from "./findings";

const policy = "landing-bucket-policy-names-who-may";
const role = "arn:aws:iam::111122223333:role/partners";

const tlsOnly = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::partner-drop", "arn:aws:s3:::partner-drop/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const reading = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::partner-drop/*" };

function documentWith(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [tlsOnly, { ...reading, ...statement }] });
}

function withStatement(statement: object) {
  return changed(exampleStack(), "dropPolicy", { policy: documentWith(statement) });
}

function found(who: string, where = 'BucketPolicy "dropPolicy"'): string {
  return (
    `${policy}: In the policy of Bucket "drop" in ${where}, statement "Read" allows something to ${who}. ` +
    "Name the accounts, roles or services that need the bucket in `Principal`, and leave the users of Transfer to their " +
    "role and session policies."
  );
}

const everybody = "everybody, under no condition that keeps out all but named ones";

describe("the policy that a landing bucket's policy names who may", () => {
  const faults: readonly [statement: object, who: string][] = [
    [{ Principal: "*" }, everybody],
    [{ NotPrincipal: { AWS: role } }, everybody],
    [{ Principal: "*", Condition: { StringLike: { "aws:PrincipalArn": "*" } } }, everybody],
    [{ Principal: "*", Condition: { StringNotEquals: { "aws:SourceAccount": "999988887777" } } }, everybody],
    [
      { Principal: { AWS: "arn:aws:sts::111122223333:assumed-role/partners/wayne" } },
      "a session, which would get it past its session policy",
    ],
    [{ Principal: { AWS: role }, Action: "s3:*" }, "a role that Transfer takes on, by wildcards as wide as S3"],
    [{ Principal: { AWS: "AROAEXAMPLE" } }, "a principal of a form that this policy pack does not know"],
  ];
  for (const [statement, who] of faults) {
    it(`finds ${JSON.stringify(statement)}`, async () => {
      expect(await findings(withStatement(statement))).to.deep.equal([found(who)]);
    });
  }

  it("finds it in the bucket's own `policy` as well, whatever another resource says", async () => {
    const stack = changed(exampleStack(), "drop", { policy: documentWith({ Principal: "*" }) });
    expect(await findings(stack)).to.deep.equal([found(everybody, 'Bucket "drop"')]);
  });

  it("leaves buckets without a policy to the policy on TLS", async () => {
    const lines = await findings(without(exampleStack(), "dropPolicy"));
    expect(lines.filter((line) => line.startsWith(policy))).to.deep.equal([]);
  });

  it("finds a document that cannot be read", async () => {
    const lines = await findings(changed(exampleStack(), "dropPolicy", { policy: "no JSON" }));
    expect(lines).to.include(
      `${policy}: The policy of Bucket "drop" in BucketPolicy "dropPolicy" cannot be read. ` +
        "Make it a policy document in JSON.",
    );
  });

  it("knows a role of Transfer by its name while its ARN is not known, and says so when it knows neither", async () => {
    const stack = withStatement({ Principal: { AWS: "arn:aws:iam::111122223333:role/team/partners" }, Action: "s3:*" });
    const unborn = changed(stack, "partners", { arn: unknownValue });
    const inUse = { ...unborn, wayne: { ...unborn.wayne, props: { ...unborn.wayne.props, role: unknownValue } } };
    expect(await findings(inUse)).to.include(found("a role that Transfer takes on, by wildcards as wide as S3"));
    expect(await findings(changed(inUse, "partners", { name: unknownValue }))).to.include(
      notChecked("arn", 'Role "partners"', policy),
    );
  });
});
