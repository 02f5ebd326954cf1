import { expect } from "chai";
import { discrepancies } from "../fixtures/driver/comparison";
import { Project } from "../fixtures/driver/project";
import type { Stack } from "../fixtures/driver/stack";
import { publicKey, tenantEntry, tenantsFile, type TenantEntry } from "../fixtures/driver/tenants";

const user = "aws:transfer/user:User";
const key = "aws:transfer/sshKey:SshKey";
const lifecycle = "update aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration gateway";

describe("a change of tenants.yaml", () => {
  let project: Project;
  let dev: Stack;
  let fingerprints: Record<string, string>;
  let restore: () => void;

  const acme = tenantEntry("acme");
  const globex = tenantEntry("globex", { retentionDays: 30 });
  const initech = tenantEntry("initech", { userName: "INITECH_batch" });

  before(async () => {
    project = Project.create();
    project.write("tenants.yaml", tenantsFile([acme, globex, initech]));
    dev = project.stack("dev");
    await dev.init();
    const run = await dev.up();
    expect(run.errors).to.deep.equal([]);
    fingerprints = await keyFingerprints(dev);
    const bucket = "sftp-gateway-dev-123456789012";
    project.service.setObjects(bucket, ["tenants/acme/order.csv", "tenants/globex/order.csv"]);
    restore = project.snapshot();
  });

  beforeEach(() => restore());
  after(() => project.remove());

  /** Deploys the tenants and gives the steps; afterwards AWS and the state must agree. */
  async function deploy(...tenants: TenantEntry[]): Promise<readonly string[]> {
    project.write("tenants.yaml", tenantsFile(tenants));
    return deployAsIs();
  }

  async function deployAsIs(): Promise<readonly string[]> {
    const { errors, steps } = await dev.up();
    expect(errors).to.deep.equal([]);
    expect(discrepancies(project.service, (await dev.state()).resources)).to.deep.equal([]);
    return steps;
  }

  it("creates a new tenant's user and key and nothing else", async () => {
    const steps = await deploy(acme, globex, initech, tenantEntry("umbrella"));
    const fingerprint = (await keyFingerprints(dev))["umbrella"];
    expect(steps).to.deep.equal([`create ${key} gateway-umbrella-${fingerprint}`, `create ${user} gateway-umbrella`]);
  });

  it("adds a rule to the bucket's lifecycle for a new tenant with retention", async () => {
    const steps = await deploy(acme, globex, initech, tenantEntry("umbrella", { retentionDays: 7 }));
    expect(steps).to.have.length(3).and.to.include(lifecycle);
  });

  it("creates what hears of a new tenant's uploads and of its silence, and touches nobody else's", async () => {
    const umbrella = tenantEntry("umbrella", { notify: [{ queue: true }], expectEvery: "24h" });
    const steps = await deploy(acme, globex, initech, umbrella);
    expect(steps).to.deep.equal([
      "create aws:cloudwatch/metricAlarm:MetricAlarm gateway-dlq-tenant-umbrella",
      "create aws:cloudwatch/metricAlarm:MetricAlarm gateway-silent-umbrella",
      "create aws:sns/topicSubscription:TopicSubscription gateway-tenant-umbrella",
      "create aws:sqs/queue:Queue gateway-dlq-tenant-umbrella",
      "create aws:sqs/queue:Queue gateway-tenant-umbrella",
      "create aws:sqs/queuePolicy:QueuePolicy gateway-dlq-tenant-umbrella",
      "create aws:sqs/queuePolicy:QueuePolicy gateway-tenant-umbrella",
      `create ${key} gateway-umbrella-${(await keyFingerprints(dev))["umbrella"]}`,
      `create ${user} gateway-umbrella`,
    ]);
  });

  it("creates the key that is added and deletes the one that is removed", async () => {
    const steps = await deploy(tenantEntry("acme", { sshKeys: [publicKey("another laptop")] }), globex, initech);
    const added = (await keyFingerprints(dev))["acme"];
    expect(steps).to.deep.equal([
      `create ${key} gateway-acme-${added}`,
      `delete ${key} gateway-acme-${fingerprints["acme"]}`,
    ]);
  });

  it("updates the user whose access changes", async () => {
    expect(await deploy({ ...acme, access: "read-only" }, globex, initech)).to.deep.equal([
      `update ${user} gateway-acme`,
    ]);
  });

  it("deletes the user and the keys of a tenant that is suspended, and keeps its files", async () => {
    const steps = await deploy(acme, { ...globex, state: "suspended" }, initech);
    expect(steps).to.deep.equal([
      `delete ${key} gateway-globex-${fingerprints["globex"]}`,
      `delete ${user} gateway-globex`,
    ]);
    expect(project.service.objectsOf("sftp-gateway-dev-123456789012")).to.include("tenants/globex/order.csv");
  });

  it("deletes the user and the keys of a tenant that is removed, and keeps its files", async () => {
    const steps = await deploy(globex, initech);
    expect(steps).to.deep.equal([`delete ${key} gateway-acme-${fingerprints["acme"]}`, `delete ${user} gateway-acme`]);
    expect(project.service.objectsOf("sftp-gateway-dev-123456789012")).to.include("tenants/acme/order.csv");
  });

  it("replaces the user of a tenant whose userName changes", async () => {
    const steps = await deploy(acme, globex, { ...initech, userName: "INITECH_nightly" });
    expect(steps).to.deep.equal([
      `create ${key} gateway-INITECH_nightly-${fingerprints["initech"]}`,
      `create ${user} gateway-INITECH_nightly`,
      `delete ${key} gateway-INITECH_batch-${fingerprints["initech"]}`,
      `delete ${user} gateway-INITECH_batch`,
    ]);
  });

  it("moves the folder of a tenant whose name changes and keeps its user", async () => {
    const steps = await deploy(acme, globex, { ...initech, name: "initech-gmbh" });
    expect(steps).to.deep.equal([`update ${user} gateway-INITECH_batch`]);
  });

  it("updates both users when two tenants swap their userNames, and moves their keys", async () => {
    const steps = await deploy({ ...acme, userName: "INITECH_batch" }, globex, { ...initech, userName: "acme" });
    expect(steps.filter((step) => step.includes(user))).to.deep.equal([
      `update ${user} gateway-INITECH_batch`,
      `update ${user} gateway-acme`,
    ]);
    expect(steps).to.have.length(6);
  });

  it("touches nothing when tenants stand in another order", async () => {
    expect(await deploy(initech, acme, globex)).to.deep.equal([]);
  });

  it("touches nothing when a key's comment changes", async () => {
    expect(await deploy({ ...acme, sshKeys: [`${publicKey("acme")} new comment`] }, globex, initech)).to.deep.equal([]);
  });

  it("rewrites every user and nothing else when the template of session policies changes", async () => {
    project.patch(
      "access/documents.ts",
      "return accessDocument(landing, grants);",
      'return { ...accessDocument(landing, grants), Id: "changed" };',
    );
    expect(await deployAsIs()).to.deep.equal([
      `update ${user} gateway-INITECH_batch`,
      `update ${user} gateway-acme`,
      `update ${user} gateway-globex`,
    ]);
  });

  it("is put back by the next up when someone has changed a user by hand", async () => {
    const { service } = project;
    const stored = service.all(user).find(({ inputs }) => inputs["userName"] === "acme");
    expect(stored).not.to.equal(undefined);
    service.put({
      ...stored!,
      inputs: { ...stored!.inputs, homeDirectoryMappings: [{ entry: "/", target: "/b/tenants" }] },
    });
    const { errors, steps } = await dev.up("--refresh");
    expect(errors).to.deep.equal([]);
    expect(steps).to.deep.equal([`update ${user} gateway-acme`]);
    expect(discrepancies(project.service, (await dev.state()).resources)).to.deep.equal([]);
  });
});

async function keyFingerprints(stack: Stack): Promise<Record<string, string>> {
  const { tenants } = (await stack.outputs()) as { tenants: Record<string, { keyFingerprints: string[] }> };
  return Object.fromEntries(
    Object.entries(tenants).map(
      ([
        name,
        {
          keyFingerprints: [first = ""],
        },
      ]) => [name, first],
    ),
  );
}
