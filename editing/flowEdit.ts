import type { ParsedNode } from "yaml";

import type { Splice } from "./edit";
import { endOf, type Layout } from "./layout";

/** What stands between brackets and commas: from where to where. */
export interface Item {
  readonly from: number;
  readonly to: number;
}

/** A further item of a collection between brackets; on a line of its own where the last one is. */
export function appendInFlow(layout: Layout, collection: ParsedNode, items: readonly Item[], text: string): Splice[] {
  const last = items.at(-1);
  if (last === undefined) {
    const inside = collection.range[0] + 1;
    return [{ from: inside, to: inside, text }];
  }
  const comma = commaBehind(layout.text, last.to);
  const behind = comma === undefined ? last.to : comma + 1;
  const end = layout.lineEnd(behind);
  const rest = layout.text.slice(behind, end).trim();
  if (!layout.beginsLine(last.from) || (rest !== "" && !rest.startsWith("#"))) {
    return [{ from: last.to, to: last.to, text: `, ${text}` }];
  }
  const line = `${layout.lineBreak(end)}${" ".repeat(layout.column(last.from))}${text}`;
  return comma === undefined
    ? [
        { from: last.to, to: last.to, text: "," },
        { from: end, to: end, text: line },
      ]
    : [{ from: end, to: end, text: `${line},` }];
}

/** Takes an item out, with one comma; a comment beside it stays. */
export function removeFromFlow(layout: Layout, items: readonly Item[], index: number): Splice[] {
  const { text } = layout;
  const item = items[index];
  const before = items[index - 1];
  if (item === undefined) {
    return [];
  }
  const comma = commaBehind(text, item.to);
  if (comma !== undefined) {
    const next = comma + 1 + /^[ \t]*/.exec(text.slice(comma + 1))![0].length;
    const isOwnLine = layout.beginsLine(item.from) && layout.lineEnd(comma) === next;
    return isOwnLine && text.slice(item.to, comma).trim() === ""
      ? [{ from: layout.lineStart(item.from), to: layout.lineAfter(next), text: "" }]
      : [
          { from: item.from, to: item.to, text: "" },
          { from: comma, to: next, text: "" },
        ];
  }
  const previous = before && commaBehind(text, before.to);
  if (previous === undefined) {
    return [{ ...item, text: "" }];
  }
  return text.slice(previous, item.from).includes("#")
    ? [
        { from: previous, to: previous + 1, text: "" },
        { ...item, text: "" },
      ]
    : [{ from: previous, to: item.to, text: "" }];
}

/** What is no pair has the end of its node. */
export function itemOf(node: ParsedNode): Item {
  return { from: node.range[0], to: endOf(node) };
}

/** The comma behind an offset, when nothing but blanks and comments is before it. */
function commaBehind(text: string, offset: number): number | undefined {
  const [skipped = ""] = /^(?:\s|(?<=\s)#[^\n]*)*/.exec(text.slice(offset)) ?? [];
  const next = offset + skipped.length;
  return text[next] === "," ? next : undefined;
}
