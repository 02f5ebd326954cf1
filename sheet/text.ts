import { printable } from "../invisible";
import type { Block, SheetContent } from "./content";

/** The sheet as plain text for a mail. */
export function sheetText({ title, sections }: SheetContent): string {
  const parts = sections.flatMap(({ heading, level, blocks }) => [
    level === 2 ? `${heading}\n${"-".repeat(heading.length)}` : `${heading}:`,
    ...blocks.map(shown),
  ]);
  return `${[`${title}\n${"=".repeat(title.length)}`, ...parts].join("\n\n")}\n`;
}

function shown(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return printable(block.text);
    case "list":
      return block.items.map((item) => `- ${printable(item)}`).join("\n");
    case "table":
      return columns(block.rows);
    case "literal":
      return block.lines.map((line) => `  ${printable(line)}`).join("\n");
  }
}

function columns(rows: readonly (readonly string[])[]): string {
  const texts = rows.map((row) => row.map(printable));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  const lines = texts.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return lines.map((line) => `  ${line.trimEnd()}`).join("\n");
}
