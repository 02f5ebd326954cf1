import { isCollection, isMap, type ParsedNode, type YAMLMap, type YAMLSeq } from "yaml";

export type Mapping = YAMLMap<ParsedNode, ParsedNode | null> & ParsedNode;
export type List = YAMLSeq<ParsedNode> & ParsedNode;
export type Pair = Mapping["items"][number];

/** Where a node's own text ends, before the comments and blank lines that the parser counts to it. */
export function endOf(node: ParsedNode): number {
  if (!isCollection(node) || node.flow === true) {
    return node.range[1];
  }
  const last = isMap(node) ? (node as Mapping).items.at(-1) : undefined;
  const inner = last === undefined ? (node as List).items.at(-1) : endOfPair(last);
  return typeof inner === "number" ? inner : inner === undefined ? node.range[1] : endOf(inner);
}

export function endOfPair({ key, value }: Pair): number {
  return value === null ? key.range[1] : endOf(value);
}

/** The lines of a text, by offsets into it. */
export class Layout {
  constructor(readonly text: string) {}

  lineStart(offset: number): number {
    return this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** Counts from 0. */
  column(offset: number): number {
    return offset - this.lineStart(offset);
  }

  /** Where the line's break is, or the text ends. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end === -1 ? this.text.length : end - (this.text[end - 1] === "\r" ? 1 : 0);
  }

  /** Where the next line begins, or the text ends. Text that ends with its line's break, as of a block scalar, is before it. */
  lineAfter(end: number): number {
    const lineBreak = this.text[end - 1] === "\n" ? end - 1 : this.text.indexOf("\n", end);
    return lineBreak === -1 ? this.text.length : lineBreak + 1;
  }

  /**
   * Where the line begins that follows an entry's: comments below it that are indented deeper than it begins are its own.
   * @param end Where its own text ends.
   * @param column In which it begins.
   */
  lineAfterOwn(end: number, column: number): number {
    let after = this.lineAfter(end);
    for (let at = after; at < this.text.length;) {
      const next = this.lineAfter(at + 1);
      const indented = this.text.slice(at, next).trimStart();
      const isOwn = indented.startsWith("#") && next - at - indented.length > column;
      if (!isOwn && indented !== "") {
        break;
      }
      after = isOwn ? next : after;
      at = next;
    }
    return after;
  }

  /** Whether nothing but blanks stands before it in its line. */
  beginsLine(offset: number): boolean {
    return this.text.slice(this.lineStart(offset), offset).trim() === "";
  }

  /** How lines end around an offset: as the line before it does, or the first of all. */
  lineBreak(offset: number): string {
    const before = this.text.lastIndexOf("\n", offset - 1);
    const known = before === -1 ? this.text.indexOf("\n") : before;
    return this.text[known - 1] === "\r" ? "\r\n" : "\n";
  }

  /** Further lines at the beginning of a line, or at the end of a text, whose last line may lack its break and goes on to. */
  linesAt(offset: number, lines: readonly string[]): string {
    const lineBreak = this.lineBreak(offset);
    return offset > 0 && this.text[offset - 1] !== "\n"
      ? lines.map((line) => `${lineBreak}${line}`).join("")
      : lines.map((line) => `${line}${lineBreak}`).join("");
  }

  isBlankBefore(lineStart: number): boolean {
    return lineStart > 0 && this.text.slice(this.lineStart(lineStart - 1), lineStart).trim() === "";
  }

  /** Where the comment lines begin that stand directly above a line, in the column in which its entry begins. */
  commentsAbove(lineStart: number, column: number): number {
    const above = lineStart === 0 ? 0 : this.lineStart(lineStart - 1);
    const line = this.text.slice(above, lineStart);
    const isComment = line.trim() !== "" && line.slice(0, column).trim() === "" && line[column] === "#";
    return isComment ? this.commentsAbove(above, column) : lineStart;
  }
}
