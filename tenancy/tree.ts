import { quoted } from "./quote";
import type { Report } from "./report";

/** What stands in the file, with the offsets of where it stands. */
export type TreeNode = ScalarNode | ListNode | MappingNode;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly offset: number;
  readonly value: unknown;
}

export interface ListNode {
  readonly kind: "list";
  readonly offset: number;
  readonly items: readonly Content[];
}

export interface MappingNode {
  readonly kind: "mapping";
  readonly offset: number;
  readonly entries: readonly MappingEntry[];
}

export interface MappingEntry {
  /** Text, as it should be, or what else was written as a key. */
  readonly key: unknown;
  readonly keyOffset: number;
  readonly node: Content;
}

/** Null where nothing stands behind a key or a dash, or `null` itself. */
export type Content = TreeNode | null;

/** Where something stands below the file's root: keys of mappings, positions in lists. */
export type Path = readonly (string | number)[];

/** The plain value of a node. Reports keys that are given twice (at the second; the first counts) or are not text. */
export function plainContent(node: Content, report: Report): unknown {
  switch (node?.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map((item) => plainContent(item, report));
    case "mapping":
      return plainMapping(node, report);
    case undefined:
      return null;
  }
}

function plainMapping({ entries }: MappingNode, report: Report): unknown {
  const value: Record<string, unknown> = {};
  for (const { key, keyOffset, node } of entries) {
    if (typeof key !== "string") {
      report.error(keyOffset, "a key must be text; put it in quotes");
    } else if (key === "__proto__") {
      report.error(keyOffset, 'the key "__proto__" cannot be used'); // it would set the prototype
    } else if (Object.hasOwn(value, key)) {
      report.error(keyOffset, () => `the key ${quoted(key)} is given twice; remove one of the two`);
    } else {
      value[key] = plainContent(node, report);
    }
  }
  return value;
}

/** Finds places in the file. A look-up walks from the root, so it is for problems only. */
export class Places {
  private readonly keys = new Map<Content | undefined, ReadonlyMap<string, number>>();

  constructor(private readonly root: TreeNode) {}

  /** Offset of the value at a path; where it is missing or empty, of its key or of the innermost thing around it. */
  of(path: Path): number {
    let node = this.root;
    let { offset } = node;
    for (const step of path) {
      const entry = entryAt(node, step);
      const child = node.kind === "list" ? node.items[step as number] : entry?.node;
      offset = entry?.keyOffset ?? offset;
      if (child === undefined || child === null) {
        return offset;
      }
      ({ offset } = child);
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
    for (const { key, keyOffset } of node?.kind === "mapping" ? node.entries : []) {
      if (typeof key === "string" && !offsets.has(key)) {
        offsets.set(key, keyOffset);
      }
    }
    this.keys.set(node, offsets);
    return offsets;
  }

  private nodeAt(path: Path): Content | undefined {
    return path.reduce<Content | undefined>(
      (node, step) => (node?.kind === "list" ? node.items[step as number] : entryAt(node, step)?.node),
      this.root,
    );
  }
}

function entryAt(node: Content | undefined, step: string | number): MappingEntry | undefined {
  return node?.kind === "mapping" ? node.entries.find(({ key }) => key === step) : undefined;
}
