import { escapeInvisible } from "../../invisible";

/**
 * JSON that is safe to show, too; a parser reads the same values from it.
 * @param indent Spaces of each level. Default: all on one line.
 */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).split("\n").map(escapedLine).join("\n");
}

function escapedLine(line: string): string {
  return escapeInvisible(line, (character) =>
    // An escape holds 16 bits, and a character beyond them is two.
    character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}
