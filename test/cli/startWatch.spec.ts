import { spawn, spawnSync } from "node:child_process";
import { expect } from "chai";
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "ssh2";
import { newKeyPair } from "../../local/ssh/keyPair";
import { ProjectCopy } from "../fixtures/projectCopy";
import { besideProgram } from "../fixtures/projectFiles";
import { clientOf } from "../local/setting/protocol";
import { writeHostKeys } from "../local/setting/running";
import { childrenOf } from "../processes";
import { Run, type Ready } from "./run";

const tenant = (name: string) => `  - name: ${name}\n    sshKeys:\n      - ${newKeyPair(name).publicKey} ${name}\n`;
const [acme, globex] = [tenant("acme"), tenant("globex")];
const invalid = "tenants:\n  - name: A\n";

type Line = Ready & { readonly message?: string };

describe("npm start, while its files are edited", function () {
  // Each change is a synthesis of its own, which takes a loaded machine half a minute.
  this.timeout(360_000);
  let project: ProjectCopy;
  let tenantsFile: string;
  let stackFile: string;
  const runs: Run[] = [];
  const clients: Client[] = [];

  before(() => {
    project = new ProjectCopy(besideProgram);
    writeHostKeys(join(project.directory, "data"));
    tenantsFile = join(project.directory, "tenants.yaml");
    stackFile = join(project.directory, "Pulumi.dev.yaml");
  });
  beforeEach(() => writeFileSync(tenantsFile, `tenants:\n${acme}`));
  afterEach(async () => {
    clients.splice(0).forEach((client) => client.end());
    for (const run of runs.splice(0).filter(({ child }) => child.exitCode === null)) {
      await run.end("SIGKILL");
    }
  });
  after(() => project.remove());

  function start(...flags: string[]): Run {
    const args = ["-r", "./cli/typescript.cjs", "cli/start.ts", "--port", "0", ...flags];
    const child = spawn(process.execPath, args, { cwd: project.directory, stdio: ["ignore", "pipe", "pipe"] });
    const run = new Run(child);
    runs.push(run);
    return run;
  }

  const told = (run: Run, event: string) =>
    run.lines.map((line) => JSON.parse(line) as Line).filter((line) => line.event === event);

  /** What is told the so-many-th time. */
  async function toldAs(run: Run, event: string, times: number): Promise<Line> {
    await run.until(() => told(run, event).length >= times);
    return told(run, event)[times - 1]!;
  }

  async function client(port: number, username: string, privateKey: string): Promise<Client> {
    const connected = await clientOf({ port, username, privateKey: readFileSync(privateKey, "utf8") });
    clients.push(connected);
    return connected;
  }

  it("serves what is valid, tells what is not, and ends without a trace", async () => {
    const run = start("--json");
    const ready = await run.ready();
    const [first] = ready.tenants;
    await client(ready.port, "acme", first!.privateKey);

    writeFileSync(`${tenantsFile}.new`, `tenants:\n${acme}${globex}`);
    renameSync(`${tenantsFile}.new`, tenantsFile);
    const changed = await toldAs(run, "changed", 1);
    expect(changed.tenants.map(({ name }) => name)).to.deep.equal(["acme", "globex"]);
    expect(changed.tenants[0]).to.deep.equal(first);
    expect(changed.port).to.equal(ready.port);
    await client(ready.port, "globex", changed.tenants[1]!.privateKey);

    writeFileSync(tenantsFile, invalid);
    const refused = await toldAs(run, "not-changed", 1);
    expect(refused.message).to.match(/tenants\.yaml:2:\d+: error: /);
    await client(ready.port, "globex", changed.tenants[1]!.privateKey);

    truncateSync(tenantsFile);
    await new Promise((resolve) => setTimeout(resolve, 50));
    appendFileSync(tenantsFile, `tenants:\n${globex}`);
    const again = await toldAs(run, "changed", 2);
    expect(again.tenants).to.deep.equal([changed.tenants[1]]);
    expect(told(run, "not-changed")).to.have.lengthOf(1);

    const { pid } = run.child;
    writeFileSync(tenantsFile, `tenants:\n${acme}`);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await run.end("SIGTERM"), "ended while it synthesises").to.equal(0);
    expect(run.errors).to.match(/tenants\.yaml:2:\d+: error: /);
    expect(run.errors).to.match(/ the change is not served; what was served before still is\n/);
    expect(childrenOf(pid!, "synth.ts")).to.deep.equal([]);
    expect(existsSync(first!.privateKey)).to.equal(false);
  });

  it("serves a changed stack file, and says where a wrong one is wrong", async () => {
    const before = readFileSync(stackFile, "utf8");
    try {
      const run = start("--json");
      const { port, tenants } = await run.ready();
      writeFileSync(stackFile, `${before}  sftp-gateway:noSuchSetting: true\n`);
      expect((await toldAs(run, "not-changed", 1)).message).to.match(
        /Pulumi\.dev\.yaml:\d+:\d+: error: .*noSuchSetting/,
      );
      rmSync(stackFile);
      expect((await toldAs(run, "not-changed", 2)).message).to.equal(
        '--stack "dev" is not a stack of this project; there are prod',
      );
      const other = join(project.directory, "others.yaml");
      writeFileSync(other, `tenants:\n${globex}`);
      const withoutFile = before.replace(/^ *sftp-gateway:tenantsFile:.*\n/m, "");
      writeFileSync(
        stackFile,
        `${withoutFile}  sftp-gateway:tenantsFile: others.yaml\n  sftp-gateway:identityProvider: lambda\n`,
      );
      expect((await toldAs(run, "changed", 1)).tenants.map(({ name }) => name)).to.deep.equal(["globex"]);
      writeFileSync(other, `tenants:\n${globex}${acme}`);
      expect((await toldAs(run, "changed", 2)).tenants[0]).to.deep.equal(tenants[0]);
      await client(port, "acme", tenants[0]!.privateKey);
      expect(await run.end("SIGTERM")).to.equal(0);
    } finally {
      writeFileSync(stackFile, before);
    }
  });

  it("shows a person who is new and who is gone", async () => {
    const run = start();
    await run.until(() => run.lines.some((line) => line.endsWith(" acme")));
    writeFileSync(tenantsFile, `tenants:\n${globex}${acme.replace("sshKeys", "state: suspended\n    sshKeys")}`);
    await run.until(() => run.lines.at(-1) === "  acme  suspended");
    const from = run.lines.findIndex((line) => line.endsWith(" the change is served: 1 tenant"));
    expect(run.lines.slice(from + 1)).to.deep.equal([
      "  globex  sftp -F data/.gateway/ssh_config globex",
      "  acme  is not served any more",
      "",
      "Not served:",
      "  acme  suspended",
    ]);
    expect(run.errors.replace(/note: .*\n/g, "")).to.equal("");
    expect(await run.end("SIGTERM")).to.equal(0);
  });

  /** `script` gives a command a terminal; elsewhere than on Linux it is called otherwise. */
  const onTerminal = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0 ? it : it.skip;
  const coloured = (run: Run) => run.lines.some((line) => /\u001b\[\d+m/.test(line));

  onTerminal("fits 80 columns on a terminal, in colours", async () => {
    const long = join(project.directory, "a-folder-with-a-name-of-some-length", "data");
    writeHostKeys(long);
    const { child, run } = startOnTerminal({}, `--port 0 --data ${long}`);
    await run.until(() => run.lines.some((line) => line.trim() === "acme"));
    writeFileSync(tenantsFile, invalid);
    await run.until(() => run.lines.some((line) => line.includes("what was served before still is")));
    child.stdin.write("\u0003");
    await run.end();
    expect(coloured(run)).to.equal(true);
    expect(seenOn(run).filter((line) => line.length > 80)).to.deep.equal([]);
  });

  for (const [why, environment, flags, first] of [
    ["it is called wrongly", {}, "--port http", "error: --port is a number from 0 to 65535"],
    ["tenants.yaml is wrong", {}, "", "error: nothing is deployed:"],
    [
      "the data folder is a file, without colours under NO_COLOR",
      { NO_COLOR: "1" },
      "--data tenants.yaml/data",
      "error: cannot write to the data folder",
    ],
  ] as const) {
    onTerminal(`fits 80 columns on a terminal when ${why}`, async () => {
      writeFileSync(tenantsFile, invalid);
      const { run } = startOnTerminal(environment, flags);
      expect(await run.end()).not.to.equal(0);
      const seen = seenOn(run);
      expect(seen.find((line) => line.startsWith("error: "))).to.equal(first);
      expect(coloured(run)).to.equal(!("NO_COLOR" in environment));
      expect(seen.filter((line) => line.length > 80)).to.deep.equal([]);
    });
  }

  function startOnTerminal(environment: NodeJS.ProcessEnv, flags: string) {
    const command = `stty cols 80; exec node -r ./cli/typescript.cjs cli/start.ts ${flags}`;
    const child = spawn("script", ["-qefc", command, "/dev/null"], {
      cwd: project.directory,
      stdio: ["pipe", "pipe", "pipe"],
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], TERM: "xterm-256color", ...environment },
    });
    const run = new Run(child);
    runs.push(run);
    return { child, run };
  }

  /** What is said while the synthesis runs is cleared before the line that follows. */
  function seenOn(run: Run): string[] {
    return run.lines.map((line) => line.replace(/^.*\u001b\[K/, "").replace(/\u001b\[\d+m|\r/g, ""));
  }
});
