import { expect } from "chai";
import { Project } from "../fixtures/driver/project";
import type { Stack } from "../fixtures/driver/stack";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

/** What deploy/plan prints for a stack of the copy. */
function planOf(project: Project, stack: string): string {
  const { code, output } = project.type(`deploy/plan ${stack} 2>plan.errors || { cat plan.errors; exit 1; }`);
  expect(code, output).to.equal(0);
  return output;
}

describe("the plan of the gateway", () => {
  let project: Project;
  let prod: Stack;

  before(async () => {
    project = Project.create();
    project.write("tenants.yaml", tenantsFile([tenantEntry("acme")]));
    prod = project.stack("prod");
    await prod.init();
    expect((await prod.up()).errors).to.deep.equal([]);
  });

  after(() => project.remove());

  it("is empty when nothing would be done", () => {
    expect(planOf(project, "prod")).to.equal("");
  });

  it("shows all that is no longer protected, though nothing changes at AWS", async () => {
    await prod.setConfig("sftp-gateway:protect", "false");
    const lines = planOf(project, "prod").trimEnd().split("\n");
    const unprotected = lines.filter((line) => line.startsWith("! "));
    expect(unprotected.map((line) => line.replace(/ [0-9a-f]{16}$/, ""))).to.have.members([
      "! aws:ec2/eip:Eip gateway-zone-1 same [protect: true -> none] (is no longer protected)",
      "! aws:ec2/eip:Eip gateway-zone-2 same [protect: true -> none] (is no longer protected)",
      "! aws:kms/alias:Alias gateway same [protect: true -> none] (is no longer protected)",
      "! aws:kms/key:Key gateway same [protect: true -> none] (is no longer protected)",
      "! aws:s3/bucket:Bucket gateway update [forceDestroy: false -> true, protect: true -> none] (is no longer protected)",
      "! aws:transfer/server:Server gateway same [protect: true -> none] (is no longer protected)",
    ]);
  });

  it("is what is deployed, and all of it", () => {
    const { code, output } = project.type("deploy/plan prod >approved && deploy/apply prod approved");
    expect(code, output).to.equal(0);
    expect(prod.state().resources.filter(({ protect }) => protect)).to.deep.equal([]);
    expect(planOf(project, "prod")).to.equal("");
  });
});

/** Each option that a queue of that name gets, and how the plan shows it. */
const options = [
  ["protect", "protect: true", "protect: none -> true"],
  ["retain", "retainOnDelete: true", "retainOnDelete: none -> true"],
  ["provider", "provider: other", "provider"],
  ["dependencies", "dependsOn: [topic]", "dependencies"],
  ["deletedWith", "deletedWith: topic", "deletedWith"],
  ["ignore", 'ignoreChanges: ["name"]', 'ignoreChanges: none -> ["name"]'],
  ["replace", 'replaceOnChanges: ["name"]', 'replaceOnChanges: none -> ["name"]'],
  ["secret", 'additionalSecretOutputs: ["url"]', 'additionalSecretOutputs: none -> ["url"]'],
  ["timeouts", 'customTimeouts: { create: "5m" }', "customTimeouts"],
] as const;

/** A small program with a queue for each option, and one more. */
function program({
  given = false,
  queue = 'new aws.sqs.Queue("queue", { name: "queue" });',
  secret = "hunter2",
  more = "",
}) {
  const queues = options.map(
    ([name, option]) => `new aws.sqs.Queue("${name}", { name: "${name}" }, { ${given ? option : ""} });`,
  );
  return `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
const other = new aws.Provider("other", { region: "eu-central-1" });
const topic = new aws.sns.Topic("topic", { name: "topic" });
const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
${queues.join("\n")}
${queue}
new pulumi.Stash("stash", { input: { value: pulumi.secret("${secret}") } });
${more}
`;
}

