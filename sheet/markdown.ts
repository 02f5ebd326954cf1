import { markdownCellCode, markdownText } from "../access/report/escape";
import { printable } from "../invisible";
import type { Block, SheetContent } from "./content";

/** The sheet as Markdown. No text can become markup. */
export function sheetMarkdown({ title, sections }: SheetContent): string {
  const parts = sections.flatMap(({ heading, level, blocks }) => [
    `${"#".repeat(level)} ${markdownText(heading)}`,
    ...blocks.map(shown),
  ]);
  return `${[`# ${markdownText(title)}`, ...parts].join("\n\n")}\n`;
}

function shown(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return markdownText(block.text);
    case "list":
      return block.items.map((item) => `- ${markdownText(item)}`).join("\n");
    case "table":
      return tableOf(block.rows);
    case "literal":
      return ["```sh", ...block.lines.map(printable), "```"].join("\n");
  }
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const bar = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [first = []] = rows;
  return [
    bar(first.map(() => " ")),
    bar(first.map(() => "---")),
    ...rows.map((row) => bar(row.map(markdownCellCode))),
  ].join("\n");
}
