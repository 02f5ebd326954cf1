import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectDirectory } from "../components/gatewayStack";
import { pinnedVersion } from "../fixtures/cli";
import { actionlint } from "./actionlint";
import { jobs, workflowDirectory, workflows } from "./workflow";

/** The jobs that may call AWS, and those that may write to the repository; no job is both. */
const jobsWith = (permission: string, value: string) =>
  jobs.filter(([, job]) => job.permissions?.[permission] === value).map(([name]) => name);

describe("the workflows", () => {
  it("satisfy actionlint", function () {
    this.timeout(400_000);
    const linter = actionlint();
    if (linter === undefined) {
      this.skip();
    }
    const files = workflows.map(({ file }) => join(workflowDirectory, `${file}.yaml`));
    const { status, stdout } = spawnSync(linter, ["-no-color", ...files], { encoding: "utf8" });
    expect(stdout).to.equal("");
    expect(status).to.equal(0);
  });

  it("pin every action by commit and say which version that is", () => {
    for (const { file, text } of workflows) {
      for (const [line] of text.matchAll(/.*\buses:.*/g)) {
        expect(line, file).to.match(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      }
    }
  });

  it("use one commit of each action", () => {
    const pins = workflows.flatMap(({ text }) => [...text.matchAll(/uses: (\S+)@(\S+) #/g)]);
    const byAction = new Map(pins.map(([, action, commit]) => [action, commit]));
    expect(pins.filter(([, action, commit]) => byAction.get(action) !== commit)).to.deep.equal([]);
  });

  it("never run with the target's rights on a pull request's code", () => {
    for (const { on } of workflows) {
      expect(Object.keys(on)).not.to.include.members(["pull_request_target"]);
      expect(Object.keys(on)).not.to.include.members(["workflow_run"]);
    }
  });

  it("have no permission that a job does not ask for", () => {
    for (const { file, permissions } of workflows) {
      expect(permissions, file).to.deep.equal(file === "ci" ? { contents: "read" } : {});
    }
    expect(jobsWith("id-token", "write")).to.have.members([
      "deploy/dev",
      "deploy/plan",
      "deploy/prod",
      "nightly/drift",
      "nightly/retire",
      "pull-request/preview",
    ]);
    expect(jobsWith("pull-requests", "write")).to.deep.equal(["pull-request/comment"]);
    expect(jobsWith("issues", "write")).to.deep.equal(["nightly/issue"]);
    expect(jobsWith("contents", "write")).to.deep.equal([]);
  });

  it("hold no stored key, and give the token only to the steps that report", () => {
    for (const { file, text } of workflows) {
      expect(text, file).not.to.match(/secrets\.|ACCESS_KEY|ACCESS_TOKEN/);
    }
    const withToken = jobs.flatMap(([, { steps }]) => steps.filter(({ env }) => env?.["GITHUB_TOKEN"] !== undefined));
    for (const { run } of withToken) {
      expect(run).to.match(/^node -r \.\/cli\/typescript\.cjs deploy\/(comment|issue|running)\.ts /);
    }
    for (const [name, { steps }] of jobs.filter(([job]) => !job.startsWith("ci/"))) {
      const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      expect(
        checkouts.map((step) => step.with?.["persist-credentials"]),
        name,
      ).to.deep.equal([false]);
    }
  });

  it("give a fork neither credentials nor a comment", () => {
    for (const [name, job] of jobs.filter(([job]) => job.startsWith("pull-request/"))) {
      const writes = Object.values(job.permissions ?? {}).includes("write");
      if (writes) {
        expect(job.if, name).to.include("github.event.pull_request.head.repo.full_name == github.repository");
      }
    }
  });

  it("comment with the target branch's code, not the pull request's", () => {
    const [, comment] = jobs.find(([name]) => name === "pull-request/comment") ?? [];
    expect(comment?.steps[0]?.with?.["ref"]).to.equal("${{ github.event.pull_request.base.sha }}");
  });

  it("put nothing into a script but by the environment", () => {
    for (const [name, { steps }] of jobs) {
      for (const { run } of steps) {
        expect(run ?? "", name).not.to.include("${{");
      }
    }
  });

  it("let one job at a time change a stack", () => {
    const groups = Object.fromEntries(jobs.map(([name, { concurrency }]) => [name, concurrency?.group]));
    expect(groups).to.include({
      "deploy/dev": "stack-dev",
      "deploy/prod": "stack-prod",
      "nightly/retire": "stack-${{ matrix.stack }}",
    });
  });

  it("take on a role that fits the environment they run in", () => {
    const roles = jobs.flatMap(([name, { environment, steps, strategy }]) => {
      const given = steps.map((step) => step.with?.["role-to-assume"]).find((role) => role !== undefined);
      const matrix = strategy?.matrix?.include?.map(({ role }) => role).join(" ");
      return given === undefined ? [] : [[name, environment, given === "${{ matrix.role }}" ? matrix : given]];
    });
    expect(roles).to.have.deep.members([
      ["deploy/dev", "dev", "${{ vars.DEV_DEPLOY_ROLE }}"],
      ["deploy/plan", undefined, "${{ vars.PROD_READ_ROLE }}"],
      ["deploy/prod", "prod", "${{ vars.PROD_DEPLOY_ROLE }}"],
      ["nightly/retire", "${{ matrix.stack }}-nightly", "${{ vars.DEV_RETIRE_ROLE }} ${{ vars.PROD_RETIRE_ROLE }}"],
      ["nightly/drift", undefined, "${{ vars.DEV_READ_ROLE }} ${{ vars.PROD_READ_ROLE }}"],
      ["pull-request/preview", undefined, "${{ vars.DEV_READ_ROLE }} ${{ vars.PROD_READ_ROLE }}"],
    ]);
  });

  it("install the CLI that the engine tests run with", () => {
    const versions = workflows.flatMap(({ text }) =>
      [...text.matchAll(/pulumi-version: (\S+)/g)].map(([, one]) => one),
    );
    expect([...new Set(versions)]).to.deep.equal([pinnedVersion]);
  });

  it("name the stacks that there are", () => {
    const stacks = readFileSync(join(workflowDirectory, "nightly.yaml"), "utf8").match(/(?<=stack: )\w+/g);
    expect(new Set(stacks)).to.deep.equal(new Set(["dev", "prod"]));
    expect(readFileSync(join(projectDirectory, "Pulumi.prod.yaml"), "utf8")).to.include("config:");
  });
});
