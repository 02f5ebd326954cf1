import { keyContinuedFault, rfc4716Fault } from "./publicKey";
import { misplacedLine } from "./indentation";
import { faultOfSpace } from "./quote";
import { tabIndents } from "./syntax";

/** A mistake in the syntax, in words for whoever made it. */
export interface Mistake {
  readonly offset: number;
  readonly message: string;
}

/** What a line has of one, and at which column, counted from 0; `before` is the last line that says something. */
type Find = (line: string, before: string) => readonly [column: number, message: string] | undefined;

const finds: readonly Find[] = [
  conflict,
  tab,
  noSpace,
  noSpaceBehindDash,
  notYaml,
  rfc4716,
  continuedKey,
  besideKey,
  endedQuote,
  tooFarRight,
];

/**
 * The parser's mistakes, or what a person did that the parser stumbled over: those behind it follow from it.
 * @param errors What the parser found, at least one.
 * @param quote The first quoted text that does not end in its line, from its quote to where it ends.
 */
export function asPeopleMadeThem(
  text: string,
  errors: readonly Mistake[],
  quote?: readonly [start: number, end: number],
): readonly Mistake[] {
  const sorted = [...errors].sort((a, b) => a.offset - b.offset);
  const slips: Mistake[] = [];
  let consequencesFrom = Infinity;
  for (const { offset } of sorted) {
    const slip = openQuote(text, offset, quote) ?? slipAround(text, offset);
    if (slip !== undefined && slips.every((other) => other.offset !== slip.offset)) {
      slips.push(slip);
      consequencesFrom = Math.min(consequencesFrom, offset);
    }
  }
  return [...sorted.filter(({ offset }) => offset < consequencesFrom), ...slips];
}

/** An error within the text that a quote opens, or in the line where it ends, comes of a quote that was not closed. */
function openQuote(text: string, error: number, quote?: readonly [start: number, end: number]): Mistake | undefined {
  const [start, end] = quote ?? [Infinity, Infinity];
  const mark = text.charAt(start);
  return error < start || text.slice(end, error).includes("\n")
    ? undefined
    : { offset: start, message: `the closing ${mark} is missing: the quote that opens here does not end in its line` };
}

/** The slip in an error's line, or in the next one, of which the parser takes the end of this one for the place. */
function slipAround(text: string, error: number): Mistake | undefined {
  const start = text.lastIndexOf("\n", error - 1) + 1;
  const above = text.slice(Math.max(0, start - maxLooked), Math.max(0, start - 1)).split("\n");
  const before = above.at(-1) ?? "";
  const [line = "", next = ""] = text.slice(start, start + maxLooked).split("\n");
  return (
    misplaced(above, start - 1 - before.length) ??
    slipIn(line, before, start) ??
    misplaced([...above, line], start) ??
    slipIn(next, line, start + line.length + 1) ??
    misplaced([...above, line, next], start + line.length + 1)
  );
}

/** Two lines with keys, or the tenants above a line; bounds the look at a hostile file. */
const maxLooked = 40_000;

/** @param start Offset of the last line. */
function misplaced(lines: readonly string[], start: number): Mistake | undefined {
  const [column, message] = misplacedLine(lines) ?? [];
  return column === undefined || message === undefined ? undefined : { offset: start + column, message };
}

function slipIn(line: string, before: string, start: number): Mistake | undefined {
  for (const find of finds) {
    const [column, message] = find(line, before) ?? [];
    if (column !== undefined && message !== undefined) {
      return { offset: start + column, message };
    }
  }
  return undefined;
}

function conflict(line: string): ReturnType<Find> {
  const sides = "keep what is right of both sides, and remove the lines with <<<<<<<, ======= and >>>>>>>";
  return /^(?:<{7}|\|{7}|={7}|>{7})(?: |\r?$)/.test(line) ? [0, `git left a conflict here; ${sides}`] : undefined;
}

function tab(line: string): ReturnType<Find> {
  const [begin] = /^[ -]*\t/.exec(line) ?? [];
  return begin === undefined ? undefined : [begin.length - 1, tabIndents];
}

/** Where plain spaces are a part of the syntax: at the beginning of a line, behind a dash and behind a key's colon. */
function noSpace(line: string): ReturnType<Find> {
  const [begin] = /^[ -]*(?:\w[\w-]*:)?[ ]*(?! )\p{Zs}/u.exec(line) ?? [];
  const fault = begin && faultOfSpace(begin);
  return fault ? [begin.length - 1, fault] : undefined;
}

function noSpaceBehindDash(line: string): ReturnType<Find> {
  const [begin] = /^(?: |- )*-(?=\w[\w-]*:(?:\s|$))/.exec(line) ?? [];
  return begin === undefined ? undefined : [begin.length - 1, "a space is missing behind this dash"];
}

/** What other languages have, at the beginning of a line. */
function notYaml(line: string): ReturnType<Find> {
  const [, space = "", sign] = /^(\s*)(\/\/|\/\*|<!--|--(?=\s)|;|```)/.exec(line) ?? [];
  const fault =
    sign === "```" ? "this line is Markdown; remove it" : sign && `a comment begins with #, not with ${sign}`;
  return fault ? [space.length, fault] : undefined;
}

function rfc4716(line: string): ReturnType<Find> {
  const column = line.search(/-{4} ?BEGIN SSH2 PUBLIC KEY/);
  return column === -1 ? undefined : [column, rfc4716Fault];
}

function continuedKey(line: string, before: string): ReturnType<Find> {
  const isBody = /^[A-Za-z0-9+/]{16,}=*(?:\s|$)/.test(line);
  return isBody && /(?:ssh|ecdsa)-[a-z0-9-]+/.test(before) ? [0, keyContinuedFault] : undefined;
}

/** What belongs to a key stands beside it, and not under it. */
function besideKey(line: string, before: string): ReturnType<Find> {
  const [, indent = "", key] = /^( *)(expires|environments):/.exec(line) ?? [];
  const [, dash] = /^( *)- *(?:ssh|ecdsa)-\S+ /.exec(before) ?? [];
  return key !== undefined && dash !== undefined && indent.length > dash.length
    ? [indent.length, `a key with "${key}" is a mapping: write "- key: " before the key in the line above`]
    : undefined;
}

/** Text goes on behind the quote that ends it, as behind an apostrophe. */
function endedQuote(line: string): ReturnType<Find> {
  const [begin, quote] = /^[ -]*\w[\w-]*: +(?:(')(?:[^']|'')*'|(")(?:[^"\\]|\\.)*")(?=\s*[^\s,#\]}])/.exec(line) ?? [];
  const how = quote === "'" ? "write '' for a ' within the text" : 'write \\" for a " within the text';
  return begin === undefined
    ? undefined
    : [begin.length - 1, `the quote ends here, and text goes on behind it; ${how}`];
}

/** A key or an entry further right than the key of the line before it, which has its value already. */
function tooFarRight(line: string, before: string): ReturnType<Find> {
  const [place] = /^[ -]*(?=\w[\w-]*: +(?:[^\s|>#&![{]|[[{].*[\]}]))/.exec(before) ?? [];
  const [indent, dash] = /^ *(?=(- )|\w[\w-]*:(?:\s|$))/.exec(line) ?? [];
  const column = indent?.length ?? 0;
  const isTooFar = place !== undefined && column >= place.length + (dash === undefined ? 1 : 0);
  return indent !== undefined && isTooFar
    ? [column, `this line begins too far right: the key of the line before it begins in column ${place.length + 1}`]
    : undefined;
}
