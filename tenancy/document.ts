import { Composer, type Document, isMap, isScalar, isSeq, Lexer, type ParsedNode, Parser } from "yaml";

import { LongLists } from "./longLists";
import { quoted } from "./quote";
import type { Report } from "./report";
import { asPeopleMadeThem } from "./slips";
import { syntaxMessage } from "./syntax";

/** 100 for each of 10,000 tenants; a tenant with one key takes 21. Bounds the time and the memory of a hostile file. */
const maxLexemes = 1_000_000;

/** The longest value is a key of 2,048 characters. Bounds what the parser copies of one text. */
const maxTextLength = 16_384;

/** tenants.yaml needs 8 levels; the parser's own recursion would end the process at some thousands. */
const maxDepth = 32;

/** One mistake in the syntax makes many more behind it, so only the first ones are worth reading. */
const maxSyntaxErrors = 10;

/** What the lexer puts before a scalar's text, which may begin like an anchor, alias, tag or directive. */
const scalarFollows = "\x1f";

/** What would give a tenant something that does not stand where the tenant stands, by the lexeme's first character. */
const refusals: ReadonlyMap<string, string> = new Map([
  ["&", "anchors (&name) are not supported: write each tenant out, so that a reviewer sees all it gets"],
  ["*", "aliases (*name) are not supported: write each tenant out, so that a reviewer sees all it gets"],
  ["!", "tags (!name) are not supported: write the plain value, in quotes where it is text"],
  ["%", "directives (%NAME) are not supported: remove the line"],
]);

/**
 * What a report's text holds; null for an empty file, undefined when its syntax is wrong, which the report then says.
 * Drives the parser lexeme by lexeme, so that a hostile file ends early: within its bounds everything takes linear time.
 */
export function readYaml(report: Report): ParsedNode | null | undefined {
  const reader = new DocumentReader(report);
  // For each lexeme the parser looks in the environment whether to log it, which takes a fifth of the time unless it is a plain object.
  const { env } = process;
  process.env = {};
  try {
    return reader.read();
  } catch (error) {
    if (error !== stopReading) {
      throw error;
    }
    return undefined;
  } finally {
    process.env = env;
    reader.reportErrors();
  }
}

/**
 * The plain value of a node. Reports keys that are given twice (at the second; the first counts) or are not text.
 * @param isEntry Whether it stands in a list: where the key that it begins with comes again, another entry lacks its dash.
 */
export function plainContent(node: ParsedNode | null, report: Report, isEntry = false): unknown {
  if (isSeq<ParsedNode>(node)) {
    return node.items.map((item) => plainContent(item, report, true));
  }
  if (!isMap<ParsedNode, ParsedNode | null>(node)) {
    return isScalar(node) ? node.value : null;
  }
  const value: Record<string, unknown> = {};
  // Between braces entries have no dashes.
  const begin = isEntry && node.flow !== true ? node.items[0]?.key : undefined;
  for (const { key: keyNode, value: content } of node.items) {
    const key = isScalar(keyNode) ? keyNode.value : null;
    const [offset] = keyNode.range;
    if (typeof key !== "string") {
      report.error(offset, "a key must be text; put it in quotes");
    } else if (key === "__proto__") {
      report.error(offset, 'the key "__proto__" cannot be used'); // it would set the prototype
    } else if (Object.hasOwn(value, key) && isScalar(begin) && key === begin.value) {
      const ways = 'if another entry begins here, write "- " before it; if not, remove one of the two';
      report.error(offset, () => `the key ${quoted(key)} is given twice; ${ways}`);
      break; // what follows is the other entry's
    } else if (Object.hasOwn(value, key)) {
      report.error(offset, () => `the key ${quoted(key)} is given twice; remove one of the two`);
    } else {
      value[key] = plainContent(content, report);
    }
  }
  return value;
}

