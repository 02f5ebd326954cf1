import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { discrepancies } from "../fixtures/driver/comparison";
import { Project } from "../fixtures/driver/project";

const readme = readFileSync(resolve(__dirname, "../../README.md"), "utf8");
const section = /^## Deploy it$(.*?)^## /ms.exec(readme)?.[1] ?? "";
const commands = [...section.matchAll(/^```sh\n(.*?)^```/gms)]
  .flatMap(([, block = ""]) => block.trimEnd().split("\n"))
  .map((line) => line.replace(/\s+#.*$/, ""));

describe("the README's way to deploy", () => {
  let project: Project;

  before(() => {
    project = Project.create();
  });

  after(() => project.remove());

  it("begins where nothing exists, and has an update and the policy pack in it", () => {
    const withPolicies = ["preview", "up"].map((command) => `npx pulumi ${command} -s dev --policy-pack policy`);
    expect(commands).to.include.members(withPolicies);
    expect(commands.filter((command) => /pulumi (preview|up)\b/.test(command))).to.deep.equal(withPolicies);
  });

  for (const command of commands) {
    it(command, () => {
      const { code, output } = project.type(command);
      expect(code, output).to.equal(0);
    });
  }

  it("has deployed the tenants.yaml that this repository comes with", async () => {
    const dev = project.stack("dev");
    const { tenants } = await dev.outputs();
    expect(Object.keys(tenants as object)).to.deep.equal(["acme", "acme-corp", "meter-readings", "northwind"]);
    expect(discrepancies(project.service, dev.state().resources)).to.deep.equal([]);
    const shipped = readFileSync(resolve(__dirname, "../../tenants.yaml"), "utf8");
    expect(readFileSync(join(project.directory, "tenants.yaml"), "utf8")).to.equal(shipped);
  });
});
