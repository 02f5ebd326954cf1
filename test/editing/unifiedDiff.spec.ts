import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { unifiedDiff } from "../../editing/unifiedDiff";
import { inDirectory } from "../tenancy/loading";

/** The texts that git makes of others, by the name of the file, with their differences. */
function applied(before: Readonly<Record<string, string>>, differences: string): Readonly<Record<string, string>> {
  return inDirectory((directory) => {
    const names = Object.keys(before);
    names.forEach((name) => writeFileSync(join(directory, name), before[name] ?? ""));
    const options = { cwd: directory, input: differences, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync("git", ["apply", "--whitespace=nowarn", "-"], options);
    expect(status, stderr + differences).to.equal(0);
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
  });
}

describe("the unified difference of two texts", () => {
  it("is what git applies, for any two texts", () => {
    const line = fc.constantFrom("a", "b", "c", "", "a\r");
    const text = fc.tuple(fc.array(line, { minLength: 1, maxLength: 25 }), fc.constantFrom("", "\n")).map(
      // A text without any line is no file to git.
      ([lines, end]) => `x\n${lines.join("\n")}${end}`,
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 40, size: "max" }), (pairs) => {
        const differences = pairs.map(([before, after], index) => unifiedDiff(`${index}.yaml`, before, after));
        expect(differences.map((each) => each === "")).to.deep.equal(pairs.map(([before, after]) => before === after));
        const texts = (which: 0 | 1) => Object.fromEntries(pairs.map((pair, index) => [`${index}.yaml`, pair[which]]));
        fc.pre(differences.join("") !== "");
        expect(applied(texts(0), differences.join(""))).to.deep.equal(texts(1));
      }),
      { numRuns: 5 },
    );
  });

  it("shows three lines around a change, and changes that are far apart by themselves", () => {
    const before = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`).join("");
    expect(unifiedDiff("t.yaml", before, before.replace("2\n", "two\n").replace("19\n", ""))).to.equal(
      "--- a/t.yaml\n+++ b/t.yaml\n@@ -1,5 +1,5 @@\n 1\n-2\n+two\n 3\n 4\n 5\n@@ -16,5 +16,4 @@\n 16\n 17\n 18\n-19\n 20\n",
    );
  });
});
