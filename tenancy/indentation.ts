import { listed } from "./quote";

/** Where lines may begin below others; columns are counted from 0. */
interface OpenColumns {
  /** Of entries: of their dashes. */
  readonly entries: Set<number>;
  readonly keys: Set<number>;
}

/**
 * The last of some lines when it lies further left than the one before it and in no column in which it could go on with
 * anything that the lines above have begun: the column where it begins, and what to tell.
 */
export function misplacedLine(lines: readonly string[]): readonly [column: number, message: string] | undefined {
  const [line = "", before = "", ...above] = lines.filter(saysSomething).reverse();
  const [indent, dash] = /^ *(?=(- )|\w[\w-]*:(?:\s|$))/.exec(line) ?? [];
  const what = dash === undefined ? "keys" : "entries";
  const column = indent?.length ?? Infinity;
  if (line !== lines.at(-1) || column >= (what === "keys" ? dashesOf(before).length : beginOf(before))) {
    return undefined;
  }
  const columns = columnsIn([before, ...above]);
  if (/:\s*(?:#.*)?$/.test(before)) {
    columns.entries.add(dashesOf(before).length);
  }
  const open = [...columns[what]].sort((a, b) => a - b);
  const right = listed(
    open.map((each) => String(each + 1)),
    "or",
  );
  if (open.length === 0 || open.includes(column)) {
    return undefined;
  }
  return what === "keys" && columns.entries.has(column)
    ? [column, `a "- " is missing before this key, or it belongs in column ${right}`]
    : [column, `this line begins in column ${column + 1}; ${what} that it may stand beside begin in ${right}`];
}

/** @param above From the nearest on. */
function columnsIn(above: readonly string[]): OpenColumns {
  const entries = new Set<number>();
  const keys = new Set<number>();
  let entriesEnd = Infinity;
  let keysEnd = Infinity;
  for (const line of above) {
    const dashes = dashesOf(line);
    const begin = beginOf(line);
    [...dashes.matchAll(/-/g)].filter(({ index }) => index < entriesEnd).forEach(({ index }) => entries.add(index));
    if (dashes.length < keysEnd && /^\w[\w-]*:(?:\s|$)/.test(line.slice(dashes.length))) {
      keys.add(dashes.length);
    }
    entriesEnd = Math.min(entriesEnd, begin);
    // A list may begin in the column of its key.
    keysEnd = Math.min(keysEnd, begin < dashes.length ? begin + 1 : begin);
  }
  return { entries, keys };
}

/** What stands before the text of a line: its indentation and its dashes. */
function dashesOf(line: string): string {
  return /^(?: |- )*/.exec(line)?.[0] ?? "";
}

function beginOf(line: string): number {
  return line.search(/[^ ]|$/);
}

function saysSomething(line: string): boolean {
  return /^ *[^\s#]/.test(line);
}
