import type { Listener } from "./listener";
import type { SshKey, Tenant } from "./model";
import type { Report } from "./report";
import type { TenantsFile } from "./schema";
import type { Draft } from "./shape";
import type { Path, Places } from "./tree";

/** What every rule looks at. */
export interface Inspection extends Resolved {
  readonly places: Places;
  readonly report: Report;
  /** The stacks in which rules between tenants are checked. */
  readonly checkedStacks: readonly string[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** A file as far as it could be read, with the stacks of everything in it. Without an error it is all of the file. */
export interface Resolved {
  /** In the order of the file. */
  readonly subjects: readonly Subject[];
  readonly spaces: readonly (SpaceDraft | undefined)[];
  readonly retired: readonly (string | undefined)[];
}

/** A tenant with its place in the file. */
export interface Subject {
  readonly path: Path;
  readonly tenant: TenantDraft;
}

/** A tenant as far as it could be read; its stacks are known whatever is wrong. */
export interface TenantDraft extends Draft<Omit<Tenant, "environments" | "sshKeys" | "notify">> {
  readonly environments: readonly string[];
  /** A faulty key counts as one, so that one mistake makes one message; undefined when the list itself is wrong. */
  readonly sshKeys: readonly KeyDraft[] | undefined;
  readonly notify: ListenerDrafts;
}

/** A key as far as it could be read. */
export interface KeyDraft extends Draft<Omit<SshKey, "environments">> {
  readonly environments: readonly string[];
}

/** A space as far as it could be read. */
export interface SpaceDraft extends Draft<Omit<TenantsFile["spaces"][number], "notify">> {
  readonly notify: ListenerDrafts;
}

/** Undefined stands for one that could not be read. */
export type ListenerDrafts = readonly (Listener | undefined)[];

/** The stacks out of some in which a tenant is active. */
export function activeStacks({ state, environments }: TenantDraft, among: readonly string[]): string[] {
  return state === "suspended" ? [] : among.filter((stack) => environments.includes(stack));
}

/** Something that another one had before it in the same stacks. */
export interface Repetition<T> {
  readonly of: T;
  /** Who had it first in the first of the stacks. */
  readonly owner: T;
  readonly stacks: readonly string[];
}

/**
 * Finds what is there more than once in any of the stacks; linear.
 * @param identity What must be unique in a stack.
 * @param environments The stacks that a thing is in.
 */
export function owners<T>(
  things: readonly T[],
  identity: (thing: T) => string | undefined,
  environments: (thing: T) => readonly string[],
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
    const taken = environments(thing).filter((stack) => byStack.get(stack)?.has(id));
    const owner = byStack.get(taken[0] ?? "")?.get(id);
    for (const stack of environments(thing)) {
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
