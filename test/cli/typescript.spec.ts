import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect } from "chai";
import esbuild from "esbuild";

const project = resolve(__dirname, "../..");

/** Runs JavaScript in a process that is loaded as the program and the commands are, and gives what it prints as JSON. */
function run(script: string, cwd = project): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ["-r", "./cli/typescript.cjs", "--eval", script], {
    cwd,
    encoding: "utf8",
  });
  expect(stdout, stderr).not.to.equal("");
  return JSON.parse(stdout);
}

const sdk = `
  const pulumi = require("@pulumi/pulumi");
  const late = () => ["typescript", "@npmcli/arborist"].filter((name) =>
    Object.keys(require.cache).some((file) => file.includes("node_modules/" + name + "/lib/arborist/") ||
      file.endsWith("node_modules/" + name + "/lib/typescript.js")));
  const finders = () => ["picomatch", "hosted-git-info"].filter((name) =>
    Object.keys(require.cache).some((file) => file.includes("node_modules/" + name)));
  const print = (value) => console.log(JSON.stringify(value));
`;

describe("the loader of TypeScript", () => {
  it("keeps from Pulumi's SDK the compiler, the installer and the finders of files that it does not need", () => {
    expect(run(`${sdk} print([...late(), ...finders()]);`)).to.deep.equal([]);
  });

  it("gives the SDK the compiler when a program serialises a function", () => {
    const serialised = `pulumi.runtime.serializeFunction(() => 6 * 7).then(({ text }) => print([text, late()]));`;
    const [text, loaded] = run(`${sdk} ${serialised}`) as [string, string[]];
    expect(text).to.include("6 * 7");
    expect(loaded).to.deep.equal(["typescript"]);
  });

  it("lets the SDK say where a function stands that cannot be serialised", () => {
    const program = join(mkdtempSync(join(tmpdir(), "typescript-")), "handler.cjs");
    writeFileSync(program, "const sequence = (function* () {})();\nexports.handler = () => sequence.next();\n");
    const script = `
      const { handler } = require(${JSON.stringify(program)});
      pulumi.runtime.serializeFunction(handler).catch(({ message }) => print(message.split("\\n")[0]));`;
    const said = run(`${sdk} ${script}`);
    rmSync(dirname(program), { recursive: true });
    expect(said).to.equal("Error serializing '() => sequence.next()': handler.cjs(2,18)");
  });

  it("gives the SDK the installer when a program packs the packages that a function needs", () => {
    const packed = `pulumi.runtime.computeCodePaths({ extraIncludePackages: ["yaml"] }).then((paths) => print([[...paths.keys()], finders()]));`;
    const [paths, loaded] = run(`${sdk} ${packed}`) as [string[], string[]];
    expect(paths).to.include("node_modules/yaml");
    expect(loaded).to.deep.equal(["hosted-git-info"]);
  });

  it("gives the SDK what finds the workspaces around a program once it looks for them", () => {
    const script = `print([typeof require("fdir").fdir, finders()]);`;
    expect(run(`${sdk} ${script}`)).to.deep.equal(["function", ["picomatch"]]);
  });

  it("gives the SDK its automation of the CLI once something of that is used", () => {
    const script = `
      const loaded = () => Object.keys(require.cache).some((file) => file.endsWith("/automation/localWorkspace.js"));
      const before = loaded();
      print([before, typeof pulumi.automation.LocalWorkspace.create, loaded()]);`;
    expect(run(`${sdk} ${script}`)).to.deep.equal([false, "function", true]);
  });

  it("opens the debugger in which the SDK looks up functions once it looks for one, and not for each run", () => {
    const script = `
      const { Session } = require("inspector");
      const { connect } = Session.prototype;
      let opened = 0;
      Session.prototype.connect = function () { opened += 1; connect.call(this); };
      const { isInitializedAsync, getSessionAsync } = require("@pulumi/pulumi/runtime/closure/v8Hooks");
      const told = [];
      isInitializedAsync().then(() => told.push(opened)).then(getSessionAsync).then(() => print([...told, opened]));`;
    expect(run(`${sdk} ${script}`)).to.deep.equal([0, 1]);
  });

  it("loads what reports a trace of a run once it is used", () => {
    const script = `
      const { start } = require("@pulumi/pulumi/cmd/run/tracing");
      const loaded = () => Object.keys(require.cache).some((file) => file.endsWith("/BasicTracerProvider.js"));
      const before = loaded();
      start("http://127.0.0.1:9/");
      print([before, loaded()]);`;
    expect(run(`${sdk} ${script}`)).to.deep.equal([false, true]);
  });

  it("loads a service of AWS once something of it is used, and no other one", () => {
    const script = `
      const aws = require("@pulumi/aws");
      const loaded = () => ["s3/bucket", "sqs/queue"].filter((name) => require.resolve("@pulumi/aws/" + name) in require.cache);
      const before = loaded();
      print([before, typeof aws.s3.Bucket.get, aws.s3.CannedAcl.Private, loaded()]);`;
    expect(run(`${sdk} ${script}`)).to.deep.equal([[], "function", "private", ["s3/bucket"]]);
  });

  it("has in a service of AWS what plain Pulumi has, counted as well as read", () => {
    const script = `
      const { s3 } = require("@pulumi/aws");
      print(["Bucket" in s3, Object.keys(s3).includes("Bucket"), { ...s3 }.CannedAcl.Private, "Bukket" in s3]);`;
    expect(run(`${sdk} ${script}`)).to.deep.equal([true, true, "private", false]);
  });

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
