/** Control characters, bidirectional and other invisible marks, line separators, and halves of characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text from outside as a terminal may show it: names are data, and data gives no orders to a terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** JSON on one line that is safe to show, too; a parser reads the same values from it. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(unprintable, (character) =>
    // An escape holds 16 bits, and a character beyond them is two.
    Array.from({ length: character.length }, (_, index) => jsonEscape(character.charCodeAt(index))).join(""),
  );
}

function jsonEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
