import { writeFileSync } from "node:fs";
import { goldenFile, goldenTexts } from "./golden";

const usage = `Usage: npm run golden

Writes the committed texts of test/golden/ anew; the commit message says why they changed.
`;

/** `npm run golden`: writes the committed texts anew; the difference belongs into the change's review. */
async function main(): Promise<void> {
  if (process.argv.some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(usage);
    return;
  }
  for (const [name, text] of Object.entries(goldenTexts)) {
    writeFileSync(goldenFile(name), await text());
  }
}

void main();
