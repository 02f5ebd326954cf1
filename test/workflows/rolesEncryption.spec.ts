import { expect } from "chai";
import { listOf, policyDocument, type PolicyDocument } from "../../iam/policy";
import { syntheticAccount } from "../../synth/computed";
import { deployedWithRoles, type DeployedWithRoles } from "./deployedWithRoles";
import { differentQuestions, isOfAPerson } from "./rights";
import { roleNames, RolesTemplate } from "./rolesTemplate";
import { allowed, denied, textOf, type Question } from "./twoEvaluators";

const keyOf = (id: string) => `arn:aws:kms:eu-central-1:${syntheticAccount}:key/${id}`;
const alias = "alias/sftp-gateway-dev";
const via = (service: string) => `${service}.eu-central-1.amazonaws.com`;

/** Each use of the key that a role's document allows, as a question. */
function usesOf({ Statement: statements }: PolicyDocument, key: string): Question[] {
  return statements
    .filter(({ Action }) => listOf(Action).some((action) => action.startsWith("kms:")))
    .flatMap(({ Action, Condition }) =>
      listOf(Action).flatMap((action) =>
        listOf(Condition?.["StringEquals"]?.["kms:ViaService"]).map((service) => ({
          action,
          at: key,
          context: { "kms:ResourceAliases": [alias], "kms:ViaService": service },
        })),
      ),
    );
}

for (const [what, given] of [
  ["a key of the gateway's own", ""],
  ["a key that is given", keyOf("1234abcd-12ab-34cd-56ef-1234567890ab")],
] as const) {
  describe(`the workflows' roles for a stack under ${what}`, () => {
    let deployed: DeployedWithRoles;
    before(
      async () =>
        (deployed = await deployedWithRoles("dev", {
          "sftp-gateway:encryption": "kms",
          "sftp-gateway:kmsKeyArn": given,
        })),
    );

    const aKeyOfTheStack = () =>
      (deployed.resources.find(({ type }) => type === "aws:kms/key:Key")?.outputs["arn"] ?? given) as string;

    it("let a deployment do all that its resources take but make the server, the key and its alias", async () => {
      const everything = differentQuestions(deployed.rights.flatMap(({ read, write }) => [...read, ...write]));
      const deploy = { identity: deployed.template.documentsOf("DeployRole") };
      const ofAPerson = everything.filter(isOfAPerson);
      expect(ofAPerson).to.have.length(given === "" ? 6 : 1);
      expect(await denied(deploy, everything)).to.deep.equal(ofAPerson.map(textOf));
      const reading = differentQuestions(deployed.rights.flatMap(({ read }) => read));
      expect(await denied({ identity: deployed.template.documentsOf("ReadRole") }, reading)).to.deep.equal([]);
    });

    it("let functions and tables be set up under it, and grant only services that use it", async () => {
      const deploy = { identity: deployed.template.documentsOf("DeployRole") };
      const through = (service: string) => ({ "kms:ResourceAliases": [alias], "kms:ViaService": via(service) });
      const at = aKeyOfTheStack();
      const right = [
        { action: "kms:Encrypt", at, context: through("lambda") },
        { action: "kms:Decrypt", at, context: through("dynamodb") },
        { action: "kms:CreateGrant", at, context: { ...through("lambda"), "kms:GrantIsForAWSResource": "true" } },
      ];
      expect(await denied(deploy, right)).to.deep.equal([]);
      const wrong = [
        { action: "kms:CreateGrant", at, context: { ...through("lambda"), "kms:GrantIsForAWSResource": "false" } },
        { action: "kms:Decrypt", at, context: { "kms:ResourceAliases": [alias] } },
      ];
      expect(await allowed(deploy, wrong)).to.deep.equal([]);
    });

    it("let nobody decrypt a file, nor use or change another stack's key", async () => {
      const through = (service: string, name: string) => ({
        "kms:ResourceAliases": [name],
        "kms:ViaService": via(service),
      });
      const other = "alias/sftp-gateway-prod";
      const questions: Question[] = [
        { action: "kms:Decrypt", at: aKeyOfTheStack(), context: through("s3", alias) },
        { action: "kms:GenerateDataKey", at: aKeyOfTheStack(), context: through("s3", alias) },
        { action: "kms:Decrypt", at: keyOf("9"), context: through("lambda", other) },
        { action: "kms:PutKeyPolicy", at: keyOf("9"), context: { "kms:ResourceAliases": [other] } },
        { action: "kms:DescribeKey", at: keyOf("9"), context: { "kms:ResourceAliases": [] } },
        { action: "kms:UpdateAlias", at: `arn:aws:kms:eu-central-1:${syntheticAccount}:${alias}` },
        { action: "kms:DisableKey", at: aKeyOfTheStack(), context: { "kms:ResourceAliases": [alias] } },
      ];
      for (const role of roleNames) {
        expect(await allowed({ identity: deployed.template.documentsOf(role) }, questions), role).to.deep.equal([]);
      }
    });

    it("stay below IAM's limit of 6,144 characters a managed policy", () => {
      expect(Math.max(...deployed.template.policyLengths())).to.be.lessThan(6144);
    });

    it("leave the gateway's roles every use of the key within their boundary, and no other", async () => {
      const { boundary } = deployed.template;
      const documents = deployed.resources
        .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
        .map(({ inputs }) => JSON.parse(String(inputs["policy"])) as PolicyDocument);
      const uses = documents.map((document) => ({ document, questions: usesOf(document, aKeyOfTheStack()) }));
      expect(uses.flatMap(({ questions }) => questions)).to.have.length(4 * 2 - 2 + 3 * 2);
      for (const { document, questions } of uses) {
        expect(await denied({ identity: [document], boundary }, questions)).to.deep.equal([]);
      }
      const everything = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });
      const beyond = [
        { action: "kms:Decrypt", at: keyOf("9"), context: { "kms:ResourceAliases": [], "kms:ViaService": via("s3") } },
        { action: "kms:Decrypt", at: aKeyOfTheStack(), context: { "kms:ResourceAliases": [alias] } },
        { action: "kms:PutKeyPolicy", at: aKeyOfTheStack(), context: { "kms:ResourceAliases": [alias] } },
      ];
      expect(await allowed({ identity: [everything], boundary }, beyond)).to.deep.equal([]);
    });

    it("let the operator read the table of passwords", async () => {
      const template = new RolesTemplate({
        Stack: "dev",
        OperatorArns: ["arn:x"],
        Encryption: "kms",
        KmsKeyArn: given,
      });
      const context = { "kms:ResourceAliases": [alias], "kms:ViaService": via("dynamodb") };
      const questions = [{ action: "kms:Decrypt", at: aKeyOfTheStack(), context }];
      expect(await allowed({ identity: template.documentsOf("OperatorRole") }, questions)).to.deep.equal(
        questions.map(textOf),
      );
    });
  });
}

describe("the workflows' roles for a stack without a key", () => {
  it("say nothing of KMS but of Pulumi's secrets", () => {
    const template = new RolesTemplate({ Stack: "dev" });
    const statements = roleNames.flatMap((role) => template.documentsOf(role)).flatMap(({ Statement: all }) => all);
    const onKeys = statements.filter(({ Action }) => listOf(Action).some((action) => action.startsWith("kms:")));
    expect(new Set(onKeys.map(({ Resource }) => Resource))).to.deep.equal(new Set([keyOf("1")]));
  });
});
