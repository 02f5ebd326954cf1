import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { keyUrn, quiet, Runner, users } from "./runner";

describe("an environment's steps", () => {
  let runner: Runner;

  before(async () => {
    runner = new Runner();
    await runner.start();
  });

  beforeEach(() => runner.reset());
  after(() => runner.stop());

  it("update an environment with what was planned, and not at all when that is no longer what would be done", async () => {
    const update = { op: "update", urn: `${users}::acme`, newState: { inputs: { policy: "p" } } };
    runner.previews(update);
    expect((await runner.step("environment/plan", "Plan", { STACK: "prod" })).code).to.equal(0);
    expect(runner.written("output")).to.equal("needed=true\n");
    const plan = readFileSync(join(runner.repository.directory, "stack.plan"), "utf8");
    expect(plan).to.match(/^sftp-gateway:components:GatewayUsers acme update [0-9a-f]{16}\n$/);
    runner.write("stack.plan", plan);

    runner.previews({ ...update, newState: { inputs: { policy: "q" } } });
    const refused = await runner.step("environment/update", "Do what was planned", { STACK: "prod" });
    expect(refused.code).to.equal(1);
    expect(refused.stdout).to.include("::error title=Nothing was deployed::");
    expect(runner.written("calls")).not.to.match(/^up /m);

    runner.previews(update, { op: "same", urn: users });
    expect((await runner.step("environment/update", "Do what was planned", { STACK: "prod" })).code).to.equal(0);
    expect(runner.written("calls")).to.match(
      /^up --stack prod --non-interactive --suppress-progress --policy-pack policy --yes --skip-preview\n$/m,
    );
  });

  it("give the policy pack to every call that takes one", async () => {
    runner.previews({ op: "delete", urn: keyUrn("acme-SHA256:x"), oldState: {} });
    await runner.step("environment/plan", "Plan", { STACK: "dev" });
    const calls = runner.written("calls").trimEnd().split("\n");
    expect(calls.filter((call) => /^(preview|up) /.test(call))).to.have.length(1);
    for (const call of calls.filter((call) => /^(preview|up) /.test(call))) {
      expect(call).to.include(" --stack dev ").and.include(" --policy-pack policy");
    }
  });

  it("say which policy is broken where the plan fails for it", async () => {
    runner.write("violation", "[mandatory] server-without-ftp");
    const { code, stderr } = await runner.step("environment/plan", "Plan", { STACK: "dev" });
    expect({ code, stderr }).to.deep.equal({ code: 1, stderr: "[mandatory] server-without-ftp" });
    expect(runner.written("output")).to.equal("");
  });

  it("leave no plan with secrets in plain text behind", async () => {
    const before = readdirSync(runner.repository.temporary);
    await runner.step("environment/plan", "Plan", { STACK: "dev" });
    expect(readdirSync(runner.repository.temporary)).to.deep.equal(before);
  });

  it("plan nothing when there is nothing to do", async () => {
    expect((await runner.step("environment/plan", "Plan", { STACK: "dev" })).code).to.equal(0);
    expect(runner.written("output")).to.equal("");
    await runner.step("environment/plan", "Show what will be done", { STACK: "dev" });
    expect(runner.written("summary.md")).to.equal("## What will be done to dev\n\nThere is nothing to do.\n");
  });

  it("show the approver who is concerned, compared with what runs there", async () => {
    runner.server.deployments["prod"] = [
      { sha: runner.repository.git("rev-parse", "HEAD").trim(), state: "failure" },
      { sha: runner.earlier, state: "success" },
    ];
    expect(await runner.step("environment/report", "Find out what runs", { STACK: "prod" })).to.deep.equal(quiet);
    expect(runner.written("output")).to.equal(`commit=${runner.earlier}\n`);
    await runner.step("environment/report", "Show who is concerned", { STACK: "prod", RUNNING: runner.earlier });
    expect(runner.written("summary.md")).to.include(`Compared with \`${runner.earlier}\``);
  });

  it("show the approver what will be done, and where data is in danger", async () => {
    const deletion = { op: "delete", urn: `${users}$aws:sqs/queue:Queue::arrivals`, oldState: {} };
    runner.previews({ op: "create", urn: keyUrn("acme-SHA256:x"), newState: {} }, deletion);
    await runner.step("environment/plan", "Plan", { STACK: "prod" });
    expect((await runner.step("environment/plan", "Show what will be done", { STACK: "prod" })).code).to.equal(0);
    const [heading, , warning, , sentence, , ...lines] = runner.written("summary.md").trimEnd().split("\n");
    expect([heading, sentence]).to.deep.equal([
      "## What will be done to prod",
      "This, and nothing else, is done once it is approved:",
    ]);
    expect(warning).to.include("**Look at the lines that begin with `!`");
    expect(lines[0]).to.match(/^ {4}! aws:sqs\/queue:Queue arrivals delete \(what it holds is lost\) [0-9a-f]{16}$/);
    expect(lines[1]).to.match(/^ {4}aws:transfer\/sshKey:SshKey gateway-acme-SHA256:x create [0-9a-f]{16}$/);
    expect(lines).to.have.length(2);
  });

  it("list the environments", async () => {
    expect((await runner.step("deploy/environments", "List the environments")).code).to.equal(0);
    expect(runner.written("output").match(/^\w+(?==\[\{)/gm)).to.deep.equal(["all", "unattended", "approved"]);
  });
});
