import { expect } from "chai";
import { Project } from "../fixtures/driver/project";
import type { Stack } from "../fixtures/driver/stack";

describe("an invalid tenants.yaml", () => {
  let project: Project;
  let dev: Stack;

  before(async () => {
    project = Project.create();
    dev = project.stack("dev");
    await dev.init();
  });

  after(() => project.remove());

  it("fails the preview before any resource, with file, line and column of everything that is wrong", async () => {
    project.write("tenants.yaml", "tenants:\n  - name: acme\n    acess: read-only\n  - name: ACME corp\n");
    const run = await dev.preview();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(/tenants\.yaml:3:5: error: .*acess/);
    expect(run.output).to.match(/tenants\.yaml:4:11: error: .*ACME corp/);
    expect(run.steps.filter((step) => !step.includes("pulumi:pulumi:Stack"))).to.deep.equal([]);
    expect(run.output, "a stack trace").not.to.match(/^\s+at .*:\d+:\d+/m);
  });

  it("fails in the same way when there is no file", async () => {
    await dev.setConfig("sftp-gateway:tenantsFile", "missing.yaml");
    const run = await dev.up();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(/missing\.yaml:1:1: error: /);
    expect(project.service.inventory()).to.deep.equal([]);
  });
});
