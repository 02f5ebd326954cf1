import type { Content, ListNode, MappingEntry, MappingNode, ScalarNode } from "./tree";

/** Thrown to leave the file to the YAML parser. */
export const notOrdinary = new Error("the YAML parser has to read this file");

/** Text that begins with nothing that means something to YAML. */
const plainStart = /[^\s\-?:,[\]{}#&*!|>'"%@`~]/y;

/** Within brackets it moreover ends where YAML could see an end. */
const plainInBrackets = /[^\s\-?:,[\]{}#&*!|>'"%@`~](?:[^\n,[\]{}:#]|:(?=[^\s,[\]{}]))*/y;

const keyInBrackets = /([A-Za-z_][\w./-]{0,126}):(?= )/y;

/** Within one line and without escapes. */
const quotedText = /"([^"\\\n]*)"|'([^'\n]*)'(?!')/y;

const wholeNumber = /^(?:0|[1-9]\d{0,14})$/;

/** All that YAML takes for a number, and more. */
const numberLike = /^[-+]?(?:\.?\d[\d.]*(?:[eE][-+]?\d*)?|0[xo][\da-fA-F]*|\.(?:inf|nan))$/i;

/** Words that YAML takes for something else than text. */
const constants: ReadonlyMap<string, boolean | null> = new Map(
  Object.entries({ null: null, true: true, false: false }).flatMap(([word, constant]) =>
    [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()].map((spelling) => [spelling, constant]),
  ),
);

/** Whether YAML would take a key for something else than text. */
export function isConstant(word: string): boolean {
  return constants.has(word);
}

/** More levels than the brackets of tenants.yaml have. */
const maxLevels = 4;

/** Reads a value that begins and ends on one line. */
export class ValueReader {
  constructor(
    private readonly text: string,
    private at: number,
    private readonly end: number,
  ) {}

  /** The value, behind which the line holds nothing but a comment. */
  read(): Content {
    const first = this.text.charAt(this.at);
    if (first !== "[" && first !== "{" && first !== '"' && first !== "'") {
      return this.plainLine();
    }
    const value = this.value(1);
    const behind = this.at;
    this.skipSpaces();
    if (this.at < this.end && !(this.at > behind && this.text.startsWith("#", this.at))) {
      throw notOrdinary;
    }
    return value;
  }

  private plainLine(): Content {
    const line = this.text.slice(this.at, this.end);
    const comment = line.indexOf(" #");
    const plain = withoutSpacesBehind(comment === -1 ? line : line.slice(0, comment));
    plainStart.lastIndex = this.at;
    if (!plainStart.test(this.text) || plain.includes(": ") || plain.endsWith(":")) {
      throw notOrdinary;
    }
    return scalar(plain, this.at);
  }

  private value(level: number): Content {
    if (level > maxLevels) {
      throw notOrdinary;
    }
    switch (this.text.charAt(this.at)) {
      case "[":
        return this.list(level);
      case "{":
        return this.mapping(level);
      case '"':
      case "'":
        return this.quoted();
      default:
        return this.plain();
    }
  }

  private list(level: number): ListNode {
    const offset = this.at;
    const items: Content[] = [];
    this.eachUntil("]", () => items.push(this.value(level + 1)));
    return { kind: "list", offset, items };
  }

  private mapping(level: number): MappingNode {
    const offset = this.at;
    const entries: MappingEntry[] = [];
    this.eachUntil("}", () => {
      const keyOffset = this.at;
      const key = this.match(keyInBrackets)[1] ?? "";
      if (isConstant(key)) {
        throw notOrdinary;
      }
      this.skipSpaces();
      entries.push({ key, keyOffset, node: this.value(level + 1) });
    });
    return { kind: "mapping", offset, entries };
  }

  /** Reads what stands between brackets, of which the first one is here, parted by commas. */
  private eachUntil(closing: string, readOne: () => void): void {
    this.at++;
    this.skipSpaces();
    while (!this.takes(closing)) {
      readOne();
      this.skipSpaces();
      if (this.takes(",")) {
        this.skipSpaces();
      } else if (!this.text.startsWith(closing, this.at)) {
        throw notOrdinary;
      }
    }
  }

  private takes(character: string): boolean {
    const found = this.text.startsWith(character, this.at);
    this.at += found ? 1 : 0;
    return found;
  }

  private quoted(): ScalarNode {
    const offset = this.at;
    const [, double, single] = this.match(quotedText);
    return { kind: "scalar", offset, value: double ?? single };
  }

  private plain(): Content {
    const offset = this.at;
    return scalar(withoutSpacesBehind(this.match(plainInBrackets)[0]), offset);
  }

  private match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) {
      throw notOrdinary;
    }
    this.at += match[0].length;
    return match;
  }

  private skipSpaces(): void {
    while (this.text.charAt(this.at) === " ") {
      this.at++;
    }
  }
}

function scalar(plain: string, offset: number): Content {
  const constant = constants.get(plain);
  if (constant !== undefined) {
    return constant === null ? null : { kind: "scalar", offset, value: constant };
  }
  if (!numberLike.test(plain)) {
    return { kind: "scalar", offset, value: plain };
  }
  if (!wholeNumber.test(plain)) {
    throw notOrdinary;
  }
  return { kind: "scalar", offset, value: Number(plain) };
}

function withoutSpacesBehind(text: string): string {
  let end = text.length;
  while (text.endsWith(" ", end)) {
    end--;
  }
  return text.slice(0, end);
}
