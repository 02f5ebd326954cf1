import { expect } from "chai";
import { exampleStack, resource, unknownValue } from "./exampleStack";
import { changed, findings, marked, notChecked, without } from "./findings";

const policy = "transfer-role-has-no-wildcards";

function document(changes: object = {}): string {
  const files = { Sid: "Files", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::partner-drop/*" };
  return JSON.stringify({ Statement: [{ ...files, ...changes }] });
}

const anyAction = "actions by a pattern that may stand for every action on S3";
const anyResource = "resources by a pattern that may stand for every one";

function opens(label: string, what = anyAction): string {
  return (
    `${policy}: In ${label}, statement "Files" allows ${what} to Role "partners", which Transfer takes on. ` +
    "Name the actions, at most as `s3:Get*`, and the bucket's ARN in `Resource`."
  );
}

const wide = document({ Action: "s3:*" });

describe("the policy that no role of Transfer has wildcards", () => {
  const faults: readonly [change: object, what: string][] = [
    ...["s3:*", "S3:*", "*", "s3*", "s3:?*", "s3:*Object", "?3:GetObject", "s3-object-lambda:*"].map(
      (Action): [object, string] => [{ Action: ["s3:GetObject", Action] }, anyAction],
    ),
    ...[
      "*",
      "arn:*",
      "arn:aws:*",
      "arn:aws:s3:::*",
      "arn:aws:s3:::?*",
      "arn:aws:s3:::*/*",
      "arn:*:s3:::partner-drop/*",
    ].map((Resource): [object, string] => [{ Resource: ["arn:aws:s3:::partner-drop/*", Resource] }, anyResource]),
    ...["arn:aws:kms:us-east-1:111122223333:key/*", "arn:aws:logs:*:*:*"].map((Resource): [object, string] => [
      { Action: "kms:Decrypt", Resource },
      anyResource,
    ]),
    [{ Action: undefined, NotAction: "s3:DeleteBucket" }, "everything but what NotAction lists"],
    [{ Resource: undefined, NotResource: "arn:aws:s3:::secret/*" }, "everything but what NotResource lists"],
  ];
  for (const [fault, what] of faults) {
    it(`finds ${JSON.stringify(fault)} in an inline policy`, async () => {
      const stack = changed(exampleStack(), "partnersOnS3", { policy: document(fault) });
      expect(await findings(stack)).to.deep.equal([opens('RolePolicy "partnersOnS3"', what)]);
    });
  }

  const narrow: readonly object[] = [
    { Action: ["s3:Get*", "s3:ListBucket"], Resource: "arn:aws:s3:::partner-*" },
    { Action: ["s3:ListAllMyBuckets", "s3:GetBucketLocation"], Resource: "*" },
    { Action: "logs:*", Resource: "arn:aws:logs:*:*:log-group:/aws/transfer/*" },
    { Action: "kms:Decrypt", Resource: "arn:aws:kms:us-east-1:111122223333:key/1234" },
    { Resource: "arn:aws:s3:us-east-1:111122223333:accesspoint/partners/object/*" },
    { Effect: "Deny", Action: "*", Resource: "*" },
  ];
  for (const statement of narrow) {
    it(`accepts ${JSON.stringify(statement)}`, async () => {
      const stack = changed(exampleStack(), "partnersOnS3", { policy: document(statement) });
      expect(await findings(stack)).to.deep.equal([]);
    });
  }

  it("finds it in the role's own inlinePolicies", async () => {
    const stack = changed(exampleStack(), "partners", { inlinePolicies: [{ name: "wide", policy: wide }] });
    expect(await findings(stack)).to.deep.equal([opens('Role "partners"')]);
  });

  it("finds it in a managed policy of the stack, however it is attached", async () => {
    const policyArn = "arn:aws:iam::1:policy/wide";
    const managed = resource("aws:iam/policy:Policy", { arn: policyArn, policy: wide });
    const link = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "partners", policyArn });
    const links = resource("aws:iam/policyAttachment:PolicyAttachment", { roles: ["others", "partners"], policyArn });
    const listed = changed(exampleStack(), "partners", { managedPolicyArns: [policyArn] });
    for (const stack of [{ ...exampleStack(), link }, { ...exampleStack(), links }, listed]) {
      expect(await findings({ ...stack, wide: managed })).to.deep.equal([opens('Policy "wide"')]);
    }
    expect(await findings({ ...exampleStack(), wide: managed }), "not attached").to.deep.equal([]);
  });

  describe("with a managed policy whose document is not in the stack", () => {
    const full = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
    const ofAws = (name: string) =>
      `${policy}: Role "partners", which Transfer takes on, has the managed policy ${name} of AWS, which is not known to ` +
      "leave every bucket alone. Write a policy that names the actions and the bucket.";
    const having = (arn: string) => changed(exampleStack(), "partners", { managedPolicyArns: [arn] });

    it("finds it however it is attached", async () => {
      const one = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "partners", policyArn: full });
      const many = resource("aws:iam/policyAttachment:PolicyAttachment", { roles: ["partners"], policyArn: full });
      const all = resource("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", {
        roleName: "partners",
        policyArns: [full],
      });
      for (const link of [one, many, all]) {
        expect(await findings({ ...exampleStack(), link })).to.deep.equal([ofAws("AmazonS3FullAccess")]);
      }
      expect(await findings(having(full))).to.deep.equal([ofAws("AmazonS3FullAccess")]);
    });

    it("finds every policy of AWS that it does not know to leave S3 alone", async () => {
      for (const name of ["ReadOnlyAccess", "AdministratorAccess", "PowerUserAccess", "MadeTomorrow"]) {
        expect(await findings(having(`arn:aws:iam::aws:policy/${name}`)), name).to.deep.equal([ofAws(name)]);
      }
      expect(await findings(having("arn:aws:iam::aws:policy/service-role/AWSTransferLoggingAccess"))).to.deep.equal([]);
    });

    it("finds one of another stack, until the configuration says that somebody has read it", async () => {
      const arn = "arn:aws:iam::111122223333:policy/team/narrow";
      expect(await findings(having(arn))).to.deep.equal([
        `${policy}: Role "partners", which Transfer takes on, has the managed policy narrow, whose document is not in this ` +
          "stack. Bring the document into the stack, or list the policy's ARN in `checkedPolicies` once somebody has read it.",
      ]);
      expect(await findings(having(arn), { config: { [policy]: { checkedPolicies: [arn] } } })).to.deep.equal([]);
    });

    it("says at a preview that an ARN which comes from no policy of the stack is not checked", async () => {
      const stack = { ...having(unknownValue), narrow: resource("aws:iam/policy:Policy", { policy: document() }) };
      const expected = notChecked("managedPolicyArns", 'Role "partners"', policy);
      expect(await findings(stack)).to.deep.equal([expected]);
      expect(await findings(marked(stack, "partners", { from: { managedPolicyArns: ["narrow"] } }))).to.deep.equal([]);
    });
  });

  it("knows a role of Transfer by a user that takes it on, also while its ARN and its trust are not known", async () => {
    const stack = changed(exampleStack(), "partners", { arn: unknownValue, assumeRolePolicy: unknownValue });
    const veiled = changed(changed(stack, "partnersOnS3", { policy: wide, role: unknownValue }), "wayne", {
      role: unknownValue,
    });
    const from = { role: ["partners"] };
    expect(await findings(marked(marked(veiled, "wayne", { from }), "partnersOnS3", { from }))).to.deep.equal([
      opens('RolePolicy "partnersOnS3"'),
      notChecked("assumeRolePolicy", 'Role "partners"', "transfer-role-trust-names-its-source"),
    ]);
  });

  it("leaves the roles of other services alone", async () => {
    const stack = without(changed(exampleStack(), "partnersOnS3", { policy: wide }), "wayne");
    const Statement = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
    expect(
      await findings(changed(stack, "partners", { assumeRolePolicy: JSON.stringify({ Statement }) })),
    ).to.deep.equal([]);
  });

  it("says what it cannot read, and at a preview what it cannot know", async () => {
    expect(await findings(changed(exampleStack(), "partnersOnS3", { policy: "no JSON" }))).to.deep.equal([
      `${policy}: A policy in RolePolicy "partnersOnS3" cannot be read. Make it a policy document in JSON.`,
    ]);
    expect(await findings(changed(exampleStack(), "partnersOnS3", { policy: unknownValue }))).to.deep.equal([
      notChecked("policy", 'RolePolicy "partnersOnS3"', policy),
    ]);
  });
});
