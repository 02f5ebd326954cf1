import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { keepBundle, keptBundle } from "../../functions/keptBundle";

const inputs = [
  "functions/greet/index.ts",
  "functions/greet/words/index.ts",
  "uploads/owner.ts",
  "node_modules/kit/es.js",
];
const others = ["functions/bundle.ts", "package.json", "node_modules/.package-lock.json"];
const kept = "node_modules/.cache/functions/greet";

describe("a bundle that is kept", () => {
  let project: string;

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  /** As if bundling had begun after everything was written. */
  const keep = ({ begun = Date.now() + 1_000 } = {}) =>
    keepBundle(project, "greet", { text: "the bundle", inputs, begun });

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "kept-bundle-"));
    write(kept, "");
    [...inputs, ...others].forEach((path) => write(path, `what ${path} says`));
  });

  afterEach(() => rmSync(project, { recursive: true }));

  it("is given back while everything is as it was", () => {
    keep();
    expect(keptBundle(project, "greet")).to.equal("the bundle");
  });

  it("is given back when something else is added", () => {
    keep();
    ["functions/greet/words.md", ".cache/anything", "uploads/owner/index.ts"].forEach((path) => write(path, ""));
    expect(keptBundle(project, "greet")).to.equal("the bundle");
  });

  it("is no other function's", () => {
    keep();
    expect(keptBundle(project, "part")).to.equal(undefined);
  });

  for (const path of [...inputs, ...others]) {
    it(`is made anew once ${path} says something else`, () => {
      keep();
      write(path, `what ${path} sayz`);
      expect(keptBundle(project, "greet")).to.equal(undefined);
    });

    it(`is made anew once ${path} is gone`, () => {
      keep();
      rmSync(join(project, path));
      expect(keptBundle(project, "greet")).to.equal(undefined);
    });
  }

  for (const path of ["functions/greet/words.ts", "uploads/owner.tsx", "functions/greet/node_modules/kit/index.js"]) {
    it(`is made anew once there is ${path}, which is found first`, () => {
      keep();
      write(path, "");
      expect(keptBundle(project, "greet")).to.equal(undefined);
    });
  }

  it("is made anew when two files exchange what they say", () => {
    keep();
    const [one = "", other = ""] = inputs.map((path) => readFileSync(join(project, path), "utf8"));
    write(inputs[0] ?? "", other);
    write(inputs[1] ?? "", one);
    expect(keptBundle(project, "greet")).to.equal(undefined);
  });

  it("is made anew when what was kept is damaged", () => {
    keep();
    write(kept, readFileSync(join(project, kept), "utf8").slice(0, -10));
    expect(keptBundle(project, "greet")).to.equal(undefined);
  });

  it("is not kept when something was written while it was made", () => {
    keep({ begun: Date.now() - 1_000 });
    expect(keptBundle(project, "greet")).to.equal(undefined);
  });

  it("is not kept where npm has not written down what it installed", () => {
    rmSync(join(project, "node_modules/.package-lock.json"));
    keep();
    expect(keptBundle(project, "greet")).to.equal(undefined);
  });

  it("is not kept, without a word, where nothing can be written", () => {
    rmSync(join(project, dirname(kept)), { recursive: true });
    write(dirname(kept), "a file, not a folder");
    keep();
    expect(keptBundle(project, "greet")).to.equal(undefined);
  });
});
