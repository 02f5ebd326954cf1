import { spawn, spawnSync } from "node:child_process";
import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { newKeyPair } from "../../local/ssh/keyPair";
import { temporaryFolder, writeHostKeys } from "../local/setting/running";
import { Run } from "./run";

const project = resolve(__dirname, "../..");
const tenantsFile = `tenants:
  - name: acme
    sshKeys:
      - ${newKeyPair("acme").publicKey} acme
  - name: initech
    state: suspended
    sshKeys:
      - ${newKeyPair("initech").publicKey} initech
`;
const address = /http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\//;

describe("the page of npm start", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  const runs: Run[] = [];

  beforeEach(() => {
    folder = temporaryFolder();
    writeFileSync(join(folder.path, "tenants.yaml"), tenantsFile);
    writeHostKeys(join(folder.path, "data"));
  });
  afterEach(async () => {
    for (const run of runs.splice(0).filter(({ child }) => child.exitCode === null)) {
      await run.end("SIGKILL");
    }
    folder.remove();
  });

  const command = (...flags: string[]) => [
    ...[process.execPath, "-r", "./cli/typescript.cjs", "cli/start.ts", "--port", "0"],
    ...["--tenants", join(folder.path, "tenants.yaml"), "--data", join(folder.path, "data"), ...flags],
  ];

  function started([file = "", ...args]: readonly string[]): Run {
    const run = new Run(spawn(file, args, { cwd: project, stdio: ["ignore", "pipe", "pipe"] }));
    runs.push(run);
    return run;
  }

  /** On a terminal, as script of util-linux makes one; what it runs ends with it. */
  async function linesOnTerminal(test: Mocha.Context, ...flags: string[]): Promise<string> {
    if (process.platform !== "linux") {
      test.skip();
    }
    const run = started(["script", "-qec", command(...flags).join(" "), "/dev/null"]);
    await run.until(() => run.lines.some((line) => line.startsWith("Not served:")));
    await run.end("SIGTERM");
    return run.lines.join("\n");
  }

  it("is served where it is asked for, answers by tenants.yaml, and ends with the gateway", async () => {
    const run = started(command("--json", "--page"));
    const { page = "" } = await run.ready();
    expect(page).to.match(new RegExp(`^${address.source}$`));
    expect(await (await fetch(page)).text()).to.include('<h2 id="why-heading">Ask why</h2>');
    const answer = (await (await fetch(`${page}why?name=initech&operation=login`)).json()) as { text: string };
    expect(answer.text).to.match(/^initech login: denied\n.*tenants\.yaml:6:12\n.*state: active/s);
    const file = join(folder.path, "tenants.yaml");
    writeFileSync(file, tenantsFile.replace("suspended", "asleep"));
    const refusal = async () => ((await (await fetch(`${page}state`)).json()) as { refusal?: string }).refusal;
    await run.until(() => run.lines.some((line) => line.includes('"event":"not-changed"')));
    expect(await refusal()).to.match(/tenants\.yaml:6:12: .*"asleep"/);
    writeFileSync(file, tenantsFile);
    await run.until(() => run.lines.some((line) => line.includes('"event":"changed"')));
    expect(await refusal()).to.equal(undefined);
    expect(await run.end("SIGTERM")).to.equal(0);
    expect(await fetch(page).catch(() => "gone")).to.equal("gone");
  });

  it("tells a person its address, and a command that answers why the last request or login failed, as it stands", async () => {
    const run = started(command("--page"));
    const asking = () => run.lines.findIndex((line) => line === "Why the last request or login failed:");
    await run.until(() => asking() >= 0 && asking() < run.lines.length - 1);
    expect(run.lines.filter((line) => address.test(line))).to.have.lengthOf(1);
    expect(run.lines[4]).to.match(/^Watch it in a browser: http:/);
    const shown = run.lines[asking() + 1]!;
    expect(shown).to.equal(
      `  npm -s run why -- - --stack dev --tenants ${folder.path}/tenants.yaml < ${folder.path}/data/.gateway/log.jsonl`,
    );
    const denied = { "activity-type": "AUTH_FAILURE", user: "initech", method: "publickey", message: "-" };
    writeFileSync(join(folder.path, "data/.gateway/log.jsonl"), `${JSON.stringify(denied)}\n`);
    const { status, stdout } = spawnSync("bash", ["-c", shown], { cwd: project, encoding: "utf8" });
    expect(status).to.equal(3);
    expect(stdout).to.match(/^initech login: denied\n/);
    expect(await run.end("SIGTERM")).to.equal(0);
  });

  it("is served on a terminal", async function () {
    expect(await linesOnTerminal(this)).to.match(address);
  });

  it("is not served on a terminal where nobody wants it", async function () {
    expect(await linesOnTerminal(this, "--no-page")).not.to.match(/http:/);
  });
});
