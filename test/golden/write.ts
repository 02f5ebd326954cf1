import { writeFileSync } from "node:fs";
import { goldenFile, goldenTexts } from "./golden";

const usage = `Usage: npm run golden

Writes the committed texts of test/golden/ anew; the commit message says why they changed.
`;

/** `npm run golden`: writes the committed texts anew; the difference belongs into the change's review. */
async function main(): Promise<void> {
  const [word, ...more] = process.argv.slice(2);
  if (word !== undefined) {
    const isHelp = more.length === 0 && (word === "--help" || word === "-h");
    (isHelp ? process.stdout : process.stderr).write(isHelp ? usage : `error: it takes nothing, not ${word}\n\n${usage}`);
    process.exitCode = isHelp ? 0 : 2;
    return;
  }
  for (const [name, text] of Object.entries(goldenTexts)) {
    writeFileSync(goldenFile(name), await text());
  }
}

void main();
