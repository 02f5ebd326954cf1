import { htmlText } from "../access/report/escape";
import type { Block, SheetContent } from "./content";

/** The sheet as one HTML page, to be printed; without scripts or anything from elsewhere. */
export function sheetHtml({ title, sections }: SheetContent): string {
  const parts = sections.map(
    ({ heading, level, blocks }) => `<h${level}>${htmlText(heading)}</h${level}>\n${blocks.map(shown).join("\n")}`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; style-src 'unsafe-inline'">
<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${htmlText(title)}</h1>
${parts.join("\n")}
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 50rem; padding: 0 1rem; }
table { border-collapse: collapse; }
td { border: 1px solid #8888; overflow-wrap: anywhere; padding: .3rem .6rem; vertical-align: top; }
pre { border: 1px solid #8888; overflow-wrap: anywhere; padding: .5rem; white-space: pre-wrap; }
@media print { body { font-size: 11px; } h2, h3 { break-after: avoid; } pre, table { break-inside: avoid; } }
`;

function shown(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${htmlText(block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${htmlText(item)}</li>`).join("")}</ul>`;
    case "table":
      return `<table>${block.rows.map((row) => `<tr>${row.map((cell) => `<td>${htmlText(cell)}</td>`).join("")}</tr>`).join("")}</table>`;
    case "literal":
      return `<pre>${block.lines.map(htmlText).join("\n")}</pre>`;
  }
}
