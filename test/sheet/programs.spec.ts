import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { newKeyPair } from "../../local/ssh/keyPair";
import { Run } from "../cli/run";
import { Repository } from "../fixtures/repository";
import { temporaryFolder } from "../local/setting/running";

const keys = { acme: newKeyPair("acme"), globex: newKeyPair("globex") };
type Tenant = keyof typeof keys;

const tenantsFile = `tenants:
  - name: acme
    userName: ACME_batch
    folders:
      - { name: inbox, path: /In, access: write-only }
      - { name: outbox, path: /Out/From Us, access: read-only }
    sshKeys:
      - ${keys.acme.publicKey} acme
  - name: globex
    sshKeys:
      - ${keys.globex.publicKey} globex
`;

/**
 * The programs whose commands are run, by the sheet's headings, and under which security policy: curl of Debian 12 has an SSH
 * that knows none of the newest algorithms.
 */
const programs: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "TransferSecurityPolicy-2025-03": {
    "OpenSSH (sftp, scp)": ["sftp", "scp"],
    lftp: ["lftp"],
    rclone: ["rclone"],
    "psftp (PuTTY)": ["psftp", "puttygen"],
  },
  "TransferSecurityPolicy-2022-03": { curl: ["curl"] },
};

/** CI says that it has installed them all. */
const areInstalled = process.env["SFTP_PROGRAMS"] === "installed";

for (const [policy, ofPolicy] of Object.entries(programs)) {
  describe(`a script with the sheet and the private key alone, under ${policy}`, () => {
    let repository: Repository;
    let folder: ReturnType<typeof temporaryFolder>;
    let gateway: Run;
    const bucket = () => join(folder.path, "data", "sftp-gateway-dev-123456789012");
    const sheets: Partial<Record<Tenant, string>> = {};

    before(async () => {
      folder = temporaryFolder();
      repository = new Repository();
      repository.write("tenants.yaml", tenantsFile);
      const stackFile = readFileSync(join(repository.directory, "Pulumi.dev.yaml"), "utf8");
      repository.write("Pulumi.dev.yaml", `${stackFile}  sftp-gateway:securityPolicy: ${policy}\n`);
      const data = ["--data", join(folder.path, "data")];
      gateway = new Run(startedGateway("--json", "--port", "0", ...data));
      await gateway.ready();
      for (const tenant of ["acme", "globex"] as const) {
        const { code, stdout, stderr } = await repository.call("sheet", tenant, "--stack", "dev", ...data);
        expect(code, stderr).to.equal(0);
        sheets[tenant] = stdout;
      }
    });
    after(async () => {
      await gateway?.end("SIGTERM");
      folder?.remove();
      repository?.remove();
    });

    for (const [heading, commands] of Object.entries(ofPolicy)) {
      it(`sends, lists and fetches with ${heading}, where it may`, async function () {
        requireInstalled(this, commands);
        const fetched = join(bucket(), tenantPrefix("acme"), "outbox", "FILE");
        mkdirSync(join(fetched, ".."), { recursive: true });
        writeFileSync(fetched, "from us");
        const sent = join(bucket(), tenantPrefix("acme"), "inbox", "FILE");
        rmSync(sent, { force: true });
        const here = partner("acme", "to you");
        await work(sheets.acme!, heading, here);
        expect(readFileSync(sent, "utf8")).to.equal("to you");
        expect(readFileSync(join(here, "COPY"), "utf8")).to.equal("from us");
      });

      it(`works in a folder of every right with ${heading}`, async function () {
        requireInstalled(this, commands);
        const sent = join(bucket(), tenantPrefix("globex"), "FILE");
        rmSync(sent, { force: true });
        const here = partner("globex", "both ways");
        await work(sheets.globex!, heading, here);
        expect(readFileSync(sent, "utf8")).to.equal("both ways");
        expect(readFileSync(join(here, "COPY"), "utf8")).to.equal("both ways");
      });
    }

    /** What a partner has: its private key, the host key from the sheet, and a file. */
    function partner(tenant: Tenant, content: string): string {
      const here = join(folder.path, tenant);
      mkdirSync(here, { recursive: true });
      for (const made of ["KEY.ppk", "COPY"]) {
        rmSync(join(here, made), { force: true });
      }
      writeFileSync(join(here, "KEY"), keys[tenant].privateKey, { mode: 0o600 });
      const lines = commandsBelow(sheets[tenant]!, "Host key");
      writeFileSync(join(here, "known_hosts"), lines.map((line) => `${line}\n`).join(""));
      writeFileSync(join(here, "FILE"), content);
      return here;
    }

    /** Runs a program's commands of the sheet, each of which has to succeed, with a home without any keys. */
    async function work(sheet: string, heading: string, here: string): Promise<string> {
      // By hand: it would wait for somebody who types.
      const commands = commandsBelow(sheet, heading).filter((command) => !command.startsWith("sftp "));
      expect(commands).not.to.deep.equal([]);
      const env = { PATH: process.env["PATH"], HOME: here };
      const script = spawn("bash", ["-euo", "pipefail", "-c", commands.join("\n")], { cwd: here, env });
      return endOf(script);
    }

    function startedGateway(...args: string[]) {
      const words = ["--stack-trace-limit=0", "-r", "./cli/typescript.cjs", "cli/start.ts", ...args];
      return spawn(process.execPath, words, { cwd: repository.directory, stdio: ["ignore", "pipe", "pipe"] });
    }
  });
}

/** @throws Error when it fails, with what it said. */
async function endOf(child: ReturnType<typeof spawn>): Promise<string> {
  let said = "";
  let errors = "";
  child.stdout?.on("data", (chunk) => (said += String(chunk)));
  child.stderr?.on("data", (chunk) => (errors += String(chunk)));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  if (code !== 0) {
    throw new Error(`ended with ${code}: ${errors}${said}`);
  }
  return said;
}

/** The lines of the literal text below a heading of a sheet in Markdown. */
function commandsBelow(sheet: string, heading: string): string[] {
  const sections = sheet.split(/^#+ /m);
  const section = sections.find((text) => plain(text.split("\n", 1)[0] ?? "") === heading) ?? "";
  return /```sh\n([^]*?)\n```/.exec(section)?.[1]?.split("\n") ?? [];
}

function plain(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

function requireInstalled(test: Mocha.Context, commands: readonly string[]): void {
  const missing = commands.filter((command) => !isOnPath(command));
  if (missing.length > 0) {
    if (areInstalled) {
      throw new Error(`not installed: ${missing.join(", ")}`);
    }
    test.skip();
  }
}

function isOnPath(command: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(":");
  const isThere = folders.some((path) => existsSync(join(path, command)));
  // On macOS and some Linux distributions curl is built without SFTP.
  return isThere && (command !== "curl" || / sftp\b/.test(spawnSync("curl", ["-V"], { encoding: "utf8" }).stdout));
}
