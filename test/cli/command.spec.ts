import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const project = resolve(__dirname, "../..");
const loader = "./cli/typescript.cjs";
const bug = `This is a bug of sftp-gateway. Please report it, with the lines above, in the issue tracker of the repository that you have this from.`;

describe("what a command says when it fails", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sftp-gateway-command-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs a command that does nothing but throw. */
  function fail(thrown: string, flags: readonly string[] = [], args: readonly string[] = []) {
    const script = join(folder, "command.ts");
    writeFileSync(
      script,
      `import { RunError } from ${JSON.stringify(join(project, "node_modules/@pulumi/pulumi/errors"))};
import { runCommand } from ${JSON.stringify(join(project, "cli/command"))};
import { ConfigurationError } from ${JSON.stringify(join(project, "synth/configuration"))};

interface Nothing { readonly thisIsNoJavaScript: true }

void [RunError, ConfigurationError];
runCommand(() => { throw ${thrown}; });
`,
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, "-r", loader, script, ...args], {
      cwd: project,
      encoding: "utf8",
    });
    expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
    return stderr;
  }

  for (const [what, thrown] of [
    ["the configuration's", 'new ConfigurationError("Pulumi.dev.yaml: no")'],
    ["the program's refusal", 'new RunError("Pulumi.dev.yaml: no")'],
    ["the file system's refusal", 'Object.assign(new Error("Pulumi.dev.yaml: no"), { code: "EACCES" })'],
  ] as const) {
    it(`is one line for a user's mistake, ${what}`, () => {
      expect(fail(thrown)).to.equal("error: Pulumi.dev.yaml: no\n");
    });
  }

  it("is the stack, where to report it, and how to see the source's lines, for a bug", () => {
    const [error, ...rest] = fail('new TypeError("x is not a function")').split("\n");
    expect(error).to.equal("error: TypeError: x is not a function");
    expect(rest[0]).to.match(/^ {4}at .*command\.ts:/);
    expect(rest.slice(rest.indexOf("") + 1, -2)).to.deep.equal([bug]);
    expect(rest.at(-2)).to.match(/^The stack with the lines of the source: node --enable-source-maps .*command\.ts$/);
  });

  it("says how to see the stack where none was taken, with the arguments as they were", () => {
    const args = ["--stack", "dev", "it's; $HOME"];
    const lines = fail("new TypeError()", ["--stack-trace-limit=0"], args).split("\n");
    expect(lines.slice(0, 3)).to.deep.equal(["error: TypeError", "", bug]);
    const again = /^The stack with the lines of the source: (.*)$/.exec(lines[3]!)?.[1] ?? "";
    writeFileSync(join(folder, "command.ts"), "process.stdout.write(JSON.stringify(process.argv.slice(2)));\n");
    const { stdout } = spawnSync("bash", ["-c", again], { cwd: project, encoding: "utf8" });
    expect(JSON.parse(stdout)).to.deep.equal(args);
  });

  it("shows the source's lines when asked to, and then no longer how to ask", () => {
    const lines = fail('new Error("told")', ["--enable-source-maps"]).split("\n");
    expect(lines[1]).to.match(/command\.ts:8:26\)?$/);
    expect(lines.at(-2)).to.equal(bug);
  });

  it("shows what was thrown that is no error", () => {
    expect(fail('"text"').split("\n").slice(0, 3)).to.deep.equal(["error: text", "", bug]);
  });

  describe("where the packages are not those of package.json", () => {
    beforeEach(() => {
      mkdirSync(join(folder, "cli"));
      cpSync(join(project, "cli/typescript.cjs"), join(folder, "cli/typescript.cjs"));
      cpSync(join(project, "package.json"), join(folder, "package.json"));
    });

    function check() {
      const { status, stderr } = spawnSync(process.execPath, ["-r", loader, "cli/check.ts"], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(status).to.equal(1);
      return stderr;
    }

    it("is one line without any", () => {
      expect(check()).to.match(
        /^error: the packages that this needs are not installed \([\w@/-]+ is missing\): run `npm ci` in the project's folder\n$/,
      );
    });

    it("is one line with those of an earlier version", () => {
      mkdirSync(join(folder, "node_modules"));
      for (const name of readdirSync(join(project, "node_modules"))) {
        symlinkSync(join(project, "node_modules", name), join(folder, "node_modules", name));
      }
      const zod = join(folder, "node_modules", "zod");
      rmSync(zod);
      mkdirSync(zod);
      writeFileSync(join(zod, "package.json"), '{ "name": "zod", "version": "3.0.0" }');
      expect(check()).to.match(
        /^error: the packages that this needs are not installed \(zod is 3\.0\.0 instead of \d+\.\d+\.\d+\): run `npm ci` .*\n$/,
      );
    });
  });
});
