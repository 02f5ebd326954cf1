import { spawn } from "node:child_process";
import { expect } from "chai";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import SftpClient from "ssh2-sftp-client";
import { tenantPrefix } from "../../access/grant";
import { newKeyPair } from "../../local/ssh/keyPair";
import { CommandProcess } from "../fixtures/commandProcess";
import { childrenOf, ended, tellsOfProcesses } from "../processes";
import { contentOf, temporaryFolder, writeHostKeys } from "../local/setting/running";
import { Run, type Ready } from "./run";

const project = resolve(__dirname, "../..");
const own = newKeyPair("own");

const tenantsFile = `tenants:
  - name: acme
    userName: ACME_batch
    sshKeys:
      - ${own.publicKey} own
    notify:
      - queue: true
      - email: orders@acme.example
  - name: globex
    sshKeys:
      - ${newKeyPair("other").publicKey} other
  - name: initech
    state: suspended
    sshKeys:
      - ${newKeyPair("third").publicKey} third
`;

describe("npm start", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  const runs: Run[] = [];
  const clients: SftpClient[] = [];

  function makeFolder(): void {
    folder = temporaryFolder();
    writeFileSync(join(folder.path, "tenants.yaml"), tenantsFile);
  }
  async function endAll(): Promise<void> {
    await Promise.all(clients.splice(0).map((client) => client.end().catch(() => undefined)));
    for (const run of runs.splice(0).filter(({ child }) => child.exitCode === null)) {
      await run.end("SIGKILL");
    }
    folder.remove();
  }

  const data = () => join(folder.path, "data");
  const serving = ({ port = 0, from = data() } = {}) => [
    ...["--json", "--port", String(port), "--tenants", join(folder.path, "tenants.yaml"), "--data", from],
  ];

  function started(command: string, ...args: string[]): Run {
    const run = new Run(spawn(command, args, { cwd: project, stdio: ["ignore", "pipe", "pipe"] }));
    runs.push(run);
    return run;
  }
  const start = (...flags: string[]) =>
    started(process.execPath, "-r", "./cli/typescript.cjs", "cli/start.ts", ...flags);

  async function client(port: number, username: string, privateKey: string): Promise<SftpClient> {
    const sftp = new SftpClient("client", { error: () => undefined, end: () => undefined, close: () => undefined });
    clients.push(sftp);
    await sftp.connect({ host: "127.0.0.1", port, username, privateKey });
    return sftp;
  }

  const objectsOf = (name: string) => {
    const bucket = readdirSync(data()).find((entry) => entry.startsWith("sftp-gateway-"))!;
    return join(data(), bucket, tenantPrefix(name));
  };
  const queue = () => join(data(), "queues/sftp-gateway-dev_tenant_acme.jsonl");
  const pidOf = () => Number(readFileSync(join(data(), ".gateway/pid"), "utf8"));

  /** The process of the function, once it has announced something. */
  async function functionsOf(run: Run): Promise<number[]> {
    await run.until(() => run.lines.some((line) => line.includes('"message":"announced"')));
    const children = childrenOf(pidOf(), "functionRuntime.mjs");
    expect(children).to.have.lengthOf(tellsOfProcesses ? 1 : 0);
    return children;
  }

  describe("of a new data folder", () => {
    let run: Run;
    let ready: Ready;
    before(async () => {
      makeFolder();
      run = started("npm", "-s", "start", "--", ...serving());
      ready = await run.ready();
    });
    after(endAll);

    it("serves tenants.yaml, by the keys of this run and by the tenants' own", async () => {
      expect(ready).to.include({ event: "ready", host: "127.0.0.1" });
      expect(ready.hostKeyFingerprint).to.match(/^SHA256:.{43}$/);
      expect(ready.tenants.map(({ name, userName }) => `${name} ${userName}`)).to.deep.equal([
        "acme ACME_batch",
        "globex globex",
      ]);
      const key = ready.tenants[0]!.privateKey;
      expect(statSync(key).mode & 0o777).to.equal(0o600);
      const acme = await client(ready.port, "ACME_batch", readFileSync(key, "utf8"));
      await acme.put(Buffer.from("hello"), "/a.txt");
      expect(readFileSync(join(objectsOf("acme"), "a.txt"), "utf8")).to.equal("hello");
      const withOwnKey = await client(ready.port, "ACME_batch", own.privateKey);
      expect((await withOwnKey.list("/")).map(({ name }) => name)).to.deep.equal(["a.txt"]);
    });

    it("serves it once, and no page to a program that does not ask for one", async () => {
      expect(ready).not.to.have.property("page");
      const second = start(...serving());
      expect(await second.end()).to.equal(1);
      expect(second.errors).to.match(/served by another gateway/);
    });

    it("says which port is in use", async () => {
      const from = join(folder.path, "other");
      writeHostKeys(from);
      const other = start(...serving({ port: ready.port, from }));
      expect(await other.end()).to.equal(1);
      expect(other.errors).to.include(`port ${ready.port} is in use`);
    });

    it("ends with npm, and leaves no process and no trace of this run's keys", async () => {
      const functions = await functionsOf(run);
      const pid = pidOf();
      expect(await run.end("SIGTERM")).to.equal(0);
      expect(() => process.kill(pid, 0)).to.throw("ESRCH");
      await Promise.all(functions.map(ended));
      expect(existsSync(ready.tenants[0]!.privateKey)).to.equal(false);
      expect(existsSync(join(data(), ".gateway/pid"))).to.equal(false);
    });

    it("has told what happened, each line an event of the log or of the deliveries", () => {
      const lines = run.lines.slice(1).map((line) => JSON.parse(line) as Record<string, string>);
      expect(lines.map((line) => line["activity-type"])).to.include.members([
        "CONNECTED",
        "OPEN",
        "CLOSE",
        "DISCONNECTED",
      ]);
      expect(lines.every((line) => "event" in line !== "activity-type" in line)).to.equal(true);
      expect(
        lines.filter(({ event }) => event === "delivered").map(({ subscription, to }) => `${subscription} ${to}`),
      ).to.deep.equal([
        "gateway-on-upload gateway-on-upload",
        "gateway-tenant-acme queues/sftp-gateway-dev_tenant_acme.jsonl",
      ]);
      expect(run.errors).to.match(/^note: TransferSecurityPolicy-2025-03 has on AWS, and not here: mlkem\S+.*\n$/);
    });
  });

  describe("of a data folder with host keys", () => {
    beforeEach(() => {
      makeFolder();
      writeHostKeys(data());
    });
    afterEach(endAll);

    it("keeps every acknowledged upload and shows no half one when it is killed", async () => {
      const killed = start(...serving());
      const first = await killed.ready();
      const acme = await client(first.port, "ACME_batch", own.privateKey);
      await acme.put(Buffer.from("whole"), "/whole.txt");
      const functions = await functionsOf(killed);
      const endless = new Readable({ read: () => undefined });
      endless.push(Buffer.alloc(300_000));
      const half = acme.put(endless, "/half.bin").catch(() => undefined);
      await killed.until(() => killed.lines.some((line) => line.includes("half.bin")));
      await killed.end("SIGKILL");
      endless.push(null);
      await half;
      expect(readdirSync(objectsOf("acme"))).to.deep.equal(["whole.txt"]);
      await Promise.all(functions.map(ended));

      const again = start(...serving());
      const second = await again.ready();
      expect(second.hostKeyFingerprint).to.equal(first.hostKeyFingerprint);
      expect(readdirSync(join(data(), ".gateway/uploads"))).to.deep.equal([]);
      const reader = await client(second.port, "ACME_batch", own.privateKey);
      expect(await contentOf(reader, "/whole.txt")).to.equal("whole");
      await reader.put(Buffer.from("more"), "/more.txt");
      await functionsOf(again);
      expect(readFileSync(queue(), "utf8").match(/(whole|more)\.txt/g)).to.include.members(["whole.txt", "more.txt"]);
      expect(await again.end("SIGINT")).to.equal(0);
    });

    it("shows a person a command for each tenant, what happens, and who hears of it", async () => {
      const run = start(...serving().filter((flag) => flag !== "--json"));
      await run.until(() => run.lines.some((line) => line.endsWith(" globex")));
      expect(run.lines.find((line) => line.startsWith("  acme "))).to.match(/^ {2}acme {4}sftp -F \S+ssh_config acme$/);
      const port = Number(/ serves 127\.0\.0\.1:(\d+)\.$/m.exec(run.lines.join("\n"))![1]);
      await (await client(port, "ACME_batch", own.privateKey)).put(Buffer.from("hello"), "/a\u001b[31m.txt");
      await run.until(() =>
        run.lines.some((line) => /ACME_batch uploaded 5 bytes to .*a\\u\{1b\}\[31m\.txt/.test(line)),
      );
      await run.until(() => run.lines.some((line) => line.includes("on-upload announced")));
      const file = "a\\u{1b}[31m.txt of tenant:acme";
      const told = run.lines.map((line) => line.replace(/^[\d:]{8} /, ""));
      expect(told).to.include.members([
        `subscription gateway-tenant-acme put ${file} into queues/sftp-gateway-dev_tenant_acme.jsonl`,
        "on-upload counted Files 1, Bytes 5 for tenant:acme",
        `on-upload announced ${file} (5 bytes)`,
      ]);
      expect(told.find((line) => line.includes(`would mail orders@acme.example about ${file}`))).to.match(
        /^subscription gateway-email-[0-9a-f]{16} would /,
      );
      expect(
        run.lines.some((line) => line.includes(" writes ")),
        "a line for the upload, not two",
      ).to.equal(false);
      expect(run.lines[3]).to.match(/^Who listens hears of uploads: queues are files in .*queues; nothing is sent\.$/);
      expect(readFileSync(queue(), "utf8").split("\n")).to.have.lengthOf(2);
      expect(await run.end("SIGTERM")).to.equal(0);
    });

    it("passes on what is wrong with tenants.yaml", async () => {
      writeFileSync(join(folder.path, "tenants.yaml"), "tenants:\n  - name: A\n");
      const run = start(...serving());
      expect(await run.end()).to.equal(1);
      expect(run.errors).to.match(/tenants\.yaml:2:\d+: error:/);
      expect(run.errors).not.to.match(/\n\s+at /);
      expect(run.lines).to.deep.equal([]);
    });

    it("says that the data folder cannot be used", async () => {
      const from = join(folder.path, "file");
      writeFileSync(from, "not a folder");
      const run = start(...serving({ from }));
      expect(await run.end()).to.equal(1);
      expect(run.errors).to.match(/cannot write to the data folder/);
    });
  });

  const wrong: [flags: string[], message: RegExp][] = [
    [["--prot", "1"], /unknown flag --prot/],
    [["--port", "http"], /--port is a number/],
    [["--port", "65536"], /--port is a number/],
    [["--data"], /--data needs a value/],
    [["--page", "--no-page"], /--page and --no-page exclude each other/],
    [["--json", "--verbose"], /--verbose is of no use beside --json, which prints every line/],
  ];
  describe("that serves nothing", () => {
    let commands: CommandProcess;
    before(() => (commands = new CommandProcess(project)));
    after(() => commands.end());

    const called = (...words: string[]) => commands.run({ command: "start", words, directory: project });

    it("shows its help", async () => {
      const { code, stdout } = await called("--help");
      expect(code).to.equal(0);
      expect(stdout.split("\n")).to.include(
        "Exits with 0 when it is ended, 1 when nothing can be served, 2 when called wrongly.",
      );
      expect(stdout).to.match(/--stack.*--tenants.*--port.*--data.*--json/s);
    });

    for (const [words, message] of wrong) {
      it(`says how it is called after ${words.join(" ")}`, async () => {
        const { code, stderr } = await called(...words);
        expect(code).to.equal(2);
        expect(stderr)
          .to.match(message)
          .and.to.match(/Usage: npm start/);
      });
    }
  });
});
