/**
 * What a reviewer cannot see, or a terminal obeys: control and format characters (those that turn the direction of text
 * among them), line and paragraph separators, halves of characters, and whatever fonts show as nothing, such as soft
 * hyphens, fillers and variation selectors.
 * Source: Unicode Standard Annex 44, General_Category and Default_Ignorable_Code_Point.
 */
const invisible = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}`;

/** Text of one line that holds nothing invisible. */
export const visibleLine = new RegExp(`^[^${invisible}]*$`, "u");

const everyInvisible = new RegExp(`[${invisible}]`, "gu");

/** Tabs and line breaks, LF or CR LF, have their place in a file. They are told apart last, which is faster. */
const everyInvisibleOfFile = new RegExp(String.raw`[${invisible}](?<![\n\t]|\r(?=\n))`, "gu");

/** What is invisible in the text of a whole file, and at which offset; so many of them at most. */
export function invisibleInFile(
  text: string,
  most = Infinity,
): { readonly character: string; readonly offset: number }[] {
  const found: { character: string; offset: number }[] = [];
  for (const { 0: character, index: offset } of text.matchAll(everyInvisibleOfFile)) {
    if (found.length >= most) {
      break;
    }
    found.push({ character, offset });
  }
  return found;
}

/** What looks like a space and is none to YAML, OpenSSH or a shell: no-break spaces and spaces of other widths. */
export const otherSpace = /(?! )\p{Zs}/u;

const everyOtherSpace = new RegExp(otherSpace, "gu");

/** Text from outside as a terminal may show it: what is invisible, and spaces that are none, are written as `\u{...}`. */
export function printable(text: string): string {
  return escapeInvisible(text, escaped).replace(everyOtherSpace, escaped);
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The text with another one for each character that is invisible. */
export function escapeInvisible(text: string, escape: (character: string) => string): string {
  return text.replace(everyInvisible, escape);
}
