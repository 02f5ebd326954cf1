import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { publicKey } from "../publicKeys";
import { acme, key, keyUrn, quiet, Runner, users } from "./runner";
import { jobs } from "./workflow";

describe("the night's steps", () => {
  let runner: Runner;

  before(async () => {
    runner = new Runner();
    await runner.start();
  });

  beforeEach(() => runner.reset());
  after(() => runner.stop());

  it("pass over a record of a deployment that names no commit of main, and say so", async () => {
    runner.server.deployments["prod"] = [
      { sha: runner.unreviewed, state: "success" },
      { sha: "f".repeat(40), state: "success" },
      { sha: "main", state: "success" },
      { sha: runner.earlier, state: "success" },
    ];
    const { code, stderr } = await runner.step("nightly/retire", "Find out what runs", { STACK: "prod" });
    expect(code).to.equal(0);
    expect(runner.written("output")).to.equal(`commit=${runner.earlier}\n`);
    expect(stderr.trimEnd().split("\n")).to.have.length(3);
    expect(stderr).to.match(
      /^::warning title=Passed over::deployment 0 of prod names ".{40}", which is no commit of the/,
    );
  });

  it("conclude nothing about what runs where the history of main is missing", async () => {
    runner.server.deployments["prod"] = [{ sha: runner.repository.git("rev-parse", "HEAD").trim(), state: "success" }];
    runner.repository.git("update-ref", "-d", "refs/remotes/origin/main");
    const { code, stderr } = await runner.step("nightly/retire", "Find out what runs", { STACK: "prod" });
    runner.repository.git("update-ref", "refs/remotes/origin/main", "main");
    expect({ code, output: runner.written("output") }).to.deep.equal({ code: 1, output: "" });
    expect(stderr).to.include("there is no refs/remotes/origin/main here");
  });

  it("take what a stack runs as data, of a commit of main alone", async () => {
    runner.repository.write("index.ts", "// main is further");
    const taken = await runner.step("nightly/retire", "Take what was approved", {
      STACK: "dev",
      RUNNING: runner.earlier,
    });
    expect(taken).to.deep.equal(quiet);
    const changed = runner.repository.git("status", "--short", "--untracked-files=no").trimEnd().split("\n");
    const tenants = readFileSync(join(runner.repository.directory, "tenants.yaml"), "utf8");
    runner.repository.git("checkout", "--quiet", "HEAD", "--", ".");
    expect(tenants).to.equal(acme);
    expect(changed).to.deep.equal([" M index.ts", " M tenants.yaml"]);

    const refused = await runner.step("nightly/retire", "Take what was approved", {
      STACK: "dev",
      RUNNING: runner.unreviewed,
    });
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.include(`${runner.unreviewed} is not a commit of the branch main`);
    expect(runner.repository.git("status", "--short", "--untracked-files=no")).to.equal("");
  });

  it("retire the keys whose last day has passed, and nothing else", async () => {
    const expired = publicKey(2);
    const file = `tenants:\n  - { name: acme, sshKeys: ["${key.text}", { key: "${expired.text}", expires: 2020-01-01 }] }\n`;
    runner.repository.write("tenants.yaml", file);
    runner.previews(
      { op: "delete", urn: keyUrn(`acme-${expired.fingerprint}`) },
      { op: "delete", urn: keyUrn("acme-SHA256:removed-by-somebody") },
      { op: "delete", urn: `${users}$aws:transfer/user:User::acme` },
      { op: "create", urn: keyUrn(`acme-${expired.fingerprint}`) },
    );
    const { code, stderr } = await runner.step("nightly/retire", "Retire expired keys", { STACK: "dev" });
    runner.repository.git("checkout", "--quiet", "tenants.yaml");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const [, up] = runner.written("calls").trimEnd().split("\n");
    const target = `--target ${keyUrn(`acme-${expired.fingerprint}`)}`;
    expect(up)
      .to.match(/^up --stack dev .*--policy-pack policy .*/)
      .and.include(` --skip-preview ${target}`);
    expect(up?.match(/--target/g)).to.have.length(1);
  });

  it("touch nothing when no key has expired, and fail when the preview does", async () => {
    const { code, stdout } = await runner.step("nightly/retire", "Retire expired keys", { STACK: "dev" });
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: "no key of dev has expired since the last update\n" });
    runner.write("preview.json", "error: no such stack");
    expect((await runner.step("nightly/retire", "Retire expired keys", { STACK: "dev" })).code).to.equal(1);
    expect(runner.written("calls")).not.to.match(/^up /m);
  });

  it("find out nothing where nothing was ever deployed", async () => {
    delete runner.server.deployments["prod"];
    expect(await runner.step("nightly/retire", "Find out what runs", { STACK: "prod" })).to.deep.equal(quiet);
    expect(runner.written("output")).to.equal("commit=\n");
    const [, retire] = jobs.find(([name]) => name === "nightly/retire") ?? [];
    for (const name of ["Take what was approved", "Retire expired keys"]) {
      expect(retire?.steps.find((step) => step.name === name)).to.have.property(
        "if",
        "${{ steps.running.outputs.commit != '' }}",
      );
    }
  });

  it("keep one issue about drift open as long as there is any", async () => {
    const night = async (drift: string) => {
      runner.write("drift", drift);
      await runner.step("nightly/drift", "Look for drift", { STACK: "prod" });
      await runner.step("nightly/drift", "Show in the summary");
      runner.write("drift.md", readFileSync(join(runner.repository.directory, "drift.md"), "utf8"));
      expect(await runner.step("nightly/issue", "Report", { STACK: "prod" })).to.deep.equal(quiet);
    };
    await night("");
    expect(runner.server.posts).to.deep.equal([]);
    await night("~ retentionInDays: 14 => 30 @acme `x`");
    await night("~ retentionInDays: 14 => 60");
    expect(runner.server.posts.map(({ title, state }) => [title, state])).to.deep.equal([["Drift in prod", "open"]]);
    expect(runner.server.posts[0]?.body).to.include("\n    ~ retentionInDays: 14 => 60");
    await night("");
    expect(runner.server.posts[0]?.state).to.equal("closed");
    expect(runner.written("summary.md")).to.include("\n    ~ retentionInDays: 14 => 30 @acme `x`");
  });
});
