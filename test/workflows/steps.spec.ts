import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";
import { GitHubServer } from "./gitHubServer";
import { jobs, type Step } from "./workflow";

const key = publicKey(1);
const acme = `tenants:\n  - { name: acme, sshKeys: ["${key.text}"] }\n`;
const users = "urn:pulumi:dev::sftp-gateway::sftp-gateway:components:SftpGateway$sftp-gateway:components:GatewayUsers";
const keyUrn = (name: string) => `${users}$aws:transfer/user:User$aws:transfer/sshKey:SshKey::gateway-${name}`;

/** Answers as the CLI does, from files, and keeps what it was called with. */
const fakePulumi = `#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$FAKE/calls"
case "$1 $*" in
  preview*--json*) cat "$FAKE/preview.json" ;;
  refresh*--expect-no-changes*) [ ! -s "$FAKE/drift" ] ;;
  refresh*) cat "$FAKE/drift" ;;
esac
`;

describe("the workflows' steps", function () {
  this.timeout(180_000);

  let repository: Repository;
  let server: GitHubServer;
  let environment: Record<string, string>;
  let fake: string;

  before(async () => {
    repository = new Repository();
    repository.write("tenants.yaml", acme);
    repository.commit();
    repository.write("tenants.yaml", acme.replace("name: acme", "name: acme, access: read-only"));
    repository.commit();
    server = new GitHubServer();
    fake = repository.temporary;
    writeFileSync(join(fake, "pulumi"), fakePulumi, { mode: 0o755 });
    environment = {
      ...(await server.start()),
      FAKE: fake,
      PATH: `${fake}:${process.env["PATH"] ?? ""}`,
      RUNNER_TEMP: fake,
      GITHUB_STEP_SUMMARY: join(fake, "summary.md"),
      GITHUB_OUTPUT: join(fake, "output"),
    };
  });

  beforeEach(() => {
    server.posts.splice(0);
    for (const name of ["summary.md", "output", "calls", "drift"]) {
      writeFileSync(join(fake, name), "");
    }
    previews({ op: "same", urn: users });
  });

  after(() => {
    server.stop();
    repository.remove();
  });

  const written = (name: string) => readFileSync(join(fake, name), "utf8");
  const previews = (...steps: object[]) => writeFileSync(join(fake, "preview.json"), JSON.stringify({ steps }));
  /** Runs one step of a job with its own command, and the values that GitHub would put into its environment. */
  const run = (job: string, name: string, values: Record<string, string> = {}) =>
    repository.step(stepOf(job, name).run ?? "", { ...environment, ...values });

  it("are run here, all of those that need no network", () => {
    const commands = new Set(jobs.flatMap(([, { steps }]) => steps.flatMap((step) => step.run ?? [])));
    const network = ["npm ci", "npm ci --ignore-scripts", "bash .ci/run"];
    const tested = testedSteps.map(([job, name]) => stepOf(job, name).run ?? "");
    expect([...commands]).to.have.members([...new Set([...network, ...tested])]);
  });

  it("annotate what is wrong with tenants.yaml, and fail then", async () => {
    const check = "exec node -r ./cli/typescript.cjs cli/check.ts --format github";
    expect(stepOf("pull-request/report", "Check tenants.yaml").run).to.equal("npm run -s check -- --format github");
    expect((await repository.step(check, environment)).code).to.equal(0);
    repository.write("tenants.yaml", acme.replace("acme", '"::error::\\nx"'));
    const { code, stdout } = await repository.step(check, environment);
    repository.git("checkout", "--quiet", "tenants.yaml");
    expect(code).to.equal(1);
    expect(stdout).to.match(/^::error file=tenants\.yaml,line=2,col=\d+::/);
    expect(stdout.split("\n").filter((line) => line.startsWith("::error::"))).to.deep.equal([]);
  });

  it("compare with the target branch, show it in the summary and comment on it", async () => {
    expect((await run("pull-request/report", "Compare")).code).to.equal(0);
    expect((await run("pull-request/report", "Show in the summary")).code).to.equal(0);
    const report = written("summary.md");
    expect(report).to.include(`- **breaking:** can no longer write and delete in \`/\` (\`${tenantPrefix("acme")}\`)`);
    writeFileSync(join(fake, "report.md"), report);
    expect(await run("pull-request/comment", "Comment", { PULL_REQUEST: "7" })).to.deep.equal(quiet);
    expect(server.posts.map(({ body }) => body)).to.deep.equal([`${commentMarker}\n${report}`]);
  });

  it("say in the report why nothing can be compared, with nothing in it that means something", async () => {
    repository.write("tenants.yaml", 'tenants:\n  - { name: "`<b>@acme" }\n');
    const { code } = await run("pull-request/report", "Compare");
    const report = readFileSync(join(repository.directory, "report.md"), "utf8");
    repository.git("checkout", "--quiet", "tenants.yaml");
    expect(code).to.equal(1);
    const [heading, , sentence, , ...lines] = report.trimEnd().split("\n");
    expect([heading, sentence]).to.deep.equal(["## What changes for whom", "This cannot be told:"]);
    expect(lines.length).to.be.greaterThan(1);
    expect(lines.filter((line) => !line.startsWith("    "))).to.deep.equal([]);
  });

  it("put the comment into the place of the earlier one, however many others there are", async () => {
    for (let number = 0; number < 150; number++) {
      server.add(`${commentMarker}\nnot ours`, "someone");
    }
    const earlier = server.add(`${commentMarker}\nearlier`);
    writeFileSync(join(fake, "report.md"), "later");
    expect(await run("pull-request/comment", "Comment", { PULL_REQUEST: "7" })).to.deep.equal(quiet);
    expect(server.posts).to.have.length(151);
    expect(earlier.body).to.equal(`${commentMarker}\nlater`);
  });

  it("cut a comment that GitHub would refuse, and fail when it refuses", async () => {
    writeFileSync(join(fake, "report.md"), "x".repeat(70_000));
    await run("pull-request/comment", "Comment", { PULL_REQUEST: "7" });
    expect(server.posts[0]?.body.length).to.equal(65_536);
    const refused = await run("pull-request/comment", "Comment", { PULL_REQUEST: "7", GITHUB_TOKEN: "wrong" });
    expect(refused.stderr).to.match(/^error: GET issues\/7\/comments.*GitHub answers 422: Requires authentication\n$/);
    expect((await run("pull-request/comment", "Comment", { PULL_REQUEST: "7; rm" })).code).to.equal(1);
  });

  it("preview with the policy pack", async () => {
    expect((await run("pull-request/preview", "Preview", { STACK: "dev" })).code).to.equal(0);
    expect(written("calls")).to.match(/^preview --stack dev --policy-pack policy /);
  });

  it("deploy dev at once", async () => {
    expect((await run("deploy/dev", "Deploy")).code).to.equal(0);
    expect(written("calls")).to.equal("up --stack dev --yes --skip-preview --non-interactive --suppress-progress\n");
  });

  it("deploy to prod what was approved, and nothing when that is no longer what would be done", async () => {
    const update = { op: "update", urn: `${users}::acme`, newState: { inputs: { policy: "p" } } };
    previews(update);
    expect((await run("deploy/plan", "Plan")).code).to.equal(0);
    expect(written("output")).to.equal("needed=true\n");
    const plan = readFileSync(join(repository.directory, "prod.plan"), "utf8");
    expect(plan).to.match(/^sftp-gateway:components:GatewayUsers acme update [0-9a-f]{16}\n$/);
    writeFileSync(join(fake, "prod.plan"), plan);

    previews({ ...update, newState: { inputs: { policy: "q" } } });
    const refused = await run("deploy/prod", "Deploy what was approved");
    expect(refused.code).to.equal(1);
    expect(refused.stdout).to.include("::error title=Nothing was deployed::");
    expect(written("calls")).not.to.include("up ");

    previews(update, { op: "same", urn: users });
    expect((await run("deploy/prod", "Deploy what was approved")).code).to.equal(0);
    expect(written("calls")).to.include("\nup --stack prod --yes ");
  });

  it("plan nothing when there is nothing to do", async () => {
    expect((await run("deploy/plan", "Plan")).code).to.equal(0);
    expect(written("output")).to.equal("");
  });

  it("show the approver who is concerned, compared with what prod runs, and what will be done", async () => {
    const running = repository.git("rev-parse", "HEAD^1").trim();
    server.deployments["prod"] = [
      { sha: repository.git("rev-parse", "HEAD").trim(), state: "failure" },
      { sha: running, state: "success" },
    ];
    expect(await run("deploy/plan", "Find out what prod runs")).to.deep.equal(quiet);
    expect(written("output")).to.equal(`prod=${running}\n`);
    previews({ op: "delete", urn: keyUrn("acme-SHA256:x") });
    await run("deploy/plan", "Plan");
    expect((await run("deploy/plan", "Show who is concerned", { RUNNING: running })).code).to.equal(0);
    expect(written("summary.md"))
      .to.include(`Compared with \`${running}\``)
      .and.include("\n## What will be done\n\n")
      .and.match(/\n {4}aws:transfer\/sshKey:SshKey gateway-acme-SHA256:x delete [0-9a-f]{16}\n$/);
  });

  it("retire the keys whose last day has passed, and nothing else", async () => {
    const expired = publicKey(2);
    const file = `tenants:\n  - { name: acme, sshKeys: ["${key.text}", { key: "${expired.text}", expires: 2020-01-01 }] }\n`;
    repository.write("tenants.yaml", file);
    previews(
      { op: "delete", urn: keyUrn(`acme-${expired.fingerprint}`) },
      { op: "delete", urn: keyUrn("acme-SHA256:removed-by-somebody") },
      { op: "delete", urn: `${users}$aws:transfer/user:User::acme` },
      { op: "create", urn: keyUrn(`acme-${expired.fingerprint}`) },
    );
    const { code, stderr } = await run("nightly/retire", "Retire expired keys", { STACK: "dev" });
    repository.git("checkout", "--quiet", "tenants.yaml");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const [, up] = written("calls").trimEnd().split("\n");
    const target = `--target ${keyUrn(`acme-${expired.fingerprint}`)}`;
    expect(up).to.equal(`up --stack dev --yes --skip-preview --non-interactive --suppress-progress ${target}`);
  });

  it("touch nothing when no key has expired, and fail when the preview does", async () => {
    const { code, stdout } = await run("nightly/retire", "Retire expired keys", { STACK: "dev" });
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: "no key of dev has expired since the last update\n" });
    writeFileSync(join(fake, "preview.json"), "error: no such stack");
    expect((await run("nightly/retire", "Retire expired keys", { STACK: "dev" })).code).to.equal(1);
    expect(written("calls")).not.to.include("up ");
  });

  it("find out what runs in each stack, where anything does", async () => {
    server.deployments["dev"] = [{ sha: "a".repeat(40), state: "success" }];
    delete server.deployments["prod"];
    await run("nightly/running", "Find out what runs");
    expect(written("output")).to.equal(`dev=${"a".repeat(40)}\nprod=\n`);
  });

  it("keep one issue about drift open as long as there is any", async () => {
    const night = async (drift: string) => {
      writeFileSync(join(fake, "drift"), drift);
      await run("nightly/drift", "Look for drift", { STACK: "prod" });
      await run("nightly/drift", "Show in the summary");
      writeFileSync(join(fake, "drift.md"), readFileSync(join(repository.directory, "drift.md")));
      expect(await run("nightly/issue", "Report", { STACK: "prod" })).to.deep.equal(quiet);
    };
    await night("");
    expect(server.posts).to.deep.equal([]);
    await night("~ retentionInDays: 14 => 30 @acme `x`");
    await night("~ retentionInDays: 14 => 60");
    expect(server.posts.map(({ title, state }) => [title, state])).to.deep.equal([["Drift in prod", "open"]]);
    expect(server.posts[0]?.body).to.include("\n    ~ retentionInDays: 14 => 60");
    await night("");
    expect(server.posts[0]?.state).to.equal("closed");
    expect(written("summary.md")).to.include("\n    ~ retentionInDays: 14 => 30 @acme `x`");
  });
});

const commentMarker = "<!-- sftp-gateway: what changes for whom -->";
const quiet = { code: 0, stdout: "", stderr: "" };

/** The steps that the tests above run. */
const testedSteps = [
  ["pull-request/report", "Check tenants.yaml"],
  ["pull-request/report", "Compare"],
  ["pull-request/report", "Show in the summary"],
  ["pull-request/comment", "Comment"],
  ["pull-request/preview", "Preview"],
  ["deploy/dev", "Deploy"],
  ["deploy/plan", "Plan"],
  ["deploy/plan", "Find out what prod runs"],
  ["deploy/plan", "Show who is concerned"],
  ["deploy/prod", "Deploy what was approved"],
  ["nightly/running", "Find out what runs"],
  ["nightly/retire", "Retire expired keys"],
  ["nightly/drift", "Look for drift"],
  ["nightly/drift", "Show in the summary"],
  ["nightly/issue", "Report"],
] as const;

function stepOf(job: string, name: string): Step {
  const step = jobs.find(([known]) => known === job)?.[1].steps.find((one) => one.name === name);
  if (step === undefined) {
    throw new Error(`${job} has no step "${name}"`);
  }
  return step;
}
