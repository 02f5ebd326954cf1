import { expect } from "chai";
import { listOf, policyDocument, type PolicyDocument, type Statement } from "../../iam/policy";
import { syntheticAccount } from "../../synth/computed";
import { goldenStacks, lambdaSettings } from "../golden/golden";
import { deployedWithRoles, type DeployedWithRoles } from "./deployedWithRoles";
import { allowed, denied, textOf, type Question } from "./twoEvaluators";

const place = `eu-central-1:${syntheticAccount}`;

/** The documents of all roles that the program creates. */
function roleDocuments({ resources }: DeployedWithRoles): PolicyDocument[] {
  return resources
    .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
    .map(({ inputs }) => JSON.parse(String(inputs["policy"])) as PolicyDocument);
}

/** One action of a statement on one of its resources, under its condition, of a key through one service. */
interface Pair {
  readonly action: string;
  readonly pattern: string;
  readonly condition: Statement["Condition"];
}

function pairsOf({ Action, Resource, Condition: condition }: Statement): Pair[] {
  const services = listOf(condition?.["StringEquals"]?.["kms:ViaService"]);
  const conditions =
    services.length === 0
      ? [condition]
      : services.map((service) => ({ ...condition, StringEquals: { "kms:ViaService": service } }));
  return listOf(Action).flatMap((action) =>
    listOf(Resource).flatMap((pattern) => conditions.map((each) => ({ action, pattern, condition: each }))),
  );
}

const pairTexts = ({ Statement: all }: PolicyDocument) => all.flatMap(pairsOf).map((pair) => JSON.stringify(pair));

/** A request for something that a pattern names. */
function questionOf({ action, pattern, condition }: Pair, prefix: string): Question {
  const isOnStream = ["logs:CreateLogStream", "logs:PutLogEvents"].includes(action);
  const stream = pattern.endsWith(":*") ? "log-stream:2026" : "s-1:log-stream:2026";
  const at = pattern.replace("*", isOnStream ? stream : "some-name");
  const ofKey = { ...condition?.["StringEquals"], ...condition?.["ForAnyValue:StringEquals"] };
  return { action, at, context: action === "s3:ListBucket" ? { "s3:prefix": prefix } : ofKey };
}

for (const stack of goldenStacks) {
  describe(`the boundary of the roles of ${stack}`, () => {
    // With a role more than without a function that decides logins.
    let deployed: DeployedWithRoles;
    before(async () => (deployed = await deployedWithRoles(stack, lambdaSettings)));

    it("stands on all of them", () => {
      const roles = deployed.resources.filter(({ type }) => type === "aws:iam/role:Role");
      expect(new Set(roles.map(({ inputs }) => inputs["permissionsBoundary"]))).to.deep.equal(
        new Set([`arn:aws:iam::${syntheticAccount}:policy/sftp-gateway-${stack}-boundary`]),
      );
    });

    it("takes nothing away from what their documents allow", async () => {
      const { boundary } = deployed.template;
      const documents = roleDocuments(deployed);
      expect(documents).to.have.length(7);
      for (const document of documents) {
        for (const prefix of ["tenants/acme/", "shared/catalogue/"]) {
          const questions = document.Statement.flatMap(pairsOf).map((pair) => questionOf(pair, prefix));
          const given = await allowed({ identity: [document], boundary }, questions);
          expect(given).to.deep.equal(questions.map(textOf)).and.not.to.deep.equal([]);
        }
      }
    });

    it("allows nothing that no document of theirs allows", () => {
      const theirs = new Set(roleDocuments(deployed).flatMap(pairTexts));
      const own = pairTexts(deployed.template.boundary);
      expect(own.filter((text) => !theirs.has(text))).to.deep.equal([]);
      expect(own.filter((text) => /"(iam|sts):/.test(text))).to.deep.equal([]);
    });

    it("holds a role that was given everything back from all that is not the gateway's", async () => {
      const other = stack === "dev" ? "prod" : "dev";
      const role = (name: string) => `arn:aws:iam::${syntheticAccount}:role/${name}`;
      const grown = {
        identity: [policyDocument({ Effect: "Allow", Action: "*", Resource: "*" })],
        boundary: deployed.template.boundary,
      };
      const questions = [
        { action: "iam:CreateUser", at: `arn:aws:iam::${syntheticAccount}:user/x` },
        { action: "iam:PutRolePolicy", at: role(`sftp-gateway-${stack}-logging`) },
        { action: "sts:AssumeRole", at: role(`github-sftp-gateway-${other}-deploy`) },
        { action: "s3:GetObject", at: `arn:aws:s3:::sftp-gateway-${other}-${syntheticAccount}/tenants/acme/a.csv` },
        { action: "s3:GetObjectVersion", at: `arn:aws:s3:::sftp-gateway-${stack}-${syntheticAccount}/tenants/a` },
        { action: "s3:PutBucketPolicy", at: `arn:aws:s3:::sftp-gateway-${stack}-${syntheticAccount}` },
        { action: "s3:ListBucket", at: `arn:aws:s3:::sftp-gateway-${stack}-${syntheticAccount}` },
        { action: "s3:GetObject", at: "arn:aws:s3:::state/.pulumi/stacks/dev.json" },
        { action: "kms:Decrypt", at: `arn:aws:kms:${place}:key/1` },
        { action: "lambda:InvokeFunction", at: `arn:aws:lambda:${place}:function:payroll` },
        { action: "sns:Publish", at: `arn:aws:sns:${place}:sftp-gateway-${other}-uploads` },
        { action: "sqs:ReceiveMessage", at: `arn:aws:sqs:${place}:sftp-gateway-${stack}_tenant_acme` },
        { action: "transfer:ImportSshPublicKey", at: `arn:aws:transfer:${place}:user/${deployed.serverId}/acme` },
      ];
      expect(await denied(grown, questions)).to.deep.equal(questions.map(textOf));
      const own = { action: "sns:Publish", at: `arn:aws:sns:${place}:sftp-gateway-${stack}-uploads` };
      expect(await allowed(grown, [own])).to.deep.equal([textOf(own)]);
    });
  });
}
