/**
 * A line in pieces that are not longer than this: broken between words, a longer word behind a slash, and where it has none anywhere.
 * @param width In characters. Infinity: the line stays whole.
 * @param indent Blanks before each piece but the first.
 */
export function folded(line: string, width: number, indent: number): string[] {
  const characters = width === Infinity ? [] : [...line];
  if (characters.length <= width) {
    return [line];
  }
  const end = placeToBreak(characters, width, indent);
  const rest = " ".repeat(indent) + characters.slice(end).join("").trimStart();
  return [characters.slice(0, end).join("").trimEnd(), ...folded(rest, width, indent)];
}

/** How many characters stay: always more than the rest is indented by, so that it grows shorter. */
function placeToBreak(characters: readonly string[], width: number, indent: number): number {
  const [blank, slash] = [characters.lastIndexOf(" ", width), characters.lastIndexOf("/", width - 1)];
  if (blank > indent && characters.slice(indent, blank).some((character) => character !== " ")) {
    return blank;
  }
  return slash > indent ? slash + 1 : width;
}
