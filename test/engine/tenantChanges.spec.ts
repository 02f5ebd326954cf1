import { createHash } from "node:crypto";
import { expect } from "chai";
import { discrepancies } from "../fixtures/driver/comparison";
import { Project } from "../fixtures/driver/project";
import type { Stack } from "../fixtures/driver/stack";
import { publicKey, tenantEntry, tenantsFile, type TenantEntry } from "../fixtures/driver/tenants";

const user = "aws:transfer/user:User";
const key = "aws:transfer/sshKey:SshKey";
const bucket = "sftp-gateway-dev-123456789012";

/** A change for one tenant or two. What is done for them has their mark in its name, and nothing else has. */
interface Change {
  readonly mark: string;
  readonly before: readonly TenantEntry[];
  readonly after: readonly TenantEntry[];
  /** What is done, sorted. */
  readonly steps: readonly string[];
}

const narrowed = tenantEntry("narrowed");
const suspended = tenantEntry("suspended", { retentionDays: 30 });
const renamed = tenantEntry("renamed", { userName: "renamed_batch" });
const relocated = tenantEntry("relocated", { userName: "relocated_batch" });
const [first, second] = [tenantEntry("swapped-first"), tenantEntry("swapped-second")];

/** All of them are deployed in one `up`. */
const changes: Readonly<Record<string, Change>> = {
  "creates a new tenant's user and key": {
    mark: "newcomer",
    before: [],
    after: [tenantEntry("newcomer")],
    steps: [`create ${keyOf("newcomer")}`, `create ${user} gateway-newcomer`],
  },
  "creates what hears of a new tenant's uploads and of its silence": {
    mark: "umbrella",
    before: [],
    after: [tenantEntry("umbrella", { notify: [{ queue: true }], expectEvery: "24h" })],
    steps: [
      "create aws:cloudwatch/metricAlarm:MetricAlarm gateway-dlq-tenant-umbrella",
      "create aws:cloudwatch/metricAlarm:MetricAlarm gateway-silent-umbrella",
      "create aws:sns/topicSubscription:TopicSubscription gateway-tenant-umbrella",
      "create aws:sqs/queue:Queue gateway-dlq-tenant-umbrella",
      "create aws:sqs/queue:Queue gateway-tenant-umbrella",
      "create aws:sqs/queuePolicy:QueuePolicy gateway-dlq-tenant-umbrella",
      "create aws:sqs/queuePolicy:QueuePolicy gateway-tenant-umbrella",
      `create ${keyOf("umbrella")}`,
      `create ${user} gateway-umbrella`,
    ],
  },
  "creates the key that is added and deletes the one that is removed": {
    mark: "rotated",
    before: [tenantEntry("rotated")],
    after: [tenantEntry("rotated", { sshKeys: [publicKey("another laptop")] })],
    steps: [`create ${keyOf("another laptop", "rotated")}`, `delete ${keyOf("rotated")}`],
  },
  "updates the user whose access changes": {
    mark: "narrowed",
    before: [narrowed],
    after: [{ ...narrowed, access: "read-only" }],
    steps: [`update ${user} gateway-narrowed`],
  },
  "deletes the user and the keys of a tenant that is suspended": {
    mark: "suspended",
    before: [suspended],
    after: [{ ...suspended, state: "suspended" }],
    steps: [`delete ${keyOf("suspended")}`, `delete ${user} gateway-suspended`],
  },
  "deletes the user and the keys of a tenant that is removed": {
    mark: "removed",
    before: [tenantEntry("removed")],
    after: [],
    steps: [`delete ${keyOf("removed")}`, `delete ${user} gateway-removed`],
  },
  "replaces the user of a tenant whose userName changes": {
    mark: "renamed",
    before: [renamed],
    after: [{ ...renamed, userName: "renamed_nightly" }],
    steps: [
      `create ${keyOf("renamed", "renamed_nightly")}`,
      `create ${user} gateway-renamed_nightly`,
      `delete ${keyOf("renamed", "renamed_batch")}`,
      `delete ${user} gateway-renamed_batch`,
    ],
  },
  "moves the folder of a tenant whose name changes and keeps its user": {
    mark: "relocated",
    before: [relocated],
    after: [{ ...relocated, name: "relocated-gmbh" }],
    steps: [`update ${user} gateway-relocated_batch`],
  },
  "updates both users when two tenants swap their userNames, and moves their keys": {
    mark: "swapped",
    before: [first, second],
    after: [
      { ...first, userName: "swapped-second" },
      { ...second, userName: "swapped-first" },
    ],
    steps: [
      `create ${keyOf("swapped-first", "swapped-second")}`,
      `create ${keyOf("swapped-second", "swapped-first")}`,
      `delete ${keyOf("swapped-first")}`,
      `delete ${keyOf("swapped-second")}`,
      `update ${user} gateway-swapped-first`,
      `update ${user} gateway-swapped-second`,
    ].sort(),
  },
};

