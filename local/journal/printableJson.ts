import { escapeInvisible } from "../../invisible";

/** JSON on one line that is safe to show, too; a parser reads the same values from it. */
export function printableJson(value: unknown): string {
  return escapeInvisible(JSON.stringify(value), (character) =>
    // An escape holds 16 bits, and a character beyond them is two.
    character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}
