import { expect } from "chai";
import { Project } from "../fixtures/driver/project";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

describe("tags for every resource", () => {
  let project: Project;
  before(() => (project = Project.create()));
  after(() => project.remove());

  it("reach the provider of every resource from the stack file, as the CLI writes them", async () => {
    project.write("tenants.yaml", tenantsFile([tenantEntry("acme")]));
    const dev = project.stack("dev");
    await dev.init();
    await dev.setConfig("aws:defaultTags.tags.costCentre", "partners", "--path");
    expect((await dev.up()).errors).to.deep.equal([]);
    const { resources } = dev.state();
    const providers = resources.filter(({ type }) => type === "pulumi:providers:aws");
    expect(providers.map(({ inputs }) => inputs?.["defaultTags"])).to.deep.equal([
      '{"tags":{"costCentre":"partners"}}',
    ]);
  });
});
