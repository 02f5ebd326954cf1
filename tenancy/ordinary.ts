import { maxLexemes, maxTextLength } from "./document";
import { isConstant, notOrdinary, ValueReader } from "./ordinaryValue";
import type { Content, ListNode, MappingEntry, MappingNode, TreeNode } from "./tree";

/** Indentation, dash, space, sign and key, colon, space, sign and value, space, comment, line break. */
const maxLexemesOfLine = 12;

/** A character within brackets, with the sign before it. */
const maxLexemesOfCharacter = 2;

/** More levels than tenants.yaml has, fewer than {@link readYaml} reads. */
const maxLevels = 10;

const brace = "{".charCodeAt(0);
const bracket = "[".charCodeAt(0);
const dash = "-".charCodeAt(0);
const hash = "#".charCodeAt(0);
const space = " ".charCodeAt(0);

/** A key that means its own letters, and whose value, if any, stands behind a space. */
const plainKey = /[A-Za-z_][\w./-]{0,126}:(?=[ \n]|$)/y;

/**
 * Reads the YAML that people write in tenants.yaml, and nothing else: mappings and lists in lines of their own, values
 * that begin and end on their line, comments. It takes a fraction of the YAML parser's time and gives the same tree: what
 * could be a mistake, or could mean anything else to the parser, makes it give up.
 * @returns Undefined when the file is for the YAML parser to read.
 */
export function readOrdinary(text: string): TreeNode | undefined {
  try {
    return /[\t\r]/.test(text) ? undefined : new OrdinaryReader(text).read();
  } catch (error) {
    if (error !== notOrdinary) {
      throw error;
    }
    return undefined;
  }
}

/** Stands on a line that is neither blank nor a comment. What reads a line leaves it standing on the next one. */
class OrdinaryReader {
  /** Where the line's text begins and ends. */
  private at = 0;
  private end = -1;
  /** How far its text is indented; -1 behind the last line. */
  private indent = -1;
  /** No fewer than the YAML parser would have read by now. */
  private lexemes = 0;

  constructor(private readonly text: string) {}

  read(): TreeNode | undefined {
    this.nextLine();
    const root = this.indent === 0 ? this.block(1) : undefined;
    return this.isBehindLastLine ? root : undefined;
  }

  private get isBehindLastLine(): boolean {
    return this.indent === -1;
  }

  private nextLine(): void {
    let start = this.end + 1;
    while (start < this.text.length) {
      const newline = this.text.indexOf("\n", start);
      this.end = newline === -1 ? this.text.length : newline;
      this.count(maxLexemesOfLine);
      if (this.end - start > maxTextLength) {
        throw notOrdinary;
      }
      this.at = this.firstBehind(start);
      if (!this.isEmpty(this.at)) {
        this.indent = this.at - start;
        return;
      }
      start = this.end + 1;
    }
    this.indent = -1;
  }

  /** The list or mapping that begins on this line. */
  private block(level: number): TreeNode {
    if (level > maxLevels) {
      throw notOrdinary;
    }
    return this.isItem() ? this.list(level) : this.mapping(level);
  }

  private list(level: number): ListNode {
    const { at: offset, indent } = this;
    const items: Content[] = [];
    while (this.indent === indent && this.isItem()) {
      items.push(this.item(level));
      this.expectNothingBelow(indent);
    }
    return { kind: "list", offset, items };
  }

  private item(level: number): Content {
    const { at, indent } = this;
    const content = this.firstBehind(at + 1);
    if (this.isEmpty(content)) {
      this.nextLine();
      return this.indent > indent ? this.block(level + 1) : null;
    }
    if (this.keyAt(content) !== undefined) {
      this.at = content;
      this.indent += content - at;
      return this.block(level + 1);
    }
    return this.valueAt(content);
  }

  private mapping(level: number): MappingNode {
    const { at: offset, indent } = this;
    const entries: MappingEntry[] = [];
    while (this.indent === indent) {
      entries.push(this.entry(level));
      this.expectNothingBelow(indent);
    }
    return { kind: "mapping", offset, entries };
  }

  private entry(level: number): MappingEntry {
    const { at: keyOffset, indent } = this;
    const key = this.keyAt(keyOffset);
    if (key === undefined || isConstant(key)) {
      throw notOrdinary;
    }
    const content = this.firstBehind(keyOffset + key.length + 1);
    if (!this.isEmpty(content)) {
      return { key, keyOffset, node: this.valueAt(content) };
    }
    this.nextLine();
    const isBelow = this.indent > indent || (this.indent === indent && this.isItem());
    return { key, keyOffset, node: isBelow ? this.block(level + 1) : null };
  }

  private keyAt(offset: number): string | undefined {
    plainKey.lastIndex = offset;
    return plainKey.test(this.text) ? this.text.slice(offset, plainKey.lastIndex - 1) : undefined;
  }

  private valueAt(offset: number): Content {
    const first = this.text.charCodeAt(offset);
    if (first === bracket || first === brace) {
      this.count(maxLexemesOfCharacter * (this.end - offset));
    }
    const value = new ValueReader(this.text, offset, this.end).read();
    this.nextLine();
    return value;
  }

  /** What has too many parts is for the YAML parser to say. */
  private count(lexemes: number): void {
    this.lexemes += lexemes;
    if (this.lexemes > maxLexemes) {
      throw notOrdinary;
    }
  }

  /** What is indented further than the block it follows would go on with the text before it, or be a mistake. */
  private expectNothingBelow(indent: number): void {
    if (this.indent > indent) {
      throw notOrdinary;
    }
  }

  private isItem(): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    return this.text.charCodeAt(this.at) === dash && (next === space || this.at + 1 === this.end);
  }

  /** Whether nothing but a comment stands there. */
  private isEmpty(offset: number): boolean {
    return offset >= this.end || this.text.charCodeAt(offset) === hash;
  }

  private firstBehind(offset: number): number {
    let first = offset;
    while (this.text.charCodeAt(first) === space) {
      first++;
    }
    return first;
  }
}
