import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectDirectory } from "../components/gatewayStack";
import { pinnedVersion } from "../fixtures/cli";
import { actionlint } from "./actionlint";
import { stepOf, testedSteps } from "./runner";
import { jobs, jobsWithRights, workflowDirectory, workflows, type Job } from "./workflow";

/** The versions that run on GitHub's runners of today, which have Node 24 and no longer 20. */
const pinnedActions = [
  "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
  "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
  "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0",
  "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
  "aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3",
  "pulumi/actions@8e5e406f4007fca908480587cb9893c07090f58d # v7.0.0",
];

const deployDirectory = join(projectDirectory, "deploy");

/** The jobs that have a permission. */
const jobsWith = (permission: string, value: string) =>
  jobs.filter(([, job]) => job.permissions?.[permission] === value).map(([name]) => name);

const stepsUsing = ({ steps }: Job, action: string) => steps.filter(({ uses }) => uses?.startsWith(`${action}@`));

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

  it("use the actions of one list, each by its commit, and say which version that is", () => {
    const used = workflows.flatMap(({ text }) =>
      [...text.matchAll(/\buses: (?!\.\/)(.*)/g)].map(([, action]) => action),
    );
    expect([...new Set(used)]).to.have.members(pinnedActions);
  });

  it("never run with the target's rights on a pull request's code", () => {
    for (const { on } of workflows) {
      expect(on).not.to.have.any.keys("pull_request_target", "workflow_run");
    }
  });

  it("have no permission that a job does not ask for", () => {
    for (const { file, permissions } of workflows) {
      expect(permissions, file).to.deep.equal(file === "ci" ? { contents: "read" } : {});
    }
    expect(jobsWith("id-token", "write")).to.have.members([
      "deploy/unattended",
      "deploy/approved",
      "environment/plan",
      "environment/update",
      "nightly/drift",
      "nightly/retire",
    ]);
    expect(jobsWith("pull-requests", "write")).to.deep.equal(["pull-request/comment"]);
    expect(jobsWith("issues", "write")).to.deep.equal(["nightly/issue"]);
    expect(jobsWith("contents", "write")).to.deep.equal([]);
  });

  it("ask AWS for nothing in a pull request, whose code nobody has reviewed", () => {
    for (const [name, { permissions, steps }] of jobs.filter(([job]) => job.startsWith("pull-request/"))) {
      expect(permissions, name).not.to.have.property("id-token");
      expect(JSON.stringify(steps), name).not.to.match(/_ROLE|BACKEND_URL|aws-actions/);
    }
  });

  it("run the code of their own commit where they have rights; a comment's is the target branch's", () => {
    for (const [name, job] of jobsWithRights) {
      const refs = stepsUsing(job, "actions/checkout").map((step) => step.with?.["ref"]);
      const own = name === "pull-request/comment" ? "${{ github.event.pull_request.base.sha }}" : undefined;
      expect(refs, name).to.deep.equal(job.uses === undefined ? [own] : []);
      const gits = job.steps.filter(({ run }) => /\bgit\b/.test(run ?? ""));
      expect(gits, name).to.deep.equal([]);
    }
  });

  it("take another commit's files only by the script that checks it, and run none of them where they have rights", () => {
    for (const [name, { steps }] of jobsWithRights) {
      const withCommit = steps.filter(({ env }) => env?.["RUNNING"] !== undefined).map(({ run }) => run);
      expect(withCommit, name).to.deep.equal(name === "nightly/retire" ? ['deploy/restore "$STACK" "$RUNNING"'] : []);
    }
  });

  it("let no package run a script, and restore no cache, where they have rights", () => {
    for (const [name, job] of jobsWithRights) {
      const installs = job.steps.filter(({ run }) => /\bnpm (ci|install)\b/.test(run ?? "")).map(({ run }) => run);
      expect(installs, name).to.deep.equal(job.uses === undefined ? ["npm ci --ignore-scripts"] : []);
      for (const step of stepsUsing(job, "actions/setup-node")) {
        expect(step.with, name).to.include({ "package-manager-cache": false }).and.not.to.have.property("cache");
      }
      expect(stepsUsing(job, "actions/cache"), name).to.deep.equal([]);
    }
  });

  it("hold no stored key, and give the token only to the steps that need GitHub", () => {
    for (const { file, text } of workflows) {
      expect(text, file).not.to.match(/secrets\.|ACCESS_KEY|ACCESS_TOKEN/);
    }
    const withToken = jobs.flatMap(([, { steps }]) => steps.filter(({ env }) => env?.["GITHUB_TOKEN"] !== undefined));
    for (const { run } of withToken) {
      expect(run).to.match(/^node -r \.\/cli\/typescript\.cjs deploy\/(comment|issue|running)\.ts /);
    }
    for (const [name, job] of jobs) {
      for (const step of stepsUsing(job, "actions/checkout")) {
        expect(step.with?.["persist-credentials"], name).to.equal(false);
      }
    }
  });

  it("give a fork neither credentials nor a comment", () => {
    for (const [name, job] of jobsWithRights.filter(([job]) => job.startsWith("pull-request/"))) {
      expect(job.if, name).to.include("github.event.pull_request.head.repo.full_name == github.repository");
    }
  });

  it("put nothing into a script but by the environment", () => {
    for (const [name, { steps }] of jobs) {
      for (const { run } of steps) {
        expect(run ?? "", name).not.to.include("${{");
      }
    }
  });

  it("call Pulumi by one script alone", () => {
    for (const [name, { steps }] of jobs) {
      for (const { run } of steps) {
        expect(run ?? "", name).not.to.match(/\bpulumi\b/);
      }
    }
    const scripts = readdirSync(deployDirectory).filter((name) => /^[a-z]+$/.test(name) && name !== "aws");
    expect(scripts).to.include.members(["apply", "drift", "plan", "pulumi", "retire"]);
    for (const script of scripts.filter((name) => name !== "pulumi")) {
      const text = readFileSync(join(deployDirectory, script), "utf8");
      expect(text.replaceAll(/^#.*$/gm, ""), script).not.to.match(/(?<!deploy\/)\bpulumi\b/);
    }
  });

  it("deploy what ci has passed, the same commit, and only when it has", () => {
    const deploy = workflows.find(({ file }) => file === "deploy");
    expect(deploy?.jobs["ci"]?.uses).to.equal("./.github/workflows/ci.yaml");
    expect(workflows.find(({ file }) => file === "ci")?.on).to.include.keys("workflow_call");
    const callers = jobs.filter(([, { uses }]) => uses === "./.github/workflows/environment.yaml");
    expect(callers.map(([name]) => name)).to.deep.equal(["deploy/unattended", "deploy/approved"]);
    for (const [name, { needs, if: condition }] of callers) {
      expect(needs, name).to.include("ci");
      expect(condition, name).not.to.match(/always\(\)|\|\|/);
      if (condition?.includes("cancelled()")) {
        expect(condition, name).to.include("!failure()");
      }
    }
    expect(workflows.find(({ file }) => file === "environment")?.on).to.have.all.keys("workflow_call");
  });

  it("cancel nothing that runs on main", () => {
    const all = [...workflows, ...jobs.map(([, job]) => job)].flatMap(({ concurrency }) => concurrency ?? []);
    const cancelling = all.filter((concurrency) => concurrency["cancel-in-progress"]);
    const own = "${{ github.event.pull_request.number || github.run_id }}";
    expect(cancelling).to.have.deep.members([
      { group: `ci-${own}`, "cancel-in-progress": "${{ github.event_name == 'pull_request' }}" },
      { group: "pull-request-${{ github.event.pull_request.number }}", "cancel-in-progress": true },
    ]);
  });

  it("let one job at a time change a stack", () => {
    const groups = jobs.flatMap(([name, { concurrency }]) => (concurrency ? [[name, concurrency.group]] : []));
    expect(groups).to.deep.equal([
      ["environment/update", "stack-${{ inputs.stack }}"],
      ["nightly/retire", "stack-${{ matrix.stack }}"],
    ]);
  });

  it("take on a role that fits the environment they run in, in the region of the stack file", () => {
    const roles = jobs.flatMap(([name, job]) =>
      stepsUsing(job, "aws-actions/configure-aws-credentials").map((step) => [name, job.environment, step.with]),
    );
    const credentials = (scope: string, role: string) => ({
      "role-to-assume": `\${{ vars[format('{0}_${role}_ROLE', ${scope}.variables)] }}`,
      "aws-region": `\${{ ${scope}.region }}`,
    });
    expect(roles).to.have.deep.members([
      ["environment/plan", undefined, credentials("inputs", "READ")],
      ["environment/update", "${{ inputs.stack }}", credentials("inputs", "DEPLOY")],
      ["nightly/retire", "${{ matrix.stack }}-nightly", credentials("matrix", "RETIRE")],
      ["nightly/drift", undefined, credentials("matrix", "READ")],
    ]);
  });

  it("have each of their steps run by a test, but those that need the network", () => {
    const commands = new Set(jobs.flatMap(([, { steps }]) => steps.flatMap((step) => step.run ?? [])));
    const network = ["npm ci", "npm ci --ignore-scripts", "bash .ci/run"];
    const tested = testedSteps.map(([job, name]) => stepOf(job, name).run ?? "");
    expect([...commands]).to.have.members([...new Set([...network, ...tested])]);
  });

  it("install the CLI that the engine tests run with", () => {
    const versions = workflows.flatMap(({ text }) =>
      [...text.matchAll(/pulumi-version: (\S+)/g)].map(([, one]) => one),
    );
    expect([...new Set(versions)]).to.deep.equal([pinnedVersion]);
  });
});
