import { expect } from "chai";
import { syntheticAccount } from "../../synth/computed";
import { gatewayStack, ofType } from "../components/gatewayStack";
import { tenant } from "../tenant";
import { deployedWithRoles, type DeployedWithRoles } from "./deployedWithRoles";
import { differentQuestions, rightsFor } from "./rights";
import { roleNames, RolesTemplate, type RoleName } from "./rolesTemplate";
import { allowed, allowedTogether, denied, textOf, type Documents, type Question } from "./twoEvaluators";

const place = `eu-central-1:${syntheticAccount}`;
const iam = (what: string) => `arn:aws:iam::${syntheticAccount}:${what}`;
const ownRole = iam("role/sftp-gateway-dev-read-write");

describe("what the workflows' roles for dev are kept from", () => {
  let dev: DeployedWithRoles;
  let boundary: string;
  /** Whether somebody may do what its resources take. */
  let asked: readonly Question[];
  let together: Documents;
  before(async () => {
    dev = await deployedWithRoles("dev");
    boundary = dev.template.boundaryArn;
    asked = differentQuestions(dev.rights.flatMap(({ read, write }) => [...read, ...write]));
    together = allowedTogether(...roleNames.map((role) => dev.template.documentsOf(role)));
  });

  const by = (role: RoleName) => ({ identity: dev.template.documentsOf(role) });

  /** Asks of all roles at once. */
  async function nobodyMay(...questions: Question[]): Promise<void> {
    expect(await allowed(together, questions)).to.deep.equal([]);
  }

  // Stacks whose names go on like this one's, also with what this one's resources are called.
  for (const other of ["prod", "dev-2", "dev-on-upload", "dev-uploads", "dev-read-write", "dev-silent-acme", "de"]) {
    it(`whatever lies in the stack ${other}`, async () => {
      const renamed = (text: string) =>
        text.replaceAll("sftp-gateway-dev", `sftp-gateway-${other}`).replaceAll(dev.serverId, "s-0fedcba9876543210");
      const questions = asked
        .filter(({ at, action }) => at !== "*" && action !== "cloudwatch:DescribeAlarms")
        .map((question) => ({ ...question, at: renamed(question.at) }));
      expect(questions.length).to.be.above(200);
      await nobodyMay(...questions);
    });
  }

  it("what IAM can only allow for all stacks at once is this list", async () => {
    const anywhere = asked.filter(({ at, action }) => at === "*" || action === "cloudwatch:DescribeAlarms");
    const given = await allowed(by("DeployRole"), anywhere);
    expect([...new Set(given.map((text) => text.replace(/ .*/, "")))].sort()).to.deep.equal([
      "cloudwatch:DescribeAlarms",
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DeleteQueryDefinition",
      "logs:DescribeLogGroups",
      "logs:DescribeQueryDefinitions",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutQueryDefinition",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ]);
  });

  it("a server of somebody else, its users and their keys", async () => {
    const user = `arn:aws:transfer:${place}:user/s-0fedcba9876543210/partner`;
    const server = `arn:aws:transfer:${place}:server/s-0fedcba9876543210`;
    await nobodyMay(
      { action: "transfer:ImportSshPublicKey", at: user },
      { action: "transfer:DeleteSshPublicKey", at: user },
      { action: "transfer:UpdateUser", at: user },
      { action: "transfer:DeleteUser", at: user },
      { action: "transfer:TagResource", at: user },
      { action: "transfer:DescribeUser", at: user },
      { action: "transfer:CreateUser", at: server },
      { action: "transfer:StopServer", at: server },
      { action: "transfer:DeleteServer", at: server },
      { action: "transfer:TagResource", at: server },
    );
  });

  it("a new server, and another protocol on their own", async () => {
    const server = `arn:aws:transfer:${place}:server/${dev.serverId}`;
    const protocols = (...names: string[]) => ({ "transfer:RequestServerProtocols": names });
    await nobodyMay(
      { action: "transfer:CreateServer", at: "*", context: protocols("SFTP") },
      { action: "transfer:UpdateServer", at: server, context: protocols("SFTP", "FTP") },
    );
    const update = { action: "transfer:UpdateServer", at: server };
    expect(await denied(by("DeployRole"), [update, { ...update, context: protocols("SFTP") }])).to.deep.equal([]);
  });

  it("any server at all as long as none is named", async () => {
    const unnamed = new RolesTemplate({ Stack: "dev" });
    const onTransfer = asked.filter(({ action }) => action.startsWith("transfer:"));
    for (const role of roleNames) {
      expect(await allowed({ identity: unnamed.documentsOf(role) }, onTransfer), role).to.deep.equal([]);
    }
  });

  for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"]) {
    it(`${action} with another boundary than the stack's, or with none`, async () => {
      const others = [iam("policy/sftp-gateway-prod-boundary"), "arn:aws:iam::aws:policy/AdministratorAccess"];
      const under = (policy: string) => ({ "iam:PermissionsBoundary": policy });
      await nobodyMay(
        { action, at: ownRole },
        ...others.map((other) => ({ action, at: ownRole, context: under(other) })),
        { action, at: iam("role/sftp-gateway-dev-mine"), context: under(boundary) },
      );
      const within = [{ action, at: ownRole, context: under(boundary) }];
      expect(await allowed(by("DeployRole"), within)).to.deep.equal(within.map(textOf));
    });
  }

  it("taking the boundary off a role, and changing it, even if another policy allows that", async () => {
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } as const;
    const versions = ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:DeletePolicyVersion"];
    const questions = [
      {
        action: "iam:DeleteRolePermissionsBoundary",
        at: ownRole,
        context: { "iam:PermissionsBoundary": boundary },
      },
      ...[...versions, "iam:DeletePolicy"].map((action) => ({ action, at: boundary })),
    ];
    await nobodyMay(...questions);
    const grown = { identity: [everything, ...dev.template.documentsOf("DeployRole")] };
    expect(await allowed(grown, questions)).to.deep.equal([]);
  });

  it("attaching managed policies, and every identity that is not the gateway's", async () => {
    const under = { "iam:PermissionsBoundary": boundary };
    const workflows = roleNames.map((role) => iam(`role/github-sftp-gateway-dev-${role.slice(0, -4).toLowerCase()}`));
    await nobodyMay(
      { action: "iam:AttachRolePolicy", at: ownRole, context: under },
      { action: "iam:CreatePolicy", at: iam("policy/mine") },
      { action: "iam:CreateUser", at: iam("user/x") },
      { action: "sts:AssumeRole", at: ownRole },
      ...workflows.flatMap((at) => [
        { action: "iam:PutRolePolicy", at, context: under },
        { action: "iam:UpdateAssumeRolePolicy", at },
      ]),
    );
  });

  it("passing a role to another service than the program gives it to", async () => {
    const to = (service: string) => ({ "iam:PassedToService": `${service}.amazonaws.com` });
    await nobodyMay(
      { action: "iam:PassRole", at: ownRole, context: to("ec2") },
      { action: "iam:PassRole", at: ownRole, context: to("lambda") },
      { action: "iam:PassRole", at: iam("role/sftp-gateway-dev-on-upload"), context: to("transfer") },
      { action: "iam:PassRole", at: iam("role/github-sftp-gateway-dev-deploy"), context: to("lambda") },
    );
  });

  it("the state of another stack", async () => {
    await nobodyMay(
      { action: "s3:GetObject", at: "arn:aws:s3:::other-state/.pulumi/stacks/sftp-gateway/prod.json" },
      { action: "s3:PutObject", at: "arn:aws:s3:::other-state/.pulumi/stacks/sftp-gateway/prod.json" },
      { action: "kms:Decrypt", at: `arn:aws:kms:${place}:key/2` },
    );
  });

  describe("with functions of others that listen", () => {
    const listening = `arn:aws:lambda:${place}:function:orders`;
    const knowing = (role: RoleName) => ({
      identity: new RolesTemplate({ Stack: "dev", ListenerFunctionArns: [listening] }).documentsOf(role),
    });

    it("a deployment lets SNS invoke them, once they are named", async () => {
      const listener = { kind: "function", endpoint: `${listening}:live`, environments: ["dev"] } as const;
      const stack = await gatewayStack({ tenants: [tenant("acme", { notify: [listener] })] });
      const permission = ofType(stack, "Permission").find(({ inputs }) => inputs["function"] === listening);
      const { read, write } = rightsFor(permission!, boundary);
      expect(await denied(knowing("DeployRole"), [...read, ...write])).to.deep.equal([]);
      expect(await denied(knowing("ReadRole"), read)).to.deep.equal([]);
      await nobodyMay(...read, ...write);
    });

    it("it lets nobody else invoke them, and reaches no function beside them", async () => {
      const questions = [
        { action: "lambda:AddPermission", at: listening, context: { "lambda:Principal": "*" } },
        { action: "lambda:AddPermission", at: listening, context: { "lambda:Principal": "111122223333" } },
        { action: "lambda:UpdateFunctionCode", at: listening },
        { action: "lambda:InvokeFunction", at: listening },
        {
          action: "lambda:AddPermission",
          at: `arn:aws:lambda:${place}:function:payroll`,
          context: { "lambda:Principal": "sns.amazonaws.com" },
        },
      ];
      expect(await allowed(knowing("DeployRole"), questions)).to.deep.equal([]);
    });
  });
});
