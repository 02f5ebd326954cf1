import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { CheckedProject, fine, keylessLine, wrongFile, wrongLine } from "./checking";

describe("npm run check, of a stack's settings and its name", () => {
  const settings = `config:
  aws:region: eu-west-1
  sftp-gateway:protect: false
  sftp-gateway:logRetentionDays: 14
  sftp-gateway:noncurrentVersionDays: 7
`;

  let project: CheckedProject;

  beforeEach(() => {
    project = new CheckedProject();
    copyFileSync(join(__dirname, "../../Pulumi.yaml"), join(project.directory, "Pulumi.yaml"));
    writeStack("dev", settings);
    writeStack("prod", settings);
  });

  afterEach(() => project.remove());

  const check = (...args: Parameters<CheckedProject["check"]>) => project.check(...args);
  const writeStack = (stack: string, content: string) => project.write(`Pulumi.${stack}.yaml`, content);

  it("takes every dated security policy that AWS has", async () => {
    writeStack("dev", `${settings}  sftp-gateway:securityPolicy: TransferSecurityPolicy-SshAuditCompliant-2025-02\n`);
    expect((await check(fine)).status).to.equal(0);
  });

  it("says how many addresses a stack takes of its account, unless it names those that there are", async () => {
    const vpc = `${settings}  sftp-gateway:endpoint: vpc\n`;
    writeStack("dev", vpc);
    writeStack("prod", `${vpc}  sftp-gateway:zones: 1\n`);
    const needs = (stack: string, count: string) =>
      `Pulumi.${stack}.yaml: needs ${count}; an account has 5 in a region at first\n`;
    expect((await check(fine)).stdout).to.equal(
      `tenants.yaml: 1 tenant, 2 stacks, no problems\n${needs("dev", "2 Elastic IPs")}${needs("prod", "1 Elastic IP")}`,
    );
    const given = '["eipalloc-0a1b2c3d4e5f60718", "eipalloc-1a1b2c3d4e5f60718"]';
    writeStack("dev", `${vpc}  sftp-gateway:addressAllocationIds: ${given}\n`);
    expect((await check(fine, "--stack", "dev")).stdout).not.to.include("needs");
  });

  it("warns of a queue that there is, with its tenant's place, where a stack encrypts by KMS", async () => {
    writeStack("prod", `${settings}  sftp-gateway:encryption: kms\n`);
    const queue = "arn:aws:sqs:eu-west-1:123456789012:orders";
    const { status, stderr } = await check(`${fine}    notify: [{ queue: "${queue}" }, { queue: true }]\n`);
    expect(status).to.equal(0);
    expect(stderr).to.equal(
      `tenants.yaml:2:11: warning: in stack "prod", whose "encryption" is kms: the key of the queue "${queue}" is not known here; ` +
        "if it has one, the key's policy has to let sns.amazonaws.com use it\n",
    );
  });

  it("exits with 1 and one line for each setting that nobody reads", async () => {
    writeStack(
      "field",
      `${settings}  sftp-gateway:securityPolicyName: TransferSecurityPolicy-FIPS-2025-03
  sftp-gateway:customHostname: sftp.partner.example
  sftp-gateway:alarmEmial: ops@acme.example
`,
    );
    const { status, stdout, stderr } = await check(fine);
    expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "1 tenant, 3 stacks, 3 errors\n" });
    const place = "Pulumi.field.yaml";
    expect(stderr.split("\n").map((line) => line.replace(/known here: .*/, "known here: ..."))).to.deep.equal([
      `${place}:6:3: error: unknown setting "sftp-gateway:securityPolicyName"; did you mean "sftp-gateway:securityPolicy"?`,
      `${place}:7:3: error: unknown setting "sftp-gateway:customHostname"; did you mean "sftp-gateway:hostname"?`,
      `${place}:8:3: error: unknown setting "sftp-gateway:alarmEmial"; did you mean "sftp-gateway:alarmEmail"?`,
      "",
    ]);
    expect((await check(fine, "--stack", "dev")).status).to.equal(0);
  });

  it("annotates the stack file, and names it in JSON", async () => {
    writeStack("prod", settings.replace("14", "31"));
    const message = /^"sftp-gateway:logRetentionDays" is 31; CloudWatch Logs keeps logs for 1, 3, 5, .* 3653 days$/;
    const { stdout } = await check(fine, "--format", "github");
    const [, about = ""] = /^::error file=Pulumi\.prod\.yaml,line=4,col=34::(.*)$/m.exec(stdout) ?? [];
    expect(about).to.match(message);
    const { problems } = JSON.parse((await check(fine, "--format", "json")).stdout) as {
      problems: { message: string }[];
    };
    expect(problems).to.have.length(1);
    expect(problems[0]).to.deep.include({ file: "Pulumi.prod.yaml", line: 4, column: 34, tenant: null });
    expect(problems[0]?.message).to.match(message);
  });

  it("reads the tenants file of each stack, unless it is given another one", async () => {
    project.write("partners.yaml", wrongFile);
    writeStack("prod", `${settings}  sftp-gateway:tenantsFile: partners.yaml\n`);
    expect(await check(fine)).to.deep.equal({
      status: 1,
      stdout: "tenants.yaml: 1 tenant, 1 stack, no problems\npartners.yaml: 1 stack, 2 errors\n",
      stderr: `${keylessLine}\n${wrongLine}\n`.replaceAll("tenants.yaml", "partners.yaml"),
    });
    expect((await check(fine, "--tenants", "tenants.yaml")).stdout).to.equal(
      "tenants.yaml: 1 tenant, 2 stacks, no problems\n",
    );
  });

  it("places a tenants file that there is not where the stack names it", async () => {
    writeStack("prod", `${settings}  sftp-gateway:tenantsFile: nope.yaml\n`);
    expect(await check(fine)).to.deep.equal({
      status: 1,
      stdout: "1 tenant, 2 stacks, 1 error\n",
      stderr:
        'Pulumi.prod.yaml:6:29: error: "sftp-gateway:tenantsFile" is "nope.yaml"; there is no such file in the project\n',
    });
  });

  it("tells a misspelt way of logging in, and nothing of the tenants that only another one would refuse", async () => {
    writeStack("dev", `${settings}  sftp-gateway:identityprovider: lambda\n`);
    const { status, stderr } = await check(`${fine}    environments: [dev]\n    password: true\n`);
    expect(status).to.equal(1);
    expect(stderr).to.equal(
      'Pulumi.dev.yaml:6:3: error: unknown setting "sftp-gateway:identityprovider"; did you mean "sftp-gateway:identityProvider"?\n',
    );
  });

  it("refuses what a stack's way of logging in does not know, with the places of tenant and setting", async () => {
    writeStack("dev", `${settings}  sftp-gateway:identityProvider: lambda\n  sftp-gateway:authentication: PASSWORD\n`);
    writeStack("prod", `${settings}  sftp-gateway:identityProvider: service-managed\n`);
    const { status, stderr } = await check(`${fine}    password: true\n  - name: globex\n    environments: [dev]\n`);
    expect(status).to.equal(1);
    expect(stderr.split("\n")).to.deep.equal([
      'tenants.yaml:4:15: error: "password" is true, and no password opens prod ("identityProvider" is service-managed, ' +
        'Pulumi.prod.yaml:6:3); leave it out, say "environments: [dev]", or change the setting',
      'tenants.yaml:5:11: error: tenant "globex" has no password and could not log in to dev ("authentication" is PASSWORD, ' +
        'Pulumi.dev.yaml:7:3); say "password: true", or "state: suspended"',
      "",
    ]);
    expect((await check(`${fine}    password: true\n`, "--stack", "dev")).status).to.equal(0);
  });

  it("refuses the permissions boundary of another stack", async () => {
    const boundaryOf = (stack: string) =>
      `${settings}  sftp-gateway:permissionsBoundary: arn:aws:iam::123456789012:policy/sftp-gateway-${stack}-boundary\n`;
    writeStack("staging", boundaryOf("prod"));
    expect(await check(fine)).to.deep.equal({
      status: 1,
      stdout: "1 tenant, 3 stacks, 1 error\n",
      stderr:
        'Pulumi.staging.yaml:6:37: error: "sftp-gateway:permissionsBoundary" is the boundary of the stack "prod", beyond which ' +
        'no role of this one could do anything; its own is called "sftp-gateway-staging-boundary", the output BoundaryArn of ' +
        "its roles (docs/GITOPS.md)\n",
    });
    for (const own of ["staging", "of-the-company"]) {
      writeStack("staging", boundaryOf(own));
      expect((await check(fine)).status, own).to.equal(0);
    }
  });

  it("reads the list of the workflows' environments, where there is one", async () => {
    mkdirSync(join(project.directory, "deploy"));
    project.write("deploy/environments.json", '[{ "stack": "dev" }]\n');
    expect((await check(fine)).stdout).to.equal("tenants.yaml: 1 tenant, 2 stacks, no problems\n");
    project.write("deploy/environments.json", '[{ "stack": "dev" }, { "stack": "prod", "aproval": true }]\n');
    expect(await check(fine)).to.deep.equal({
      status: 1,
      stdout: "tenants.yaml: 1 tenant, 2 stacks, no problems\ndeploy/environments.json: 1 error\n",
      stderr: 'deploy/environments.json:1:41: error: unknown key "aproval"; did you mean "approval"?\n',
    });
  });

  it("tells once what Pulumi.yaml says wrong to every stack", async () => {
    project.write("Pulumi.yaml", "name: sftp-gateway\nconfig:\n  aws:region: eu-central-1\n  motto: none\n");
    const { stdout, stderr } = await check(fine);
    expect(stdout).to.equal("1 tenant, 2 stacks, 1 error\n");
    expect(stderr).to.match(/^Pulumi\.yaml:4:3: error: unknown setting "sftp-gateway:motto"; known here: .*\n$/);
  });

  it("refuses a stack whose resources would have names that AWS does not take", async () => {
    writeStack("Staging", settings);
    writeStack("a-stack-with-a-name-that-goes-on-and-on", settings);
    const { status, stderr } = await check(fine);
    expect(status).to.equal(1);
    expect(stderr.split("\n")).to.deep.equal([
      'Pulumi.Staging.yaml:1:1: error: the name prefix "sftp-gateway-Staging" makes the bucket name ' +
        '"sftp-gateway-Staging-123456789012"; S3 wants lower-case letters, digits and hyphens (S3 User Guide, "General ' +
        'purpose bucket naming rules"): choose a stack name that holds nothing else',
      "Pulumi.a-stack-with-a-name-that-goes-on-and-on.yaml:1:1: error: the name of the EventBridge rule " +
        '"sftp-gateway-a-stack-with-a-name-that-goes-on-and-on-partial-uploads" has 68 characters; AWS takes 64 ' +
        "(EventBridge API reference, PutRule): choose a stack name that is shorter by 4",
      "",
    ]);
  });

  it("refuses a stack whose name continues another's, whichever of the two is looked at", async () => {
    writeStack("dev-2", settings);
    const refusal =
      'Pulumi.dev-2.yaml:1:1: error: the stack "dev-2" continues the name of the stack "dev" with a hyphen: a policy for ' +
      '"sftp-gateway-dev-*" holds for this stack too; before it is deployed, rename it: pulumi ' +
      "stack rename dev2 -s dev-2, and this file with it (the names in AWS follow, so that a renamed stack is replaced)\n";
    for (const flags of [[], ["--stack", "dev"], ["--stack", "dev-2"]]) {
      const { status, stderr } = await check(fine, ...flags);
      expect({ status, stderr }).to.deep.equal({ status: 1, stderr: refusal });
    }
    expect((await check(fine, "--stack", "prod")).status).to.equal(0);
  });
});
