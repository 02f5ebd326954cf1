import { expect } from "chai";
import { Project } from "../fixtures/driver/project";
import type { Stack } from "../fixtures/driver/stack";

describe("examples/embedded, a program with two gateways", () => {
  let project: Project;
  let dev: Stack;

  before(async () => {
    project = Project.create();
    dev = project.example("embedded", "dev");
    await dev.init();
    expect((await dev.up()).errors).to.deep.equal([]);
  });

  after(() => project.remove());

  it("deploys a tenant of one name at each of them, with the access that each file gives it", () => {
    const { resources } = dev.state();
    const users = resources.filter(({ type }) => type === "aws:transfer/user:User");
    expect(
      users.map(({ urn, inputs }) => [urn.split("::").at(-1), String(inputs?.["role"]).split("/").at(-1)]),
    ).to.have.deep.members([
      ["suppliers-acme", "suppliers-dev-write-only"],
      ["customers-acme", "customers-dev-read-only"],
      ["customers-globex", "customers-dev-read-only"],
    ]);
    expect(new Set(users.map(({ inputs }) => inputs?.["serverId"])).size).to.equal(2);
  });

  it("changes what a transformation changes, at the one gateway alone", () => {
    const { resources } = dev.state();
    const days = resources
      .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")
      .map(({ urn, inputs }) => [urn.split("::").at(-1)?.startsWith("customers"), inputs?.["retentionInDays"]]);
    expect(days).to.deep.include.members([
      [true, 731],
      [false, 365],
    ]);
    expect(days).not.to.deep.include([false, 731]);
  });

  it("has nothing left to change", async () => {
    const run = await dev.preview();
    expect(run.errors).to.deep.equal([]);
    expect(run.steps).to.deep.equal([]);
  });

  it("is told in one place what is wrong with one of the files, and ends at once", async () => {
    project.write("examples/embedded/customers.yaml", "tenants:\n  - name: acme\n    acess: read-only\n");
    // A refusal that the engine does not take for one holds it up for about 43 s.
    const begun = Date.now();
    const run = await dev.preview();
    expect(Date.now() - begun).to.be.below(30_000);
    expect(run.code).not.to.equal(0);
    expect(run.output.match(/customers\.yaml:3:5: error: /g)).to.have.length(1);
  });
});
