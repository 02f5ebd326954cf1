import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { nodeFlags } from "../../synth/process";

describe("a synthesis in a process of its own", () => {
  it("has node called as npm run synth does", () => {
    const { scripts } = JSON.parse(readFileSync(join(resolve(__dirname, "../.."), "package.json"), "utf8")) as {
      scripts: Readonly<Record<string, string>>;
    };
    expect(scripts["synth"]).to.equal(`exec node ${nodeFlags.join(" ")} -r ./cli/typescript.cjs cli/synth.ts`);
  });
});
