/**
 * How an S3 key becomes a place in a folder: `/` divides folders, and what a file system cannot hold is escaped with `%`.
 * The escape is injective (two keys never share a file) and reversible (a file name tells its key), whatever the folder
 * already holds. docs/LOCAL.md shows it by example.
 */

/** What follows the name of a file whose plain name is taken by a folder: the key `a` beside the key `a/b`. */
export const fileMark = "%file";

/** What follows a part of a name that goes on in the next folder, because a name may not be longer than 255 bytes. */
const continuedMark = "%more";

/** The name of nothing: the folder marker `a/` is the file `%` in the folder `a`. */
const emptyName = "%";

/** Longest name before both marks are added; a file system takes 255 bytes. */
const nameLimit = 245;

/** What the marks of a name's capitals may take of it, where case is not told apart: a digit for four characters. */
const capitalsLimit = 54;

/** S3's limit on a key, in bytes of UTF-8. */
export const keyLimit = 1024;

export interface NamingRules {
  /** False on file systems that take `A` and `a` for the same name. */
  readonly caseSensitive: boolean;
}

/** The folders from the bucket's folder on, and the file's plain name, at which a key lies. */
export interface KeyPath {
  readonly folders: readonly string[];
  readonly file: string;
}

/** @throws RangeError for what S3 does not take as a key. */
export function keyPath(key: string, rules: NamingRules): KeyPath {
  if (!isKey(key)) {
    throw new RangeError("a key is 1 to 1,024 bytes of UTF-8");
  }
  const names = key.split("/").flatMap((segment) => segmentNames(segment, rules));
  return { folders: names.slice(0, -1), file: names[names.length - 1]! };
}

/** The folders that hold what lies below a prefix; the prefix is empty or ends in `/`. */
export function prefixFolders(prefix: string, rules: NamingRules): string[] {
  return prefix
    .split("/")
    .slice(0, -1)
    .flatMap((segment) => segmentNames(segment, rules));
}

export function isKey(key: string): boolean {
  return key.length > 0 && Buffer.byteLength(key) <= keyLimit && key.isWellFormed();
}

/** Names, each in the folder of the one before, that stand for what lies between two slashes of a key. */
export function segmentNames(segment: string, rules: NamingRules): string[] {
  if (segment === "") {
    return [emptyName];
  }
  const pieces = splitByLength(segment, rules);
  return pieces.map((piece, index) => pieceName(piece, rules) + (index < pieces.length - 1 ? continuedMark : ""));
}

/** The part of a segment that a name holds, and whether it goes on below; undefined for a name that no key has. */
export function nameMeaning(
  name: string,
  rules: NamingRules,
): { readonly text: string; readonly continued: boolean } | undefined {
  const continued = name.endsWith(continuedMark);
  const piece = continued ? name.slice(0, -continuedMark.length) : name;
  if (piece === emptyName) {
    return continued ? undefined : { text: "", continued };
  }
  const text = unescaped(rules.caseSensitive ? piece : piece.replace(/%u[0-9a-f]+$/, ""));
  return text === undefined || text === "" || pieceName(text, rules) !== piece ? undefined : { text, continued };
}

function splitByLength(segment: string, rules: NamingRules): string[] {
  const limit = rules.caseSensitive ? nameLimit : nameLimit - capitalsLimit;
  const pieces: string[] = [];
  let piece = "";
  let length = 0;
  for (const character of segment) {
    const added = Buffer.byteLength(escapedCharacter(character, rules));
    if (length + added > limit) {
      pieces.push(piece);
      piece = "";
      length = 0;
    }
    piece += character;
    length += added;
  }
  return [...pieces, piece];
}

function pieceName(piece: string, rules: NamingRules): string {
  if (piece === "." || piece === "..") {
    return percent(".") + piece.slice(1);
  }
  const escaped = Array.from(piece, (character) => escapedCharacter(character, rules)).join("");
  return rules.caseSensitive ? escaped : escaped + capitalsOf(piece);
}

/** Where `A` and `a` are one name, a number says which letters are capitals: bit n for character n. */
function capitalsOf(piece: string): string {
  const bits = Array.from(piece).reduce(
    (sum, character, index) => (/[A-Z]/.test(character) ? sum | (1n << BigInt(index)) : sum),
    0n,
  );
  return bits === 0n ? "" : `%u${bits.toString(16)}`;
}

// Control characters are legal in file names, but whoever lists the folder in a terminal would run them. File systems
// that do not tell case apart fold letters beyond ASCII each in its own way, and some compose accents.
const unsafe = /[%\u0000-\u001f\u007f]/;
const unsafeWithoutCase = /[^\u0020-\u0024\u0026-\u007e]/u;

function escapedCharacter(character: string, rules: NamingRules): string {
  return (rules.caseSensitive ? unsafe : unsafeWithoutCase).test(character) ? percent(character) : character;
}

function percent(character: string): string {
  return Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

function unescaped(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
