import { readFileSync } from "node:fs";
import { expect } from "chai";
import { goldenFile, goldenStacks, goldenText } from "./golden";

describe("the committed resources", () => {
  for (const stack of goldenStacks) {
    it(`of ${stack} are those that the program gives; \`npm run golden\` writes them anew`, async () => {
      expect(JSON.parse(await goldenText(stack))).to.deep.equal(JSON.parse(readFileSync(goldenFile(stack), "utf8")));
    });
  }
});
