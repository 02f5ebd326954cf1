import { expect } from "chai";
import { discrepancies } from "../fixtures/driver/comparison";
import { Project } from "../fixtures/driver/project";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

describe("a stack that was deployed without a permissions boundary", () => {
  let project: Project;
  before(() => (project = Project.create()));
  after(() => project.remove());

  it("gets it on each of its roles in place, and loses it in place", async () => {
    project.write("tenants.yaml", tenantsFile([tenantEntry("acme")]));
    const dev = project.stack("dev");
    await dev.init();
    expect((await dev.up()).errors).to.deep.equal([]);
    const roles = ["logging", "on-upload", "read-delete", "read-only", "read-write", "write-only"];
    for (const boundary of ["arn:aws:iam::123456789012:policy/sftp-gateway-dev-boundary", ""]) {
      await dev.setConfig("sftp-gateway:permissionsBoundary", boundary);
      const { errors, steps } = await dev.up();
      expect(errors).to.deep.equal([]);
      expect(steps).to.deep.equal(roles.map((role) => `update aws:iam/role:Role gateway-${role}`));
      expect(discrepancies(project.service, dev.state().resources)).to.deep.equal([]);
    }
  });
});
