import { printable } from "../../invisible";

/*
 * How text from tenants.yaml gets into a report. Whoever edits that file must not be able to add markup, call people,
 * or hide what stands beside it.
 */

/**
 * As code in Markdown, which GitHub leaves alone: no markup, no link, no mention. It cannot end the code: backticks, the
 * only way out, become apostrophes, and line ends are spelled out. No text is a space, since two backticks begin a code.
 */
export function markdownCode(text: string): string {
  return `\`${printable(text).replaceAll("`", "'") || " "}\``;
}

/** Words, names, paths and numbers, without what begins markup, a mention, a link, a commit's hash or an issue's number. */
const plainWords = /^(?!.*(?:www\.|GH-\d|\b[0-9a-f]{7,40}\b|(?:^|[ /])_|_(?:[ /]|$)))[a-z0-9/][a-z0-9 ._/-]*$/i;

/** A value within a sentence of Markdown: as it is where it means nothing else there, otherwise as code. */
export function markdownProse(text: string): string {
  return plainWords.test(text) ? text : markdownCode(text);
}

/** The same in a cell of a Markdown table, where a bar would end the cell even within code. */
export function markdownCellCode(text: string): string {
  return markdownCode(text).replaceAll("|", "\\|");
}

/**
 * As running text in Markdown. GitHub looks for mentions and issue numbers after it has resolved character references, so
 * what begins one is followed by a space of no width.
 */
export function markdownText(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>()#+!|~&@-]/g, (character) => {
    const reference = `&#${character.charCodeAt(0)};`;
    return character === "@" || character === "#" ? `${reference}&#8203;` : reference;
  });
}

/** As text or as an attribute's value in HTML. */
export function htmlText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
