import { expect } from "chai";
import { discrepancies } from "../fixtures/driver/comparison";
import { Project } from "../fixtures/driver/project";
import type { Run } from "../fixtures/driver/run";
import type { Stack } from "../fixtures/driver/stack";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

const kinds = ["create", "update", "delete", "replace"] as const;

/** How many resources a run made, changed, deleted and replaced. */
function counts({ steps }: Run): Record<(typeof kinds)[number], number> {
  const ofKind = (kind: string) => steps.filter((step) => step.startsWith(`${kind} `) || step.startsWith(`${kind}-`));
  return Object.fromEntries(kinds.map((kind) => [kind, ofKind(kind).length])) as Record<(typeof kinds)[number], number>;
}

const ofKey = ({ steps }: Run) => steps.filter((step) => step.includes("aws:kms/"));

describe("a stack whose encryption changes", () => {
  let project: Project;
  before(() => (project = Project.create()));
  after(() => project.remove());

  async function deployed(name: string): Promise<Stack> {
    project.write("tenants.yaml", tenantsFile([tenantEntry("acme")]));
    const stack = project.stack(name);
    await stack.init();
    expect((await stack.up()).errors).to.deep.equal([]);
    return stack;
  }

  it("gets a key and puts all under it in place, and gives it up in place where nothing is protected", async () => {
    const dev = await deployed("dev");
    for (const [encryption, steps] of [
      ["kms", ["create aws:kms/alias:Alias gateway", "create aws:kms/key:Key gateway"]],
      ["s3", ["delete aws:kms/alias:Alias gateway", "delete aws:kms/key:Key gateway"]],
    ] as const) {
      await dev.setConfig("sftp-gateway:encryption", encryption);
      const run = await dev.up();
      expect(run.errors).to.deep.equal([]);
      expect(ofKey(run).sort()).to.deep.equal(steps);
      const { create, delete: deleted, update, replace } = counts(run);
      const isOn = encryption === "kms";
      // Key, alias, and the component that they hang under.
      expect({ create, deleted, replace }).to.deep.equal({ create: isOn ? 3 : 0, deleted: isOn ? 0 : 3, replace: 0 });
      expect(update, "updates").to.be.greaterThan(15);
      expect(discrepancies(project.service, dev.state().resources)).to.deep.equal([]);
      expect((await dev.up()).steps).to.deep.equal([]);
    }
  });

  it("keeps a protected key, whoever takes it away, and everything as it was", async () => {
    const prod = await deployed("prod");
    const before = project.service.inventory();
    await prod.setConfig("sftp-gateway:encryption", "s3");
    // As an update does that is not told to skip its preview.
    const run = await prod.preview();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(/aws:kms\/(key:Key|alias:Alias)::gateway.*cannot be deleted.*because it is protected/s);
    expect(project.service.inventory()).to.deep.equal(before);
    // One that skips it begins, stops at the key, and is mended by the setting of before.
    expect((await prod.up()).code).not.to.equal(0);
    expect(project.service.all("aws:kms/key:Key")).to.have.length(1);
    await prod.setConfig("sftp-gateway:encryption", "kms");
    expect((await prod.up()).errors).to.deep.equal([]);
    expect(project.service.inventory()).to.deep.equal(before);
  });
});
