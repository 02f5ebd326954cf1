import { isCollection, isMap, isScalar, type ParsedNode } from "yaml";

/** Where something stands below the file's root: keys of mappings, positions in lists. */
export type Path = readonly (string | number)[];

/** What stands at a path; undefined where nothing does. A look-up walks from the root, so it is for problems only. */
export function nodeAt(root: ParsedNode | null, path: Path): ParsedNode | undefined {
  let found: unknown = root;
  for (const step of path) {
    found = isCollection(found) ? found.get(step, true) : undefined;
  }
  return (found ?? undefined) as ParsedNode | undefined; // what was parsed holds nothing else
}

/**
 * What is no text at a path as the file writes it: 007, which is read as 7, and `#sales`, which is a comment behind nothing.
 * Undefined for anything else.
 */
export function writtenAt(root: ParsedNode | null, path: Path): string | undefined {
  const node = nodeAt(root, path);
  if (!isScalar(node) || typeof node.value === "string") {
    return undefined;
  }
  return node.value === null && /^[^ \n]+/.test(node.comment ?? "") ? `#${node.comment}` : node.source;
}

/**
 * Offset of the value at a path; of an empty entry of a list, where its value is missing; of anything else that is missing
 * or empty, of its key or of the innermost thing around it.
 * @param key Instead, the offset of that key of the mapping at the path.
 */
export function offsetOf(root: ParsedNode | null, path: Path, key?: string | number): number {
  const node = nodeAt(root, path);
  const pair = isMap<ParsedNode>(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : null;
  if (pair) {
    return pair.key.range[0];
  }
  const isEmpty = isScalar(node) && node.value === null && typeof path.at(-1) === "string"; // an entry has its dash
  const isFound = node !== undefined && !isEmpty;
  return isFound || path.length === 0 ? (node?.range[0] ?? 0) : offsetOf(root, path.slice(0, -1), path.at(-1));
}
