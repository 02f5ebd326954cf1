import { type Composer, type CST, isMap, isSeq, type ParsedNode, type YAMLSeq } from "yaml";

/** So many entries are composed at once; a list with fewer is left to the composer of the whole file. */
const entriesAtOnce = 64;

/** The parser may come back to these, for a comment that belongs to the next one. */
const lastEntries = 2;

/** Entries of a list that are composed, and where it begins. */
interface Composed {
  readonly begin: number;
  readonly entries: ParsedNode[];
}

/**
 * Composes the entries of long lists below the root while the rest of the file is still read. Tokens take three times the room of
 * what is made of them, and are moved in memory again and again when they all stay until the end of the file: a twentieth of what
 * `check` of 10,000 tenants takes.
 */
export class LongLists {
  private readonly lists = new Map<CST.BlockSequence, Composed>();

  /** @param newComposer One for each piece, that reports what is wrong in it. */
  constructor(private readonly newComposer: () => Composer) {}

  /** @param stack Of the parser: what it is reading, from the document inwards. */
  composeOf([, root, list]: readonly CST.Token[]): void {
    if (root?.type !== "block-map" || list?.type !== "block-seq" || list.items.length < entriesAtOnce) {
      return;
    }
    const items = list.items.splice(0, list.items.length - lastEntries);
    const piece: CST.Document = { type: "document", offset: list.offset, start: [], value: { ...list, items } };
    const contents = [...this.newComposer().compose([piece])].map((document) => document.contents);
    const [{ items: entries, range }] = contents as [YAMLSeq.Parsed];
    const composed = this.lists.get(list) ?? { begin: list.offset, entries: [] };
    composed.entries.push(...entries);
    this.lists.set(list, composed);
    // What is left of it begins here, so that a mistake in its first entry is told where it is.
    list.offset = range[1];
  }

  /** Gives the lists of a composed file their entries back. */
  completeIn(root: ParsedNode | null): void {
    const values = isMap<ParsedNode, ParsedNode | null>(root) ? root.items.map(({ value }) => value) : [];
    for (const [{ offset }, { begin, entries }] of this.lists) {
      const list = values.find((value) => isSeq(value) && value.range[0] === offset) as YAMLSeq.Parsed | undefined;
      if (list !== undefined) {
        list.items = [...entries, ...list.items];
        list.range[0] = begin;
      }
    }
  }
}
