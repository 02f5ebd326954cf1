import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { withProgress } from "../../cli/progress";
import { publicKey } from "../publicKeys";

const project = resolve(__dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const own = Object.entries(scripts).filter(([, script]) => script.startsWith("exec node"));

/** Runs what npm would run, in the project's folder, as when npm is called in another one. */
function run(script: string, flags: string, caller = project) {
  const environment = { ...process.env, INIT_CWD: caller, npm_package_json: join(project, "package.json") };
  const command = scripts[script]?.replace("exec ", "") ?? "";
  const { status, stdout, stderr } = spawnSync("bash", ["-c", `${command} ${flags}`], {
    cwd: project,
    env: environment,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("every script that is a command", () => {
  for (const [name] of own) {
    it(`npm run ${name} shows its help for --help`, () => {
      const { status, stdout, stderr } = run(name, "--help");
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      expect(stdout).to.match(new RegExp(`^Usage: npm (run )?${name}\\b`));
    });
  }

  // That -h is --help of a command that takes its flags by `withFlags`, the specs of check and tenant say.
  const withOwnReader = own.filter(([, script]) => {
    const file = / (\S+\.ts)$/.exec(script)?.[1] ?? "";
    return !/withFlags|withVerbs/.test(readFileSync(join(project, file), "utf8"));
  });
  for (const [name] of withOwnReader) {
    it(`npm run ${name}, which reads its flags itself, shows the same for -h`, () => {
      expect(run(name, "-h")).to.deep.equal(run(name, "--help"));
    });
  }

  it("is what the README says to type", () => {
    expect(readFileSync(join(project, "README.md"), "utf8")).to.include("`npm run check -- --help`");
  });
});

describe("a command that npm is called for in another folder", () => {
  let caller: string;
  before(() => {
    caller = mkdtempSync(join(tmpdir(), "caller-"));
    writeFileSync(join(caller, "t.yaml"), `tenants:\n  - name: acme\n    sshKeys: ["${publicKey(1).text}"]\n`);
    writeFileSync(join(caller, "key.pub"), `${publicKey(2).text}\n`);
  });
  after(() => rmSync(caller, { recursive: true }));

  it("reads the file that stands there", () => {
    expect(run("check", "--tenants t.yaml", caller)).to.deep.include({ status: 0, stderr: "" });
    expect(run("check", "--tenants none.yaml", caller).stderr).to.match(
      /\/none\.yaml:1:1: error: there is no such file/,
    );
  });

  it("gives its path to the process that it starts", () => {
    const { status, stdout, stderr } = run("access", "--tenants t.yaml --format json", caller);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(stdout).to.include('"name": "acme"').and.to.not.include("northwind");
  });

  it("edits the file that stands there, with the key that stands there", () => {
    expect(run("tenant", "add-key acme --tenants ./t.yaml --key key.pub", caller)).to.deep.include({
      status: 0,
      stderr: "",
    });
    expect(readFileSync(join(caller, "t.yaml"), "utf8")).to.include(publicKey(2).text);
  });

  it("knows its own files wherever it is called", () => {
    const { status, stdout } = run("check", "", caller);
    expect({ status, stdout }).to.deep.equal({ status: 0, stdout: "tenants.yaml: 4 tenants, 2 stacks, no problems\n" });
  });
});

describe("a full disk behind a command's output", () => {
  it("is one line", function () {
    if (!existsSync("/dev/full")) {
      this.skip();
    }
    const { status, stderr } = run("synth", "> /dev/full");
    expect(status).to.equal(1);
    expect(stderr).to.equal("error: ENOSPC: no space left on device, write\n");
  });
});

describe("a wait", () => {
  /** Waits, and gives back what has been written. */
  async function waited(milliseconds: number, isTTY: boolean): Promise<string> {
    let written = "";
    const terminal = { isTTY, write: (text: unknown) => ((written += String(text)), true) };
    const result = await withProgress("doing it", new Promise((done) => setTimeout(done, milliseconds, 7)), terminal);
    expect(result).to.equal(7);
    return written;
  }

  it("is told on a terminal once it takes a second, and leaves nothing behind", async () => {
    expect(await waited(1500, true)).to.equal("\r\u001b[Kdoing it ... 1 s\r\u001b[K");
  });

  it("is not told when it is short, nor where nobody watches", async () => {
    expect([await waited(10, true), await waited(1500, false)]).to.deep.equal(["", ""]);
  });

  it("ends with the failure that it waited for", async () => {
    const failure = await withProgress("x", Promise.reject(new Error("no")), { isTTY: true, write: () => true }).catch(
      String,
    );
    expect(failure).to.equal("Error: no");
  });
});
