import { expect } from "chai";
import { exampleStack, resource, unknownValue } from "./exampleStack";
import { changed, findings, marked, notChecked, without } from "./findings";

const policy = "transfer-role-has-no-wildcards";

function document(changes: object = {}): string {
  const files = { Sid: "Files", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::partner-drop/*" };
  return JSON.stringify({ Statement: [{ ...files, ...changes }] });
}

function opens(label: string): string {
  return (
    `${policy}: In ${label}, statement "Files" opens every S3 action or every resource to Role "partners", which ` +
    "Transfer takes on. Name the actions, and the bucket's ARN in `Resource`."
  );
}

const wide = document({ Action: "s3:*" });

describe("the policy that no role of Transfer has wildcards", () => {
  const faults: Record<string, object> = {
    "every S3 action": { Action: ["s3:GetObject", "S3:*"] },
    "every action": { Action: "*" },
    "every resource": { Resource: "*" },
    "every bucket": { Resource: ["arn:aws:s3:::partner-drop/*", "arn:aws:s3:::*"] },
    NotAction: { Action: undefined, NotAction: "s3:DeleteBucket" },
    NotResource: { Resource: undefined, NotResource: "arn:aws:s3:::secret/*" },
  };
  for (const [what, fault] of Object.entries(faults)) {
    it(`finds ${what} in an inline policy`, async () => {
      const stack = changed(exampleStack(), "partnersOnS3", { policy: document(fault) });
      expect(await findings(stack)).to.deep.equal([opens('RolePolicy "partnersOnS3"')]);
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

  it("finds AWS's own policies on every bucket", async () => {
    const managedPolicyArns = ["arn:aws:iam::aws:policy/AmazonS3FullAccess"];
    expect(await findings(changed(exampleStack(), "partners", { managedPolicyArns }))).to.deep.equal([
      `${policy}: Role "partners", which Transfer takes on, has a managed policy of AWS that speaks of every bucket. ` +
        "Write a policy that names the actions and the bucket.",
    ]);
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
