import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { unifiedDiff } from "../../editing/unifiedDiff";
import { inDirectory } from "../tenancy/loading";

/** The text that git makes of another one with a difference. */
function applied(before: string, difference: string): string {
  return inDirectory((directory) => {
    writeFileSync(join(directory, "t.yaml"), before);
    const options = { cwd: directory, input: difference, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync("git", ["apply", "--whitespace=nowarn", "-"], options);
    expect(status, stderr + difference).to.equal(0);
    return readFileSync(join(directory, "t.yaml"), "utf8");
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
      fc.property(text, text, (before, after) => {
        const difference = unifiedDiff("t.yaml", before, after);
        expect(difference === "").to.equal(before === after);
        if (before !== after) {
          expect(applied(before, difference)).to.equal(after);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("shows three lines around a change, and changes that are far apart by themselves", () => {
    const before = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`).join("");
    expect(unifiedDiff("t.yaml", before, before.replace("2\n", "two\n").replace("19\n", ""))).to.equal(
      "--- a/t.yaml\n+++ b/t.yaml\n@@ -1,5 +1,5 @@\n 1\n-2\n+two\n 3\n 4\n 5\n@@ -16,5 +16,4 @@\n 16\n 17\n 18\n-19\n 20\n",
    );
  });
});
