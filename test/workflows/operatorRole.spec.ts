import { expect } from "chai";
import { syntheticAccount } from "../../synth/computed";
import { RolesTemplate } from "./rolesTemplate";
import { allowed, textOf, type Question } from "./twoEvaluators";

const table = (name: string) => `arn:aws:dynamodb:eu-central-1:${syntheticAccount}:table/${name}`;
const own = table("sftp-gateway-dev-identity-provider");
const people = [`arn:aws:iam::${syntheticAccount}:user/ann`, `arn:aws:iam::${syntheticAccount}:role/on-call`];

describe("the operator's role", () => {
  const template = new RolesTemplate({ Stack: "dev", OperatorArns: people });
  const asked = (...questions: Question[]) => allowed({ identity: template.documentsOf("OperatorRole") }, questions);

  it("reads an item of the stack's passwords and stops, and changes it", async () => {
    const questions = [
      { action: "dynamodb:GetItem", at: own },
      { action: "dynamodb:UpdateItem", at: own },
    ];
    expect(await asked(...questions)).to.deep.equal(questions.map(textOf));
  });

  it("lists no items, replaces and deletes none, and does nothing to the table itself", async () => {
    const actions = ["Scan", "Query", "PutItem", "DeleteItem", "BatchWriteItem", "DeleteTable", "UpdateTable"];
    expect(await asked(...actions.map((action) => ({ action: `dynamodb:${action}`, at: own })))).to.deep.equal([]);
  });

  it("reaches no other table, no other stack's, and no file", async () => {
    const others = [
      "sftp-gateway-dev-on-upload",
      "sftp-gateway-prod-identity-provider",
      "sftp-gateway-dev-2-identity-provider",
    ];
    const onTables = others.flatMap((name) =>
      ["dynamodb:GetItem", "dynamodb:UpdateItem"].map((action) => ({ action, at: table(name) })),
    );
    const file = `arn:aws:s3:::sftp-gateway-dev-${syntheticAccount}/tenants/acme/order.csv`;
    const role = `arn:aws:iam::${syntheticAccount}:role/sftp-gateway-dev-read-write`;
    expect(
      await asked(...onTables, { action: "s3:GetObject", at: file }, { action: "sts:AssumeRole", at: role }),
    ).to.deep.equal([]);
  });

  it("is taken on by those who are named, with a second factor", () => {
    expect(template.trustOf("OperatorRole")).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { AWS: people },
        Action: "sts:AssumeRole",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      },
    ]);
  });

  it("is not there where nobody is named", () => {
    const unnamed = new RolesTemplate({ Stack: "dev" });
    expect(() => unnamed.trustOf("OperatorRole")).to.throw("has no AWS::IAM::Role called OperatorRole");
  });
});