describe("a plan", () => {
  let project: Project;
  let dev: Stack;

  before(async () => {
    project = Project.create();
    project.write("index.ts", program({}));
    dev = project.stack("dev");
    await dev.init();
    // As docs/GITOPS.md and the message about the missing key say.
    const key = project.type("head -c 32 /dev/urandom | base64 | npx pulumi config set --secret deploy:planKey -s dev");
    expect(key.code, key.output).to.equal(0);
    expect((await dev.up()).errors).to.deep.equal([]);
  });

  after(() => project.remove());

  const planFor = (changes: Parameters<typeof program>[0]) => {
    project.write("index.ts", program(changes));
    return planOf(project, "dev");
  };

  it("shows each option that changes, though nothing changes at AWS", () => {
    const lines = planFor({ given: true }).trimEnd().split("\n");
    expect(lines).to.have.length(options.length);
    for (const [name, , shown] of options) {
      const line = lines.find((one) => one.includes(`aws:sqs/queue:Queue ${name} `));
      expect(line, name).to.include(` same [${shown}`);
    }
  });

  it("shows that a queue gets another parent, which makes it another one", () => {
    const plan = planFor({ queue: 'new aws.sqs.Queue("queue", { name: "queue" }, { parent });' });
    expect(plan).to.match(/^! aws:sqs\/queue:Queue queue delete \(what it holds is lost\) [0-9a-f]{16}$/m);
    expect(plan).to.match(/^aws:sqs\/queue:Queue queue create [0-9a-f]{16}$/m);
  });

  it("shows that a queue is known by another name, though nothing changes at AWS", () => {
    const plan = planFor({
      queue: 'new aws.sqs.Queue("renamed", { name: "queue" }, { aliases: [{ name: "queue" }] });',
    });
    expect(plan).to.match(/^aws:sqs\/queue:Queue renamed same \[aliases, urn\] [0-9a-f]{16}\n$/);
  });

  it("tells a queue that is deleted before its successor is made from one that is deleted after", () => {
    const [after, before] = ["", "deleteBeforeReplace: true"].map((option) =>
      planFor({ queue: `new aws.sqs.Queue("queue", { name: "renamed" }, { ${option} });` }),
    );
    const [line = ""] = after?.split("\n") ?? [];
    expect(line.replace(/ [0-9a-f]{16}$/, "")).to.equal(
      '! aws:sqs/queue:Queue queue replace [name: "queue" -> "renamed"] (what it holds is lost)',
    );
    expect(before).not.to.equal(after);
  });

  it("shows a change of the stack's outputs alone", () => {
    const plan = planFor({ more: "export const endpoint = 4;" });
    expect(plan).to.match(/^pulumi:pulumi:Stack sftp-gateway-dev same \[outputs\.endpoint\] [0-9a-f]{16}\n$/);
  });

  it("tells secrets apart without showing them, and is the same for the same one", () => {
    const [first, again, second] = ["hunter3", "hunter3", "hunter4"].map((secret) => planFor({ secret }));
    expect(first).to.match(/^pulumi:index:Stash stash update \[input\] [0-9a-f]{16}\n$/);
    expect(again).to.equal(first);
    expect(second).not.to.equal(first).and.not.to.include("hunter");
  });

  it("is refused where a policy is broken, and says which", () => {
    project.write("index.ts", program({ more: 'new aws.transfer.Server("server", { protocols: ["SFTP", "FTP"] });' }));
    const { code, output } = project.type("deploy/plan dev");
    expect(code).to.equal(1);
    expect(output).to.include("transfer-server-has-no-ftp");
  });

  it("is refused where a secret changes and the key is lost", async () => {
    project.write("index.ts", program({ secret: "hunter3" }));
    await dev.succeed(["config", "rm", "deploy:planKey", "--stack", "dev"]);
    const { code, output } = project.type("deploy/plan dev");
    expect(code).to.equal(1);
    expect(output).to.include("error: the stack has secrets, and no key to compare them by");
    expect(output).not.to.include("hunter");
  });
});
