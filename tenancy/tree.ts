import { isMap, isScalar, isSeq, type Pair, type ParsedNode } from "yaml";

import { quoted } from "./quote";
import type { Report } from "./report";

/** What stands behind a key or a dash; null when nothing does. */
type Content = ParsedNode | null;

type ParsedPair = Pair<ParsedNode, Content>;

/** Where something stands below the file's root: keys of mappings, positions in lists. */
export type Path = readonly (string | number)[];

/** The plain value of a node. Reports keys that are given twice (at the second; the first counts) or are not text. */
export function plainContent(node: Content, report: Report): unknown {
  if (isSeq<ParsedNode>(node)) {
    return node.items.map((item) => plainContent(item, report));
  }
  return isMap<ParsedNode, Content>(node) ? plainMapping(node.items, report) : scalarOf(node);
}

function plainMapping(items: readonly ParsedPair[], report: Report): unknown {
  const value: Record<string, unknown> = {};
  for (const { key: node, value: content } of items) {
    const key = scalarOf(node);
    const [offset] = node.range;
    if (typeof key !== "string") {
      report.error(offset, "a key must be text; put it in quotes");
    } else if (key === "__proto__") {
      report.error(offset, 'the key "__proto__" cannot be used'); // it would set the prototype
    } else if (Object.hasOwn(value, key)) {
      report.error(offset, () => `the key ${quoted(key)} is given twice; remove one of the two`);
    } else {
      value[key] = plainContent(content, report);
    }
  }
  return value;
}

function isEmpty(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null;
}

function scalarOf(node: Content): unknown {
  return isScalar(node) ? node.value : null;
}

/** Finds places in the file. A look-up walks from the root, so it is for problems only. */
export class Places {
  constructor(private readonly root: ParsedNode) {}

  /** Offset of the value at a path; where it is missing or empty, of its key or of the innermost thing around it. */
  of(path: Path): number {
    let [offset] = this.root.range;
    let node: Content | undefined = this.root;
    for (const step of path) {
      offset = pairAt(node, step)?.key.range[0] ?? offset;
      node = childOf(node, step);
      if (!node || isEmpty(node)) {
        return offset;
      }
      [offset] = node.range;
    }
    return offset;
  }

  /** Offset of a key in the mapping at a path. */
  ofKey(path: Path, key: string): number {
    return pairAt(this.nodeAt(path), key)?.key.range[0] ?? this.of(path);
  }

  /** Whether the file has something at a path, even if it is empty. */
  has(path: Path): boolean {
    return this.nodeAt(path) !== undefined;
  }

  private nodeAt(path: Path): Content | undefined {
    return path.reduce<Content | undefined>(childOf, this.root);
  }
}

function childOf(node: Content | undefined, step: string | number): Content | undefined {
  return isSeq<ParsedNode>(node) ? node.items[step as number] : pairAt(node, step)?.value;
}

function pairAt(node: Content | undefined, step: string | number): ParsedPair | undefined {
  return isMap<ParsedNode, Content>(node) ? node.items.find(({ key }) => scalarOf(key) === step) : undefined;
}
