import { join } from "node:path";
import { expect } from "chai";
import program from "../../index";
import { newKeyPair } from "../../local/ssh/keyPair";
import { awsxVpcType } from "../../synth/awsxVpc";
import { synthesise } from "../../synth/synthesise";
import { comparable, discrepancies, withoutChance } from "../fixtures/driver/comparison";
import { Project } from "../fixtures/driver/project";
import type { Run } from "../fixtures/driver/run";
import type { Stack } from "../fixtures/driver/stack";
import { publicKey, tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

const secret = "a-secret-that-only-the-provider-sees";

/** Everything that can hear of uploads; the function is an alias, which its permission has to name. */
const everyListener = [
  { queue: true, readers: ["arn:aws:iam::111122223333:role/orders"] },
  { queue: "arn:aws:sqs:eu-central-1:111122223333:orders" },
  { function: "arn:aws:lambda:eu-central-1:123456789012:function:orders:live" },
  { email: "orders@acme.example" },
  { https: "https://hooks.acme.example/uploads" },
];

describe("the first deployment of the stacks as they are committed", () => {
  let project: Project;
  let dev: Stack;
  let prod: Stack;
  const runs: Record<string, Run> = {};
  let previewed: readonly unknown[];

  before(async () => {
    project = Project.create();
    project.write(
      "tenants.yaml",
      tenantsFile(
        [
          tenantEntry("acme", {
            userName: "ACME_batch",
            retentionDays: 30,
            tags: { costCentre: "4711" },
            notify: everyListener,
            expectEvery: "24h",
          }),
          tenantEntry("globex", {
            access: undefined,
            folders: [
              { name: "inbox", access: "write-only" },
              { name: "outbox", access: "read-only" },
            ],
            spaces: [{ name: "catalogue", access: "read-only" }],
          }),
          tenantEntry("initech", { environments: ["prod"] }),
        ],
        { spaces: [{ name: "catalogue", notify: [{ queue: true }] }] },
      ),
    );
    dev = project.stack("dev");
    prod = project.stack("prod");
    await dev.init();
    await prod.init();
    await prod.setConfig("aws:secretKey", secret, "--secret");
    runs["preview"] = await dev.preview();
    previewed = project.service.inventory();
    runs["dev"] = await dev.up();
    runs["prod"] = await prod.up();
  });

  after(() => project.remove());

  it("is previewed as it then happens, without anything made", () => {
    expect(runs["preview"]?.errors).to.deep.equal([]);
    expect(runs["preview"]?.steps).to.deep.equal(runs["dev"]?.steps);
    expect(previewed).to.deep.equal([]);
  });

  for (const name of ["dev", "prod"]) {
    it(`creates in ${name} what synthesis says, with the same parents, protection and inputs`, async () => {
      expect(runs[name]?.errors).to.deep.equal([]);
      const { resources } = project.stack(name).state();
      expect(withoutChance(planned(comparable(resources)))).to.deep.equal(await synthesised(project, name));
    });
  }

  it("leaves nothing at AWS that the stacks do not know", () => {
    const resources = [...dev.state().resources, ...prod.state().resources];
    expect(discrepancies(project.service, resources)).to.deep.equal([]);
  });

  it("changes nothing when it is repeated", async () => {
    const { code, steps } = await dev.up();
    expect({ code, steps }).to.deep.equal({ code: 0, steps: [] });
  });

  it("agrees with what a refresh reads from AWS", async () => {
    const run = await prod.refresh("--expect-no-changes");
    expect(run.code, run.output).to.equal(0);
  });

  it("gives the stack outputs that other stacks rely on", async () => {
    const { tenants, serverId, ...rest } = await dev.outputs();
    const endpoint = `${String(serverId)}.server.transfer.eu-central-1.amazonaws.com`;
    expect(rest).to.include.all.keys(
      "endpoint",
      "hostKeyFingerprint",
      "bucketName",
      "loggingRoleArn",
      "logGroupName",
      "uploadsTopicArn",
    );
    expect(rest["endpoint"]).to.equal(endpoint);
    expect(rest["hostKeyFingerprint"]).to.match(/^SHA256:/);
    expect(rest["bucketName"]).to.equal("sftp-gateway-dev-123456789012");
    const { acme, globex, ...others } = tenants as Record<string, Record<string, unknown>>;
    expect(others).to.deep.equal({});
    expect(acme).to.deep.include({
      userName: "ACME_batch",
      access: "read-write",
      homeDirectory: "/",
      prefixes: ["tenants/acme/"],
      command: `sftp ACME_batch@${endpoint}`,
    });
    expect(globex).to.deep.include({
      access: "folders",
      homeDirectory: "/",
      prefixes: ["shared/catalogue/", "tenants/globex/inbox/", "tenants/globex/outbox/"],
    });
  });

  it("gives prod the addresses and the host name that partners ask for, and with a host key its line", async () => {
    const hostKey = newKeyPair("prod");
    await prod.setConfig("sftp-gateway:hostKey", hostKey.privateKey, "--secret");
    await prod.setConfig("sftp-gateway:hostKeyPublic", hostKey.publicKey);
    const run = await prod.up();
    expect(run.errors).to.deep.equal([]);
    expect(run.steps).to.deep.equal(["update aws:transfer/server:Server gateway"]);
    const { addresses, hostname, endpoint, knownHosts } = await prod.outputs();
    expect(addresses).to.have.members(
      project.service.all("aws:ec2/eip:Eip").map(({ computed }) => computed["publicIp"]),
    );
    expect(hostname).to.equal("sftp.gateway.example");
    expect(knownHosts).to.equal(
      [hostname, endpoint, ...(addresses as string[])].map((name) => `${String(name)} ${hostKey.publicKey}`).join("\n"),
    );
  });

  it("can be read by another stack through a StackReference", async () => {
    const consumer = await project.otherProgram("consumer", consumerProgram);
    const run = await consumer.up();
    expect(run.errors).to.deep.equal([]);
    expect(await consumer.outputs()).to.deep.equal({
      bucketName: "sftp-gateway-dev-123456789012",
      userNames: ["ACME_batch", "globex"],
    });
  });

  it("keeps secrets out of the state", () => {
    const { text } = prod.state();
    expect(text).to.include('"secretKey"');
    expect(text).not.to.include(secret);
    expect(text).not.to.include("PRIVATE KEY");
  });

  it("has the keys without their comments in the state", () => {
    const { text } = dev.state();
    expect(text).to.include(publicKey("acme"));
    expect(text).not.to.include(`${publicKey("acme")} acme`);
  });
});

const consumerProgram = `
import * as pulumi from "@pulumi/pulumi";

const gateway = new pulumi.StackReference("organization/sftp-gateway/dev");
export const bucketName = gateway.requireOutput("bucketName");
export const userNames = gateway
  .requireOutput("tenants")
  .apply((tenants) => Object.values(tenants).map(({ userName }) => userName).sort());
`;

interface Planned {
  readonly urn: string;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
}

/**
 * What synthesis and the state both say of a resource. Of awsx's component the state keeps no inputs, and only the component's
 * own process tells the engine what hangs on its parts.
 */
function planned(resources: readonly Planned[]): Planned[] {
  return resources.map(({ urn, parent = "", protect = false, inputs = {}, dependencies = [] }) => ({
    urn,
    parent,
    protect,
    inputs: urn.includes(`$${awsxVpcType}::`) ? {} : withoutCode(inputs),
    dependencies: dependencies.filter((dependency) => !dependency.includes(`$${awsxVpcType}$`)),
  }));
}

/** A function's archive: the engine and synthesis hash it each in a way of its own. */
function withoutCode({ code: _, ...inputs }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return inputs;
}

async function synthesised(project: Project, stack: string): Promise<Planned[]> {
  const { resources } = await synthesise({
    directory: project.directory,
    stack,
    overrides: { "sftp-gateway:tenantsFile": join(project.directory, "tenants.yaml") },
    program,
  });
  return withoutChance(
    planned(
      resources.map(({ dependsOn, parent, ...resource }) => ({
        ...resource,
        parent: parent ?? "",
        dependencies: dependsOn,
      })),
    ),
  );
}
