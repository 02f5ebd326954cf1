import { printable } from "../../invisible";

/** A text of several lines, in which nothing else is invisible. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** The beginning of a text that is longer, and that it is. */
export function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters).toWellFormed()}... (cut)`;
}
