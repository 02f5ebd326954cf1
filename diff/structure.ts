import { isDeepStrictEqual } from "node:util";

/** One place within a value where two versions differ; undefined where a version has nothing there. */
export interface Leaf {
  /** Keys from the outside in; an entry of a list is named by its id or its value where it has one. */
  readonly path: readonly string[];
  readonly from: unknown;
  readonly to: unknown;
}

/** What names an entry of a list, in this order of preference. */
const identities = ["id", "Sid", "name", "entry", "key"];

/** Where two values differ, as deep down as they can be told apart. Documents are compared as what they say. */
export function leavesOf(before: unknown, after: unknown, path: readonly string[] = []): Leaf[] {
  if (isSameValue(before, after)) {
    return [];
  }
  const [old, now] = entriesOf(asDocument(before), asDocument(after));
  if (old === undefined || now === undefined) {
    return [{ path, from: before, to: after }];
  }
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  const leaves = keys.flatMap((key) => leavesOf(old.get(key), now.get(key), [...path, key]));
  // The same entries in another order: that they moved is all that can be told.
  return leaves.length > 0 ? leaves : [{ path, from: before, to: after }];
}

/** Whether two values say the same. */
export function isSameValue(before: unknown, after: unknown): boolean {
  return before === after || isDeepStrictEqual(asDocument(before), asDocument(after));
}

/** A text that holds JSON as its content, as the provider compares it; anything else as it is. */
export function asDocument(value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith("{")) {
    return value;
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** What an object holds under a key; undefined where it is none. */
export function fieldOf(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

/** The same where it is a list; empty where it is none. */
export function listAt(value: unknown, key: string): readonly unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? (list as unknown[]) : [];
}

type Entries = ReadonlyMap<string, unknown>;

/** Both values as named entries; undefined where they cannot be compared entry by entry. */
function entriesOf(from: unknown, to: unknown): [Entries?, Entries?] {
  if (Array.isArray(from) && Array.isArray(to)) {
    return [entriesOfList(from), entriesOfList(to)];
  }
  return isRecord(from) && isRecord(to) ? [new Map(Object.entries(from)), new Map(Object.entries(to))] : [];
}

/** How the entries of two lists are told apart: by an id that they bear, or by what they are. */
function nameOfEntry(entry: unknown): string {
  const identity = isRecord(entry) ? identities.find((key) => typeof entry[key] === "string") : undefined;
  const name = identity === undefined ? entry : (entry as Readonly<Record<string, unknown>>)[identity];
  return typeof name === "string" ? name : JSON.stringify(name);
}

/** By place where the names are not unique. */
function entriesOfList(list: readonly unknown[]): Entries {
  const named = new Map(list.map((entry) => [nameOfEntry(entry), entry]));
  return named.size === list.length ? named : new Map(list.map((entry, index) => [String(index), entry]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
