import { expect } from "chai";
import program from "../../index";
import { arn, bucketArn } from "../../iam/arn";
import { syntheticAccount } from "../../synth/computed";
import type { DeployedResource } from "../../synth/deployment";
import { synthesise } from "../../synth/synthesise";
import { projectDirectory } from "../components/gatewayStack";
import { goldenStacks } from "../golden/golden";
import { actionsByType } from "./awsActions";
import { may, RolesTemplate } from "./rolesTemplate";

const scope = { partition: "aws", region: "eu-central-1", account: syntheticAccount };

/** The ARN that IAM sees when the resource is worked on. */
function arnOf({ type, id, inputs, outputs }: DeployedResource): string {
  const known = outputs["arn"];
  switch (type) {
    case "aws:cloudwatch/dashboard:Dashboard":
      return `arn:aws:cloudwatch::${syntheticAccount}:dashboard/${id}`;
    case "aws:cloudwatch/logMetricFilter:LogMetricFilter":
      return arn(scope, "logs", `log-group:${String(inputs["logGroupName"])}`);
    case "aws:cloudwatch/queryDefinition:QueryDefinition":
      return arn(scope, "logs", `log-group:*`);
    case "aws:cloudwatch/eventTarget:EventTarget":
      return arn(scope, "events", `rule/${String(inputs["rule"])}`);
    case "aws:iam/rolePolicy:RolePolicy":
      return `arn:aws:iam::${syntheticAccount}:role/${String(inputs["role"])}`;
    case "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig":
      return arn(scope, "lambda", `function:${String(inputs["functionName"])}`);
    case "aws:lambda/permission:Permission":
      return arn(scope, "lambda", `function:${String(inputs["function"]).split(":").pop()}`);
    case "aws:sns/topicSubscription:TopicSubscription":
      return String(inputs["topic"]);
    case "aws:sqs/queuePolicy:QueuePolicy":
      return arn(scope, "sqs", String(inputs["queueUrl"]).split("/").pop() ?? "");
    case "aws:transfer/sshKey:SshKey":
      return arn(scope, "transfer", `user/${String(id).split("/").slice(0, 2).join("/")}`);
    default:
      return typeof known === "string" ? known : bucketArn("aws", String(inputs["bucket"]));
  }
}

for (const stack of goldenStacks) {
  describe(`the workflows' roles for ${stack}`, () => {
    const template = new RolesTemplate(stack);
    const roles = ["ReadRole", "DeployRole", "RetireRole"] as const;
    const [read, deploy, retire] = roles.map((role) => template.policiesOf(role));
    let resources: readonly DeployedResource[];
    before(async () => {
      const synthesis = await synthesise({ directory: projectDirectory, stack, program });
      resources = synthesis.resources.filter(({ custom }) => custom);
    });

    it("have the actions of every resource type in use", () => {
      const types = new Set(resources.map(({ type }) => type));
      expect([...types].filter((type) => !Object.hasOwn(actionsByType, type))).to.deep.equal([]);
    });

    it("let a deployment do all of them, and a preview look", () => {
      const denied = resources.flatMap((resource) => {
        const { read: reading = [], write: writing = [] } = actionsByType[resource.type] ?? {};
        const at = arnOf(resource);
        return [
          ...[...reading, ...writing]
            .filter((action) => !may(deploy!, action, at))
            .map((action) => `deploy: ${action} ${at}`),
          ...reading.filter((action) => !may(read!, action, at)).map((action) => `read: ${action} ${at}`),
        ];
      });
      expect(denied).to.deep.equal([]);
    });

    it("let a preview change nothing, and the night delete keys alone", () => {
      for (const resource of resources) {
        const { write = [] } = actionsByType[resource.type] ?? {};
        const changes = write.filter((action) => !/:(List|Describe|Get)/.test(action));
        expect(changes.filter((action) => may(read!, action, arnOf(resource)))).to.deep.equal([]);
        expect(changes.filter((action) => may(retire!, action, arnOf(resource)))).to.deep.equal(
          resource.type === "aws:transfer/sshKey:SshKey" ? ["transfer:DeleteSshPublicKey"] : [],
        );
      }
    });

    it("let nobody read or write a tenant's files", () => {
      const file = `${bucketArn("aws", `sftp-gateway-${stack}-${syntheticAccount}`)}/tenants/acme/order.csv`;
      for (const policies of [read!, deploy!, retire!]) {
        for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectVersion"]) {
          expect(may(policies, action, file), action).to.equal(false);
        }
      }
    });

    it("reach neither the other stack nor themselves nor any other identity", () => {
      const other = stack === "dev" ? "prod" : "dev";
      const identity = (name: string) => `arn:aws:iam::${syntheticAccount}:${name}`;
      expect(
        may(deploy!, "s3:PutBucketPolicy", bucketArn("aws", `sftp-gateway-${other}-${syntheticAccount}`)),
      ).to.equal(false);
      expect(may(deploy!, "iam:PutRolePolicy", identity(`role/sftp-gateway-${other}-read-write`))).to.equal(false);
      expect(may(deploy!, "iam:PutRolePolicy", identity(`role/github-sftp-gateway-${stack}-deploy`))).to.equal(false);
      expect(may(deploy!, "iam:CreateUser", identity("user/x"))).to.equal(false);
    });

    it("pass roles to the services that the program gives them to, and no other", () => {
      const resource = `arn:aws:iam::${syntheticAccount}:role/sftp-gateway-${stack}-*`;
      const condition = { StringEquals: { "iam:PassedToService": ["lambda.amazonaws.com", "transfer.amazonaws.com"] } };
      expect(template.passingOf("DeployRole").map(({ Resource, Condition }) => [Resource, Condition])).to.deep.equal([
        [resource, condition],
      ]);
      expect([...template.passingOf("ReadRole"), ...template.passingOf("RetireRole")]).to.deep.equal([]);
    });

    it("trust the workflows of this repository, each in its own place", () => {
      const subjects = roles.map((role) => {
        const statements = template.trustOf(role);
        return statements.map(({ Action, Condition: { StringEquals } }) => {
          expect(Action).to.equal("sts:AssumeRoleWithWebIdentity");
          expect(StringEquals["token.actions.githubusercontent.com:aud"]).to.equal("sts.amazonaws.com");
          return StringEquals["token.actions.githubusercontent.com:sub"];
        });
      });
      expect(subjects).to.deep.equal([
        [["repo:acme/gateway:pull_request", "repo:acme/gateway:ref:refs/heads/main"]],
        [`repo:acme/gateway:environment:${stack}`],
        [`repo:acme/gateway:environment:${stack}-nightly`],
      ]);
    });

    it("stay below IAM's limit on the length of a managed policy", () => {
      expect(Math.max(...template.policyLengths())).to.be.lessThan(6144);
    });
  });
}
