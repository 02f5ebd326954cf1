import type { PublicKey } from "./model";
import type { Report } from "./report";
import type { TenantsFile } from "./schema";
import type { Draft } from "./shape";
import type { Path, Places } from "./tree";

/** What every rule looks at. */
export interface Inspection {
  readonly file: Draft<TenantsFile>;
  /** In the order of the file. */
  readonly subjects: readonly Subject[];
  readonly places: Places;
  readonly report: Report;
  /** The stacks in which rules between tenants are checked. */
  readonly checkedStacks: readonly string[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** A tenant as far as it could be read, with its stacks and keys resolved. */
export interface Subject {
  readonly path: Path;
  readonly draft: Draft<TenantsFile["tenants"][number]>;
  /** Undefined when it is missing or wrong. */
  readonly name: string | undefined;
  readonly userName: string | undefined;
  readonly environments: readonly string[];
  /** Undefined when the list itself is wrong. */
  readonly keys: readonly KeyEntry[] | undefined;
}

/** A key of a tenant; a faulty one counts as a key, so that one mistake makes one message. */
export interface KeyEntry {
  readonly path: Path;
  /** Whose it is. */
  readonly subject: Subject;
  readonly key: PublicKey | undefined;
  readonly expires: string | undefined;
  readonly environments: readonly string[];
}

/** The stacks out of some in which a tenant is active. */
export function activeStacks({ draft, environments }: Subject, among: readonly string[]): string[] {
  return draft.state === "suspended" ? [] : among.filter((stack) => environments.includes(stack));
}

/** Something that another one had before it in the same stacks. */
export interface Repetition<T> {
  readonly of: T;
  /** Who had it first in the first of the stacks. */
  readonly owner: T;
  readonly stacks: readonly string[];
}

/** Finds what is there more than once in any of the stacks, by what must be unique in a stack; linear. */
export function owners<T extends { readonly environments: readonly string[] }>(
  things: readonly T[],
  identity: (thing: T) => string | undefined,
  stacks: readonly string[],
): Repetition<T>[] {
  const repeated = repeatedIdentities(things, identity);
  if (repeated.size === 0) {
    return [];
  }
  const byStack = new Map(stacks.map((stack) => [stack, new Map<string, T>()]));
  return things.flatMap((thing) => {
    const id = identity(thing);
    if (id === undefined || !repeated.has(id)) {
      return [];
    }
    const taken = thing.environments.filter((stack) => byStack.get(stack)?.has(id));
    const owner = byStack.get(taken[0] ?? "")?.get(id);
    for (const stack of thing.environments) {
      if (!taken.includes(stack)) {
        byStack.get(stack)?.set(id, thing);
      }
    }
    return owner === undefined ? [] : [{ of: thing, owner, stacks: taken }];
  });
}

/** In a file without mistakes practically none, which spares it the bookkeeping by stack. */
function repeatedIdentities<T>(things: readonly T[], identity: (thing: T) => string | undefined): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const thing of things) {
    const id = identity(thing);
    if (id !== undefined && seen.size === seen.add(id).size) {
      repeated.add(id);
    }
  }
  return repeated;
}
