import { writeFileSync } from "node:fs";
import { goldenFile, goldenTexts } from "./golden";

/** `npm run golden`: writes the committed texts anew; the difference belongs into the change's review. */
async function main(): Promise<void> {
  for (const [name, text] of Object.entries(goldenTexts)) {
    writeFileSync(goldenFile(name), await text());
  }
}

void main();
