import { expect } from "chai";
import program from "../../index";
import { bucketArn } from "../../iam/arn";
import { syntheticAccount } from "../../synth/computed";
import type { DeployedResource } from "../../synth/deployment";
import { resourceTypeName, resourceTypes } from "../../synth/resourceTypes";
import { synthesise } from "../../synth/synthesise";
import { projectDirectory } from "../components/gatewayStack";
import { goldenStacks } from "../golden/golden";
import { may, RolesTemplate } from "./rolesTemplate";

const scope = { partition: "aws", region: "eu-central-1", account: syntheticAccount };

/** What working on a resource takes, and the ARN that IAM decides it on. */
function rightsFor({ type, inputs, outputs }: DeployedResource) {
  const { read, write, on } = resourceTypes[resourceTypeName(type)];
  return { read, write, at: on?.(inputs, scope) ?? String(outputs["arn"]) };
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

    it("let a deployment do all that its resources take, and a preview look", () => {
      const denied = resources
        .map(rightsFor)
        .flatMap(({ read: reading, write, at }) => [
          ...[...reading, ...write]
            .filter((action) => !may(deploy!, action, at))
            .map((action) => `deploy: ${action} ${at}`),
          ...reading.filter((action) => !may(read!, action, at)).map((action) => `read: ${action} ${at}`),
        ]);
      expect(denied).to.deep.equal([]);
    });

    it("let a preview change nothing, and the night delete keys alone", () => {
      for (const resource of resources) {
        const { write, at } = rightsFor(resource);
        const changes = write.filter((action) => !/:(List|Describe|Get)/.test(action));
        expect(changes.filter((action) => may(read!, action, at))).to.deep.equal([]);
        expect(changes.filter((action) => may(retire!, action, at))).to.deep.equal(
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
        ["repo:acme/gateway:ref:refs/heads/main"],
        [`repo:acme/gateway:environment:${stack}`],
        [`repo:acme/gateway:environment:${stack}-nightly`],
      ]);
    });

    it("stay below IAM's limit on the length of a managed policy", () => {
      expect(Math.max(...template.policyLengths())).to.be.lessThan(6144);
    });
  });
}
