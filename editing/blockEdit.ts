import { type Content, type Splice } from "./edit";
import { endOf, endOfPair, type Layout, type List, type Mapping } from "./layout";
import { blockLines } from "./written";

/** A further key of a mapping that is written in lines. @param after The key that it follows. Default: the last. */
export function setInBlock(
  layout: Layout,
  mapping: Mapping,
  { key, value, after }: { readonly key: string; readonly value: Content; readonly after: string | undefined },
  indentLists: boolean,
): Splice[] {
  const [first] = mapping.items;
  const last = mapping.items.at(-1);
  const named = mapping.items.find((pair) => String(pair.key) === after) ?? last;
  if (first === undefined || named === undefined) {
    return [];
  }
  const column = layout.column(first.key.range[0]);
  const at = layout.lineAfterOwn(endOfPair(named), column);
  return [{ from: at, to: at, text: layout.linesAt(at, blockLines({ [key]: value }, column, indentLists)) }];
}

/** Further entries of a list that is written in lines; blank lines part them where the last ones are parted so. */
export function appendInBlock(layout: Layout, list: List, values: readonly Content[], indentLists: boolean): Splice[] {
  const last = list.items.at(-1);
  if (last === undefined) {
    return [];
  }
  const column = layout.column(list.range[0]);
  const at = layout.lineAfterOwn(endOf(last), column);
  const isParted = list.items.length > 1 && layout.isBlankBefore(beginOfEntry(layout, list, list.items.length - 1));
  const lines = values.flatMap((value) => {
    const entry = blockLines([value], column, indentLists);
    return isParted ? ["", ...entry] : entry;
  });
  return [{ from: at, to: at, text: layout.linesAt(at, lines) }];
}

/** Takes an entry out of a list with the comment lines directly above it, and those below that are indented deeper. */
export function removeEntry(layout: Layout, list: List, index: number): Splice[] {
  const entry = list.items[index];
  if (entry === undefined) {
    return [];
  }
  const next = layout.lineAfterOwn(endOf(entry), layout.column(list.range[0]));
  return [removeLines(layout, beginOfEntry(layout, list, index), next, index === 0)];
}

/** Takes a key and its value out of a mapping that is written in lines; empty where a comment could not stay. */
export function removePairInBlock(layout: Layout, mapping: Mapping, index: number): Splice[] {
  const pair = mapping.items[index];
  const next = mapping.items[index + 1];
  if (pair === undefined) {
    return [];
  }
  const [from] = pair.key.range;
  if (layout.beginsLine(from)) {
    return [removeLines(layout, layout.lineStart(from), layout.lineAfter(endOfPair(pair)))];
  }
  // Behind the dash of its entry: the next key takes its place.
  const to = next?.key.range[0];
  return to === undefined || layout.text.slice(endOfPair(pair), to).includes("#") ? [] : [{ from, to, text: "" }];
}

/** Lines up to the next one, and a blank line there where one stands before them as well, or nothing of the list does. */
function removeLines(layout: Layout, from: number, next: number, isFirst = false): Splice {
  const { text } = layout;
  if (next === text.length && !text.endsWith("\n")) {
    // The line before ends the file as this one did, without a break.
    const lineBreak = layout.lineBreak(from);
    return { from: Math.max(0, from - lineBreak.length), to: next, text: "" };
  }
  const behind = layout.lineAfter(next + 1);
  const isParted = (isFirst || layout.isBlankBefore(from)) && text.slice(next, behind).trim() === "";
  return { from, to: isParted ? behind : next, text: "" };
}

/** Where an entry's line begins, or the comment lines directly above it. */
function beginOfEntry(layout: Layout, list: List, index: number): number {
  const column = layout.column(list.range[0]);
  const [begin = 0] = list.items[index]?.range ?? [];
  let line = layout.lineStart(begin);
  while (line > list.range[0] && !isDash(layout.text, line, column)) {
    line = layout.lineStart(line - 1);
  }
  return layout.commentsAbove(line, column);
}

/** What an entry holds may begin lines behind its dash. */
function isDash(text: string, lineStart: number, column: number): boolean {
  return text[lineStart + column] === "-" && text.slice(lineStart, lineStart + column).trim() === "";
}
