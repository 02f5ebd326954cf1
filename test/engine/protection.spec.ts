import { expect } from "chai";
import { Project } from "../fixtures/driver/project";
import type { Stack } from "../fixtures/driver/stack";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

describe("a protected stack", () => {
  const bucket = "sftp-gateway-prod-123456789012";
  let project: Project;
  let prod: Stack;
  let restore: () => void;

  before(async () => {
    project = Project.create();
    project.write("tenants.yaml", tenantsFile([tenantEntry("acme")]));
    prod = project.stack("prod");
    await prod.init();
    expect((await prod.up()).errors).to.deep.equal([]);
    project.service.setObjects(bucket, ["tenants/acme/order.csv"]);
    restore = project.snapshot();
  });

  beforeEach(() => restore());
  after(() => project.remove());

  it("refuses to be destroyed, says why, and deletes nothing", async () => {
    const before = project.service.inventory();
    const run = await prod.destroy();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(/cannot be deleted.*\n?.*because it is protected/s);
    expect(project.service.inventory()).to.deep.equal(before);
  });

  it("is destroyed with its files after `protect: false` is deployed", async () => {
    await prod.setConfig("sftp-gateway:protect", "false");
    expect((await prod.up()).errors).to.deep.equal([]);
    const run = await prod.destroy();
    expect(run.errors).to.deep.equal([]);
    expect(project.service.inventory()).to.deep.equal([]);
    expect(prod.state().resources).to.deep.equal([]);
  });

  it("keeps its bucket while files are in it when only the state is unprotected", async () => {
    await prod.unprotect();
    const run = await prod.destroy();
    expect(run.errors.join()).to.include("BucketNotEmpty");
    expect(project.service.objectsOf(bucket)).to.deep.equal(["tenants/acme/order.csv"]);
  });
});
