import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect } from "chai";

/** Runs JavaScript in a process that is loaded as the program and the commands are, and gives what it prints as JSON. */
function run(script: string): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ["-r", "./cli/typescript.cjs", "--eval", script], {
    cwd: resolve(__dirname, "../.."),
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
  const print = (value) => console.log(JSON.stringify(value));
`;

describe("the loader of TypeScript", () => {
  it("keeps from Pulumi's SDK the compiler and the installer that it does not need", () => {
    expect(run(`${sdk} print(late());`)).to.deep.equal([]);
  });

  it("gives the SDK the compiler when a program serialises a function", () => {
    const serialised = `pulumi.runtime.serializeFunction(() => 6 * 7).then(({ text }) => print([text, late()]));`;
    const [text, loaded] = run(`${sdk} ${serialised}`) as [string, string[]];
    expect(text).to.include("6 * 7");
    expect(loaded).to.deep.equal(["typescript"]);
  });

  it("gives the SDK the installer when a program packs the packages that a function needs", () => {
    const packed = `pulumi.runtime.computeCodePaths({ extraIncludePackages: ["yaml"] }).then((paths) => print([...paths.keys()]));`;
    expect(run(`${sdk} ${packed}`)).to.include("node_modules/yaml");
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
