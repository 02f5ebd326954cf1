import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked } from "./findings";

const policy = "transfer-role-trust-names-its-source";
const account = "111122223333";
const source = `arn:aws:transfer:us-east-1:${account}:user/*`;

function trusting(Condition: object | undefined, Service = "transfer.amazonaws.com") {
  const assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole", Condition }],
  });
  return changed(exampleStack(), "partners", { assumeRolePolicy });
}

function unconfined(...keys: string[]): string {
  return (
    `${policy}: In the trust policy of Role "partners", statement 0 trusts transfer.amazonaws.com without confining ` +
    `${keys.join(" and ")}. Add conditions: StringEquals on aws:SourceAccount with the account's number, and ArnLike ` +
    "on aws:SourceArn with the ARN of the server or its users in that account."
  );
}

describe("the policy that a role's trust names its source", () => {
  it("finds trust without conditions", async () => {
    expect(await findings(trusting(undefined))).to.deep.equal([unconfined("aws:SourceAccount", "aws:SourceArn")]);
  });

  const half: [what: string, condition: object, missing: string][] = [
    ["an account alone", { StringEquals: { "aws:SourceAccount": account } }, "aws:SourceArn"],
    ["a source alone", { ArnLike: { "AWS:SOURCEARN": source } }, "aws:SourceAccount"],
    [
      "an account that may be absent",
      { StringEqualsIfExists: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": source } },
      "aws:SourceAccount",
    ],
    [
      "any account",
      { StringLike: { "aws:SourceAccount": "*" }, ArnLike: { "aws:SourceArn": source } },
      "aws:SourceAccount",
    ],
    [
      "the resources of any account",
      { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": "arn:aws:transfer:*:*:user/*" } },
      "aws:SourceArn",
    ],
    [
      "the resources of another account",
      {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": "arn:aws:transfer:us-east-1:999999999999:user/*" },
      },
      "aws:SourceArn",
    ],
  ];
  for (const [what, condition, missing] of half) {
    it(`finds trust with ${what}`, async () => {
      expect(await findings(trusting(condition))).to.deep.equal([unconfined(missing)]);
    });
  }

  it("finds whoever is trusted beside Transfer, whatever the conditions", async () => {
    const Condition = { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": source } };
    const transfer = { Effect: "Allow", Principal: { Service: "transfer.amazonaws.com" }, Condition };
    const parties: readonly [beside: object, who: string][] = [
      [{ Principal: "*" }, "everybody"],
      [{ Principal: { AWS: "*" } }, "everybody"],
      [{ NotPrincipal: { AWS: account } }, "everybody"],
      [{ Principal: { AWS: account } }, "an account"],
      [{ Principal: { AWS: `arn:aws:iam::${account}:root` } }, "an account"],
      [{ Principal: { AWS: `arn:aws:iam::${account}:role/admin` } }, "another role"],
      [{ Principal: { AWS: `arn:aws:iam::${account}:user/admin` } }, "a user"],
      [{ Principal: { AWS: `arn:aws:sts::${account}:assumed-role/admin/x` } }, "a session of another role"],
      [{ Principal: { Federated: "accounts.google.com" } }, "a principal that is neither a service nor an account's"],
      [{ Principal: { Service: "lambda.amazonaws.com", AWS: [account, "*"] } }, "an account and everybody"],
    ];
    for (const [beside, who] of parties) {
      const statements = [transfer, { Effect: "Allow", Condition, ...beside }];
      const Statement = statements.map((statement) => ({ ...statement, Action: "sts:AssumeRole" }));
      const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement });
      expect(await findings(changed(exampleStack(), "partners", { assumeRolePolicy }))).to.deep.equal([
        `${policy}: In the trust policy of Role "partners", statement 1 admits ${who}, who would act without any session ` +
          'policy. Trust `"Service": "transfer.amazonaws.com"` alone, and give others a role of their own.',
      ]);
    }
  });

  it("finds a trust in everybody without a condition that says who", async () => {
    const conditions = [
      undefined,
      {},
      { Bool: { "aws:SecureTransport": "true" } },
      { StringLike: { "aws:PrincipalArn": "*" } },
      { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
      { StringEquals: { "sts:ExternalId": "partner" } },
    ];
    for (const Condition of conditions) {
      const Statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole", Condition };
      const stack = changed(exampleStack(), "partners", { assumeRolePolicy: JSON.stringify({ Statement }) });
      expect(await findings(stack)).to.have.length(1);
    }
  });

  it("finds a trust that cannot be read", async () => {
    expect(await findings(changed(exampleStack(), "partners", { assumeRolePolicy: "no JSON" }))).to.deep.equal([
      `${policy}: The trust policy of Role "partners" cannot be read. Make it a policy document in JSON.`,
    ]);
  });

  it("leaves roles of other services alone", async () => {
    expect(await findings(trusting(undefined, "lambda.amazonaws.com"))).to.deep.equal([]);
  });

  it("says at a preview that a trust which is not known yet is not checked", async () => {
    expect(await findings(changed(exampleStack(), "partners", { assumeRolePolicy: unknownValue }))).to.deep.equal([
      notChecked("assumeRolePolicy", 'Role "partners"', policy),
    ]);
  });
});
