import { writeFileSync } from "node:fs";
import { goldenFile, goldenStacks, goldenText } from "./golden";

/** `npm run golden`: writes the resources of each stack anew; the difference belongs into the change's review. */
async function main(): Promise<void> {
  for (const stack of goldenStacks) {
    writeFileSync(goldenFile(stack), await goldenText(stack));
  }
}

void main();