/** Whether a lexeme is quoted text that does not end in the line where it begins. */
function staysOpen(lexeme: string): boolean {
  const mark = lexeme.charAt(0);
  return (mark === '"' || mark === "'") && (lexeme.includes("\n") || lexeme.length === 1 || !lexeme.endsWith(mark));
}

/** Thrown to leave the parser once reading on would only cost time; the report says why. */
const stopReading = new Error("the rest of the file is not read");

class DocumentReader {
  private readonly parser = new Parser();
  private readonly composer = this.newComposer();
  private readonly longLists = new LongLists(() => this.newComposer());
  private readonly documents: Document.Parsed[] = [];
  /** By their offsets. */
  private readonly errors = new Map<number, string>();
  /** The first quoted text that does not end in its line. */
  private quote: readonly [start: number, end: number] | undefined;
  private begun = false;

  constructor(private readonly report: Report) {}

  read(): ParsedNode | null | undefined {
    const { text } = this.report;
    let lexemes = 0;
    let scalar = false;
    for (const lexeme of new Lexer().lex(text)) {
      const { offset } = this.parser;
      if (++lexemes > maxLexemes) {
        this.stop(offset, `the file has more parts than ${maxLexemes} and is read no further; tenants need fewer`);
      }
      if (lexeme.length > maxTextLength) {
        this.stop(offset, `here stand ${lexeme.length} characters in one piece; at most ${maxTextLength} are read`);
      }
      if (!scalar && staysOpen(lexeme)) {
        this.quote ??= [offset, offset + lexeme.length];
      }
      const refusal = scalar ? undefined : refusals.get(lexeme.charAt(0));
      if (refusal !== undefined) {
        this.syntaxError(offset, refusal);
      }
      this.take(this.parser.next(lexeme));
      this.longLists.composeOf(this.parser.stack);
      if (this.parser.stack.length > maxDepth) {
        this.stop(offset, `lists and mappings are nested more than ${maxDepth} deep here; tenants need 8 levels`);
      }
      scalar = lexeme === scalarFollows;
    }
    this.take(this.parser.end());
    this.documents.push(...this.composer.end(true, text.length));
    const root = this.documents[0]?.contents ?? null;
    this.longLists.completeIn(root);
    return this.errors.size > 0 ? undefined : root;
  }

  reportErrors(): void {
    const errors = [...this.errors].map(([offset, message]) => ({ offset, message }));
    for (const { offset, message } of asPeopleMadeThem(this.report.text, errors, this.quote)) {
      this.report.error(offset, message);
    }
  }

  private take(tokens: ReturnType<Parser["next"]>): void {
    for (const token of tokens) {
      if (token.type === "error") {
        this.syntaxError(token.offset, syntaxMessage({ code: "UNEXPECTED_TOKEN", message: "" }));
      } else if (token.type !== "directive") {
        if (token.type === "document") {
          this.begin(token.offset);
        }
        this.documents.push(...this.composer.next(token));
      }
    }
  }

  private begin(offset: number): void {
    if (this.begun) {
      this.stop(offset, "a second YAML document begins here; tenants.yaml is one, without --- or ... in between");
    }
    this.begun = true;
  }

  private newComposer(): Composer {
    // Keys are compared by plainContent: the composer's own comparison is quadratic.
    const composer = new Composer({ uniqueKeys: false });
    // It makes an Error for each mistake and cannot be told to stop; 5 million would fill the memory.
    composer.streamInfo().errors.push = (error) => {
      this.syntaxError(error.pos[0], syntaxMessage(error));
      return this.errors.size;
    };
    return composer;
  }

  private syntaxError(offset: number, message: string): void {
    if (this.errors.has(offset)) {
      return;
    }
    if (this.errors.size >= maxSyntaxErrors) {
      throw stopReading;
    }
    this.errors.set(offset, message);
  }

  private stop(offset: number, message: string): never {
    this.report.error(offset, message);
    throw stopReading;
  }
}
