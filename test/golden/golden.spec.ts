import { readFileSync } from "node:fs";
import { expect } from "chai";
import { goldenFile, goldenTexts } from "./golden";

describe("the committed texts", () => {
  for (const [name, text] of Object.entries(goldenTexts)) {
    it(`in ${name} are those that the project gives; \`npm run golden\` writes them anew`, async () => {
      expect(await text()).to.equal(readFileSync(goldenFile(name), "utf8"));
    });
  }
});
