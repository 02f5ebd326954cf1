import type { Path } from "../tenancy/tree";

/** What an edit may write: text, a truth value, and lists and mappings of such. */
export type Content = string | boolean | readonly Content[] | { readonly [key: string]: Content };

/** One change of what a file holds. Paths lead into the file as the edits before have left it. */
export type Edit =
  /** Gives a key of a mapping a value, in the place of the one that it has; a new key follows `after`, or else stands last. */
  | {
      readonly kind: "set";
      readonly path: Path;
      readonly key: string;
      readonly value: Content;
      readonly after?: string;
    }
  /** Adds entries at the end of the list that a key of a mapping has; the list begins where there is none. */
  | { readonly kind: "append"; readonly path: Path; readonly key: string; readonly values: readonly Content[] }
  /**
   * Takes an entry out of a list, or a key with its value out of a mapping. Where a comment stands beside the key, it gets the
   * value `otherwise` instead, when there is one.
   */
  | { readonly kind: "remove"; readonly path: Path; readonly otherwise?: string }
  /** Puts a mapping in the place of a text, which it has as the value of its only key. */
  | { readonly kind: "wrap"; readonly path: Path; readonly key: string };

/** A piece of a text and what comes in its place. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

type Plain = Record<string | number, unknown>;

/** What a file holds after an edit, made without its text: what the edited text must read as. */
export function contentAfter(content: unknown, edit: Edit): unknown {
  switch (edit.kind) {
    case "set":
      return changedAt(content, edit.path, (mapping) => ({ ...mapping, [edit.key]: edit.value }));
    case "append":
      return changedAt(content, edit.path, (mapping) => ({
        ...mapping,
        [edit.key]: [...((mapping[edit.key] ?? []) as unknown[]), ...edit.values],
      }));
    case "remove":
      return changedAt(content, edit.path.slice(0, -1), (parent) => without(parent, edit.path.at(-1) ?? ""));
    case "wrap":
      return changedAt(content, edit.path, (text) => ({ [edit.key]: text }));
  }
}

function changedAt(content: unknown, [step, ...rest]: Path, change: (found: Plain) => unknown): unknown {
  const found = content as Plain;
  if (step === undefined) {
    return change(found);
  }
  const inner = changedAt(found[step], rest, change);
  return Array.isArray(found) ? found.with(Number(step), inner) : { ...found, [step]: inner };
}

function without(parent: unknown, step: string | number): unknown {
  return Array.isArray(parent)
    ? parent.filter((_, index) => index !== step)
    : Object.fromEntries(Object.entries(parent as Plain).filter(([key]) => key !== step));
}
