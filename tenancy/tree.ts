import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from "yaml";

import { quoted } from "./quote";
import type { Report } from "./report";

/** Where something stands below the file's root: keys of mappings, positions in lists. */
export type Path = readonly (string | number)[];

/** The plain value of a node. Reports keys that are given twice (at the second; the first counts) or are not text. */
export function plainValue(node: ParsedNode | null, report: Report): unknown {
  if (isScalar(node)) {
    return node.value;
  }
  if (isSeq<ParsedNode>(node)) {
    return node.items.map((item) => plainValue(item, report));
  }
  return isMap<ParsedNode, ParsedNode | null>(node) ? plainMapping(node, report) : null;
}

function plainMapping(map: YAMLMap<ParsedNode, ParsedNode | null>, report: Report): unknown {
  const value: Record<string, unknown> = {};
  for (const { key, value: node } of map.items) {
    const name = isScalar(key) ? key.value : undefined;
    if (typeof name !== "string") {
      report.error(key.range[0], "a key must be text; put it in quotes");
    } else if (name === "__proto__") {
      report.error(key.range[0], 'the key "__proto__" cannot be used'); // it would set the prototype
    } else if (Object.hasOwn(value, name)) {
      report.error(key.range[0], () => `the key ${quoted(name)} is given twice; remove one of the two`);
    } else {
      value[name] = plainValue(node, report);
    }
  }
  return value;
}

/** Finds places in the file. A look-up walks from the root, so it is for problems only. */
export class Places {
  private readonly keys = new Map<ParsedNode | null | undefined, ReadonlyMap<string, number>>();

  constructor(private readonly root: ParsedNode) {}

  /** Offset of the value at a path; where it is missing or empty, of its key or of the innermost thing around it. */
  of(path: Path): number {
    let node = this.root;
    let offset = node.range[0];
    for (const step of path) {
      const pair = isMap<ParsedNode, ParsedNode | null>(node) ? findPair(node, step) : undefined;
      const child = isSeq<ParsedNode>(node) ? node.items[step as number] : pair?.value;
      offset = pair?.key.range[0] ?? offset;
      if (child === undefined || child === null) {
        return offset;
      }
      offset = isEmpty(child) ? offset : child.range[0];
      node = child;
    }
    return offset;
  }

  /** Offset of a key in the mapping at a path. */
  ofKey(path: Path, key: string): number {
    return this.offsetsOfKeys(path).get(key) ?? this.of(path);
  }

  private offsetsOfKeys(path: Path): ReadonlyMap<string, number> {
    const node = this.nodeAt(path);
    const known = this.keys.get(node);
    if (known !== undefined) {
      return known;
    }
    const offsets = new Map<string, number>();
    for (const { key } of isMap<ParsedNode, ParsedNode | null>(node) ? node.items : []) {
      if (isScalar(key) && typeof key.value === "string" && !offsets.has(key.value)) {
        offsets.set(key.value, key.range[0]);
      }
    }
    this.keys.set(node, offsets);
    return offsets;
  }

  private nodeAt(path: Path): ParsedNode | null | undefined {
    return path.reduce<ParsedNode | null | undefined>((node, step) => {
      if (isSeq<ParsedNode>(node)) {
        return node.items[step as number];
      }
      return isMap<ParsedNode, ParsedNode | null>(node) ? findPair(node, step)?.value : undefined;
    }, this.root);
  }
}

function findPair(map: YAMLMap<ParsedNode, ParsedNode | null>, step: string | number) {
  return map.items.find(({ key }) => isScalar(key) && key.value === step);
}

function isEmpty(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null;
}
