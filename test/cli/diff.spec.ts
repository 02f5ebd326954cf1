import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { publicKey } from "../publicKeys";
import { Repository } from "../fixtures/repository";

const acme = `tenants:\n  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`;
const suspended = acme.replace("name: acme", "name: acme, state: suspended");
const broken = acme.replace("name: acme", "nme: acme");
const none = { folders: [], recorded: 0 };
const narrow = ["--stack", "dev", "--today", "2026-11-23"];

describe("npm run diff", () => {
  let repository: Repository;
  before(() => {
    repository = new Repository();
    repository.write("tenants.yaml", acme);
    repository.commit();
  });
  beforeEach(() => {
    repository.git("checkout", "--quiet", "--force", "main");
    repository.git("clean", "--quiet", "--force");
  });
  after(() => repository.remove());

  const diff = (...words: string[]) => repository.call("diff", ...words);

  it("exits with 0 when nothing changes, and leaves the working tree as it was", async () => {
    const { code, stdout, stderr } = await diff("HEAD", "--today", "2026-11-23");
    const nothing = ": nothing changes for any tenant\n  resources: 0 created, 0 changed, 0 replaced, 0 deleted\n";
    expect(stdout).to.equal(`Compared with HEAD on 2026-11-23\n\ndev${nothing}\nprod${nothing}`);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(repository.git("status", "--porcelain")).to.equal("");
    expect(repository.worktrees()).to.deep.equal(none);
  });

  it("exits with 3 when the working tree changes something, and removes what it checked out", async () => {
    repository.write("tenants.yaml", suspended);
    const { code, stdout } = await repository.run("diff", ...narrow, "main");
    expect(code).to.equal(3);
    expect(stdout).to.include("\ndev: 1 tenant changes\n  acme\n    is suspended and cannot log in; its files stay\n");
    expect(repository.worktrees()).to.deep.equal(none);
  });

  it("runs the other commit's own program", async () => {
    repository.git("checkout", "--quiet", "--detach");
    repository.git("rm", "--quiet", "cli/synth.ts");
    repository.commit();
    const old = repository.git("rev-parse", "HEAD").trim();
    repository.git("checkout", "--quiet", "main");
    const { code, stderr } = await diff(old, ...narrow);
    expect(code).to.equal(1);
    expect(stderr).to.equal(
      `error: stack dev of ${old}: there is no cli/synth.ts, so it cannot be told what was deployed\n`,
    );
  });

  it("shows a new environment", async () => {
    repository.git("mv", "Pulumi.prod.yaml", "Pulumi.staging.yaml");
    repository.write("tenants.yaml", acme.replace("name: acme", "name: acme, environments: [staging]"));
    const { code, stdout } = await diff("HEAD", "--format", "json", "--stack", "staging");
    expect(code).to.equal(3);
    const { stacks } = JSON.parse(stdout) as {
      stacks: { stack: string; changes: { kind: string }[]; tenants: unknown[] }[];
    };
    expect(
      stacks.map(({ stack, changes, tenants }) => [stack, changes.map(({ kind }) => kind), tenants.length]),
    ).to.deep.equal([["staging", ["stack-added"], 1]]);
  });

  it("tells another host key without decrypting anything, and shows no cipher text", async () => {
    const stackFile = readFileSync(join(repository.directory, "Pulumi.dev.yaml"), "utf8");
    const withKey = (label: string) =>
      `${stackFile}  sftp-gateway:hostKey:\n    secure: v1:${label}:Y2lwaGVy\n  sftp-gateway:hostKeyPublic: ${publicKey(label).text}\n`;
    repository.git("checkout", "--quiet", "--detach");
    repository.write("Pulumi.dev.yaml", withKey("before"));
    repository.commit();
    repository.write("Pulumi.dev.yaml", withKey("after"));
    const { code, stdout, stderr } = await diff("HEAD", ...narrow);
    expect({ code, stderr }).to.deep.equal({ code: 3, stderr: "" });
    expect(stdout.split("\n").slice(2, 5)).to.deep.equal([
      "dev: 1 breaking change",
      "  the private half of the host key is changed, or encrypted anew",
      `  breaking: every client will see another host key, ssh-ed25519 ${publicKey("after").fingerprint} instead of ssh-ed25519 ` +
        `${publicKey("before").fingerprint}, once the older ones of its type are deleted (docs/HOST-KEY.md)`,
    ]);
    expect(stdout).not.to.include("Y2lwaGVy").and.not.to.include("no sentence explains it");
  });

  it("tells what else stands in Pulumi's files: another program, another environment", async () => {
    const project = readFileSync(join(repository.directory, "Pulumi.yaml"), "utf8");
    repository.write("Pulumi.yaml", project.replace("--stack-trace-limit=0", "--stack-trace-limit=1"));
    const { code, stdout } = await diff("HEAD", "--stack", "dev");
    expect(code).to.equal(3);
    expect(stdout).to.match(
      /no sentence explains it\n {4}the setting Pulumi\.yaml, runtime is .*-limit=1 .* instead of /,
    );
  });

  it("tells when the workflows deploy a stack from now on, and marks that nobody has to approve it any more", async () => {
    repository.write("deploy/environments.json", '[{ "stack": "prod" }]');
    const { stdout, code } = await diff("HEAD");
    expect(code).to.equal(3);
    expect(stdout).to.include("dev: changes for every tenant\n  the workflows no longer deploy it\n");
    expect(stdout).to.include(
      "  dangerous: the workflows deploy it as soon as it is merged; whether somebody is asked is up to its environment on GitHub alone\n",
    );
  });

  it("exits with 1 and the file's problems when tenants.yaml is wrong on this side", async () => {
    repository.write("tenants.yaml", broken);
    const { code, stdout, stderr } = await diff("HEAD", ...narrow);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.match(/^error: stack dev of the working tree: nothing is deployed:\ntenants\.yaml:2:5: error: /);
    expect(repository.worktrees()).to.deep.equal(none);
  });

  it("exits with 1 and the file's problems when tenants.yaml is wrong on the other side", async () => {
    repository.git("checkout", "--quiet", "--detach");
    repository.write("tenants.yaml", broken);
    repository.commit();
    repository.write("tenants.yaml", acme);
    const { code, stderr } = await diff("HEAD", ...narrow);
    expect(code).to.equal(1);
    expect(stderr).to.match(/^error: stack dev of HEAD: nothing is deployed:\ntenants\.yaml:2:5: error: /);
  });

  it("hands on what the program says of a bug of its own", async () => {
    repository.git("checkout", "--quiet", "--detach");
    repository.write("index.ts", 'export default function program() {\n  throw new TypeError("x is undefined");\n}\n');
    repository.commit();
    const { code, stderr } = await diff("HEAD", ...narrow);
    expect(code).to.equal(1);
    const [error, , bug, again, ...rest] = stderr.split("\n");
    expect(error).to.equal("error: stack dev of HEAD: TypeError: x is undefined");
    expect(bug).to.match(/^This is a bug of sftp-gateway\./);
    expect(again).to.match(/node .* cli\/synth\.ts --stack dev --today \S+$/);
    expect(rest).to.deep.equal([""]);
  });

  it("exits with 1 when there is no such commit", async () => {
    const { code, stderr } = await diff("no-such-branch");
    expect({ code, stderr }).to.deep.equal({
      code: 1,
      stderr: 'error: there is no commit "no-such-branch" here; a shallow clone may lack it: git fetch\n',
    });
  });

  const wrong: Readonly<Record<string, readonly [args: string[], message: string]>> = {
    "without a commit": [["--stack", "dev"], "which commit to compare with is missing: a branch, a tag, HEAD~1"],
    "with two commits": [["HEAD", "HEAD~1"], '"HEAD~1" is one too many: npm run diff -- REF [FLAGS]'],
    "with an unknown flag": [["HEAD", "--stak", "dev"], 'unknown flag --stak; did you mean "--stack"?'],
    "with an unknown stack": [
      ["HEAD", "--stack", "test"],
      '--stack "test" is a stack of neither side; there are dev and prod',
    ],
    "with a day that is none": [
      ["HEAD", "--today", "2026-02-30"],
      '--today "2026-02-30" is not a day of the calendar as YYYY-MM-DD',
    ],
    "with an unknown format": [["HEAD", "--format", "xml"], '--format is text, markdown, json, not "xml"'],
  };
  for (const [how, [args, message]] of Object.entries(wrong)) {
    it(`exits with 2 and shows the help when called ${how}`, async () => {
      const { code, stderr } = await diff(...args);
      expect(code).to.equal(2);
      expect(stderr.split("\n")[0]).to.equal(`error: ${message}`);
      expect(stderr).to.include("Usage: npm run diff -- REF [FLAGS]");
      expect(repository.worktrees()).to.deep.equal(none);
    });
  }

  it("removes what it checked out when it is interrupted", async () => {
    const child = repository.startDiff("HEAD");
    const ended = once(child, "close");
    while (repository.worktrees().folders.length === 0 && child.exitCode === null) {
      await setTimeout(50);
    }
    child.kill("SIGINT");
    expect(await ended).to.deep.equal([130, null]);
    expect(repository.worktrees()).to.deep.equal(none);
  });

  it("works in a project that lies below the repository's folder", async () => {
    const other = new Repository("deployments/sftp");
    try {
      other.write("tenants.yaml", acme);
      other.commit();
      other.write("tenants.yaml", suspended);
      expect((await other.call("diff", "HEAD", ...narrow)).code).to.equal(3);
      expect(other.worktrees()).to.deep.equal(none);
    } finally {
      other.remove();
    }
  });
});