describe("a change of tenants.yaml", () => {
  const acme = tenantEntry("acme");
  const tenants = [acme, ...Object.values(changes).flatMap(({ after }) => after)];
  let project: Project;
  let dev: Stack;
  let steps: readonly string[];
  let restore: () => void;

  before(async () => {
    project = Project.create();
    dev = project.stack("dev");
    await dev.init();
    await deploy([acme, ...Object.values(changes).flatMap((change) => change.before)]);
    project.service.setObjects(bucket, ["tenants/removed/order.csv", "tenants/suspended/order.csv"]);
    steps = await deploy(tenants);
    restore = project.snapshot();
  });

  after(() => project.remove());

  /** Deploys the tenants and gives the steps; afterwards AWS and the state must agree. */
  async function deploy(entries: readonly TenantEntry[]): Promise<readonly string[]> {
    project.write("tenants.yaml", tenantsFile(entries));
    return deployAsIs();
  }

  async function deployAsIs(...options: string[]): Promise<readonly string[]> {
    const run = await dev.up(...options);
    expect(run.errors).to.deep.equal([]);
    expect(discrepancies(project.service, dev.state().resources)).to.deep.equal([]);
    return run.steps;
  }

  describe("for several tenants", () => {
    for (const [what, { mark, steps: expected }] of Object.entries(changes)) {
      it(what, () => {
        expect(steps.filter((step) => step.includes(mark))).to.deep.equal(expected);
      });
    }

    it("touches nobody and nothing else", () => {
      const marks = Object.values(changes).map(({ mark }) => mark);
      expect(steps.filter((step) => !marks.some((mark) => step.includes(mark)))).to.deep.equal([]);
    });

    it("keeps the files of tenants that are suspended or removed", () => {
      const files = project.service.objectsOf(bucket);
      expect(files).to.have.members(["tenants/removed/order.csv", "tenants/suspended/order.csv"]);
    });
  });

  describe("afterwards", () => {
    beforeEach(() => restore());

    it("adds a rule to the bucket's lifecycle for a new tenant with retention", async () => {
      expect(await deploy([...tenants, tenantEntry("orderly", { retentionDays: 7 })])).to.deep.equal([
        `create ${keyOf("orderly")}`,
        `create ${user} gateway-orderly`,
        "update aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration gateway",
      ]);
    });

    it("touches nothing when tenants stand in another order and a key has another comment", async () => {
      const commented = { ...acme, sshKeys: [`${publicKey("acme")} new comment`] };
      expect(await deploy([...tenants.slice(1).reverse(), commented])).to.deep.equal([]);
    });

    it("rewrites every user and nothing else when the template of session policies changes", async () => {
      project.patch(
        "access/documents.ts",
        "return withKeyUse(landing, accessDocument(landing, grants));",
        'return { ...withKeyUse(landing, accessDocument(landing, grants)), Id: "changed" };',
      );
      const users = project.service
        .all(user)
        .map(({ inputs }) => `update ${user} gateway-${String(inputs["userName"])}`);
      expect(users).to.have.length(tenants.filter(({ state }) => state !== "suspended").length);
      expect(await deployAsIs()).to.deep.equal(users.sort());
    });

    it("is put back by the next up when someone has changed a user by hand", async () => {
      const { service } = project;
      const stored = service.all(user).find(({ inputs }) => inputs["userName"] === "acme");
      expect(stored).not.to.equal(undefined);
      service.put({
        ...stored!,
        inputs: { ...stored!.inputs, homeDirectoryMappings: [{ entry: "/", target: "/b/tenants" }] },
      });
      expect(await deployAsIs("--refresh")).to.deep.equal([`update ${user} gateway-acme`]);
    });
  });
});

/** The step's end for a key of `publicKey(owner)`, which is named by its fingerprint as `ssh-keygen -l` prints it. */
function keyOf(owner: string, userName = owner): string {
  const blob = Buffer.from(publicKey(owner).split(" ")[1] ?? "", "base64");
  const fingerprint = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return `${key} gateway-${userName}-SHA256:${fingerprint}`;
}
