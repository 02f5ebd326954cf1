import { printable } from "../invisible";
import { shellWord } from "../shellWord";
import type { Update } from "./update";

/** The command that makes a write. It holds the whole request, so it is for requests without a hash. */
export function updateCommand(update: Update, region: string): string {
  return updateFromInput(JSON.stringify(update), region);
}

/** The command that makes the write that a file holds. @param file Its absolute path. */
export function updateFromFile(file: string, region: string): string {
  return updateFromInput(`file://${file}`, region);
}

function updateFromInput(input: string, region: string): string {
  return `aws dynamodb update-item --region ${region} --cli-input-json ${shellWord(input)}\n`;
}

/** Lines that a shell passes over, whatever stands in them: what others wrote into the table cannot end one. */
export function comment(...lines: readonly string[]): string {
  return lines.map((line) => `# ${printable(line)}\n`).join("");
}
