import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectDirectory } from "../components/gatewayStack";
import { ProjectCopy } from "../fixtures/projectCopy";
import { actionlint } from "./actionlint";
import { jobs, workflows } from "./workflow";

describe("a third environment", () => {
  let copy: ProjectCopy;

  before(() => {
    copy = new ProjectCopy();
    const settings = readFileSync(join(projectDirectory, "Pulumi.dev.yaml"), "utf8");
    writeFileSync(join(copy.directory, "Pulumi.staging-eu.yaml"), settings.replace("eu-central-1", "eu-west-1"));
    list([{ stack: "dev" }, { stack: "staging-eu" }, { stack: "prod", approval: true }]);
  });

  after(() => copy.remove());

  const list = (environments: unknown) =>
    writeFileSync(join(copy.directory, "deploy/environments.json"), JSON.stringify(environments));
  const run = () => copy.node("deploy/environments.ts");

  it("takes two places: with its stack file and its entry in the list, every workflow runs it", () => {
    const { stdout, stderr } = run();
    expect(stderr).to.equal("");
    const outputs = Object.fromEntries(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split("=") as [string, string]),
    );
    const dev = { stack: "dev", variables: "DEV", region: "eu-central-1" };
    const staging = { stack: "staging-eu", variables: "STAGING_EU", region: "eu-west-1" };
    const prod = { stack: "prod", variables: "PROD", region: "eu-central-1" };
    expect(JSON.parse(outputs["all"] ?? "")).to.deep.equal([dev, staging, prod]);
    expect(JSON.parse(outputs["unattended"] ?? "")).to.deep.equal([dev, staging]);
    expect(JSON.parse(outputs["approved"] ?? "")).to.deep.equal([prod]);
  });

  it("is known to the commands", () => {
    const { stdout, stderr } = copy.node("deploy/setting.ts", "staging-eu", "aws:region");
    expect({ stdout, stderr }).to.deep.equal({ stdout: "eu-west-1\n", stderr: "" });
  });

  it("leaves the workflows as they are, and actionlint content", function () {
    this.timeout(400_000);
    const linter = actionlint();
    if (linter === undefined) {
      this.skip();
    }
    const files = workflows.map(({ file }) => join(copy.directory, ".github/workflows", `${file}.yaml`));
    const { status, stdout } = spawnSync(linter, ["-no-color", ...files], { cwd: copy.directory, encoding: "utf8" });
    expect({ status, stdout }).to.deep.equal({ status: 0, stdout: "" });
  });

  it("is refused where it is not known, half written, or cannot be told from another", () => {
    list([{ stack: "qa" }]);
    expect(run().stderr).to.equal(
      'error: nothing is deployed:\ndeploy/environments.json:1:11: error: "qa" is not a stack of this project; there are dev, ' +
        "prod and staging-eu\n",
    );
    list([{ stack: "dev" }, { stack: "dev", approval: true }]);
    expect(run().stderr).to.include('"dev" has the same variables on GitHub as another stack');
    list([{ stack: "prod", aproval: true }]);
    const { status, stdout, stderr } = run();
    expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
    expect(stderr).to.include('deploy/environments.json:1:18: error: unknown key "aproval"; did you mean "approval"?');
  });
});

describe("the workflows' environments", () => {
  it("stand in one list: no workflow and no script names a stack or a region", () => {
    for (const { file, text } of workflows) {
      expect(text, file).not.to.match(/\b(dev|prod|DEV|PROD)\b|eu-central-1/);
    }
  });

  it("come from the list in every matrix", () => {
    const matrices = jobs.flatMap(([, { strategy }]) => (strategy?.matrix ? [strategy.matrix] : []));
    expect(matrices.filter(({ node }) => node === undefined).map(({ include }) => include)).to.have.members([
      "${{ fromJSON(needs.environments.outputs.unattended) }}",
      "${{ fromJSON(needs.environments.outputs.approved) }}",
      ...Array<string>(3).fill("${{ fromJSON(needs.environments.outputs.all) }}"),
    ]);
  });
});
