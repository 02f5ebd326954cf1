import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import esbuild from "esbuild";

const project = resolve(__dirname, "../..");

/** Runs JavaScript in a process that is loaded as the program and the commands are, and gives what it prints as JSON. */
function run(script: string, cwd = project, ...operands: readonly string[]): unknown {
  const words = ["-r", "./cli/typescript.cjs", "--eval", script, ...operands];
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd, encoding: "utf8" });
  expect(stdout, stderr).not.to.equal("");
  return JSON.parse(stdout);
}

/** In each script: the SDK, and what of its packages is loaded. */
const sdk = `
  const pulumi = require("@pulumi/pulumi");
  const isLoaded = (file) => Object.keys(require.cache).some((name) => name.includes("node_modules/" + file));
  const late = () => ["typescript", "@npmcli/arborist"].filter((name) =>
    isLoaded(name + "/lib/arborist/") || isLoaded(name + "/lib/typescript.js"));
  const finders = () => ["picomatch", "hosted-git-info"].filter(isLoaded);
`;

/** What a use loads, all in one process that is called with a program, in an order in which none has loaded what a later one looks for. */
const uses: readonly (readonly [sentence: string, script: string, result: unknown])[] = [
  [
    "keeps from Pulumi's SDK the compiler, the installer and the finders of files that it does not need",
    "return [...late(), ...finders()];",
    [],
  ],
  [
    "opens the debugger in which the SDK looks up functions once it looks for one, and not for each run",
    `
      const { Session } = require("inspector");
      const { connect } = Session.prototype;
      let opened = 0;
      Session.prototype.connect = function () { opened += 1; connect.call(this); };
      const { isInitializedAsync, getSessionAsync } = require("@pulumi/pulumi/runtime/closure/v8Hooks");
      await isInitializedAsync();
      const before = opened;
      await getSessionAsync();
      return [before, opened];`,
    [0, 1],
  ],
  [
    "gives the SDK its automation of the CLI once something of that is used",
    `
      const before = isLoaded("@pulumi/pulumi/automation/localWorkspace.js");
      const { create } = pulumi.automation.LocalWorkspace;
      return [before, typeof create, isLoaded("@pulumi/pulumi/automation/localWorkspace.js")];`,
    [false, "function", true],
  ],
  [
    "loads what reports a trace of a run once it is used",
    `
      const { start } = require("@pulumi/pulumi/cmd/run/tracing");
      const loaded = () => Object.keys(require.cache).some((file) => file.endsWith("/BasicTracerProvider.js"));
      const before = loaded();
      start("http://127.0.0.1:9/");
      return [before, loaded()];`,
    [false, true],
  ],
  [
    "loads a service of AWS once something of it is used, and no other one",
    `
      const aws = require("@pulumi/aws");
      const loaded = () => ["s3/bucket", "sqs/queue"].filter((name) => require.resolve("@pulumi/aws/" + name) in require.cache);
      const before = loaded();
      return [before, typeof aws.s3.Bucket.get, aws.s3.CannedAcl.Private, loaded()];`,
    [[], "function", "private", ["s3/bucket"]],
  ],
  [
    "has in a service of AWS what plain Pulumi has, counted as well as read",
    `
      const { sns } = require("@pulumi/aws");
      return ["Topic" in sns, Object.keys(sns).includes("Topic"), typeof { ...sns }.Topic.get, "Topik" in sns];`,
    [true, true, "function", false],
  ],
  [
    "gives the SDK the compiler when a program serialises a function",
    `
      const { text } = await pulumi.runtime.serializeFunction(() => 6 * 7);
      return [text.includes("6 * 7"), late()];`,
    [true, ["typescript"]],
  ],
  [
    "lets the SDK say where a function stands that cannot be serialised",
    `
      const { handler } = require(process.argv[1]);
      return pulumi.runtime.serializeFunction(handler).catch(({ message }) => message.split("\\n")[0]);`,
    "Error serializing '() => sequence.next()': handler.cjs(2,18)",
  ],
  [
    "gives the SDK the installer when a program packs the packages that a function needs",
    `
      const paths = await pulumi.runtime.computeCodePaths({ extraIncludePackages: ["yaml"] });
      return [paths.has("node_modules/yaml"), finders()];`,
    [true, ["hosted-git-info"]],
  ],
  [
    "gives the SDK what finds the workspaces around a program once it looks for them",
    `
      const before = finders().includes("picomatch");
      return [before, typeof require("fdir").fdir, finders().includes("picomatch")];`,
    [false, "function", true],
  ],
];

describe("the loader of TypeScript", () => {
  let results: unknown;

  before(() => {
    const folder = mkdtempSync(join(tmpdir(), "typescript-"));
    const program = join(folder, "handler.cjs");
    writeFileSync(program, "const sequence = (function* () {})();\nexports.handler = () => sequence.next();\n");
    const calls = uses.map(([, script]) => `results.push(await (async () => {${script}})());`);
    const whole = `${sdk} (async () => { const results = []; ${calls.join("")} console.log(JSON.stringify(results)); })();`;
    results = run(whole, project, program);
    rmSync(folder, { recursive: true });
  });

  for (const [index, [sentence, , result]] of uses.entries()) {
    it(sentence, () => expect(results).to.have.deep.property(String(index), result));
  }

  it("loads zod's messages in other languages once one of them is asked for", () => {
    const script = `
      const { locales, string } = require("zod");
      const loaded = () => Object.keys(require.cache).some((file) => file.endsWith("/zod/v4/locales/de.cjs"));
      const before = loaded();
      const { message } = string().safeParse(1, { error: locales.de().localeError }).error.issues[0];
      console.log(JSON.stringify([before, message, loaded()]));`;
    expect(run(script)).to.deep.equal([false, "Ungültige Eingabe: erwartet string, erhalten Zahl", true]);
  });
});

describe("the translation of TypeScript", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "typescript-"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(project, "node_modules", "esbuild"), join(folder, "node_modules", "esbuild"));
    cpSync(join(project, "cli/typescript.cjs"), join(folder, "cli/typescript.cjs"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies: { esbuild: esbuild.version } }));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (text: string) => writeFileSync(join(folder, "value.ts"), text);
  const value = () => run(`console.log(JSON.stringify(require("./value").value))`, folder);
  const kept = () => readdirSync(join(folder, "node_modules/.cache/typescript"));

  it("is kept, and is another one for another text", () => {
    write("export const value: number = 1;");
    expect([value(), value()]).to.deep.equal([1, 1]);
    expect(kept()).to.have.length(1);
    write("export const value: number = 2;");
    expect(value()).to.equal(2);
    expect(kept()).to.have.length(2);
  });

  it("is taken from where it is kept", () => {
    write("export const value: number = 1;");
    value();
    writeFileSync(join(folder, "node_modules/.cache/typescript", kept()[0] ?? ""), "exports.value = 3;");
    expect(value()).to.equal(3);
  });

  it("needs no place to be kept in", () => {
    writeFileSync(join(folder, "node_modules/.cache"), "");
    write("export const value: number = 1;");
    expect(value()).to.equal(1);
  });

  it("is strict, as the type check takes it to be", () => {
    write("export const value = (function (this: unknown) { return this === undefined; })();");
    expect(value()).to.equal(true);
  });
});
