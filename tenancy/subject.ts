import type { Listener } from "./listener";
import type { SshKey, Tenant } from "./model";
import type { Report } from "./report";
import type { PlacedSignIn } from "./signIn";
import type { TenantsFile } from "./schema";
import type { Draft } from "./shape";
import type { Path } from "./tree";

/** What every rule looks at. */
export interface Inspection extends Resolved {
  readonly report: Report;
  /** The stacks in which rules between tenants are checked. */
  readonly checkedStacks: readonly string[];
  /** YYYY-MM-DD. */
  readonly today: string;
  /** How tenants log in to a stack; undefined where that is not known. */
  readonly signIn: (stack: string) => PlacedSignIn | undefined;
}

/** A file as far as it could be read, with the stacks of everything in it. Without an error it is all of the file. */
export interface Resolved {
  /** In the order of the file. */
  readonly subjects: readonly Subject[];
  readonly spaces: readonly (SpaceDraft | undefined)[];
  readonly retired: readonly (string | undefined)[];
  readonly retiredSpaces: readonly (string | undefined)[];
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
  const firstIn = new Map(stacks.map((stack) => [stack, new Map<string, T>()]));
  const repetitions: Repetition<T>[] = [];
  for (const of of things) {
    const id = identity(of);
    if (id === undefined) {
      continue;
    }
    const taken: string[] = [];
    for (const stack of environments(of)) {
      const first = firstIn.get(stack);
      if (first?.has(id)) {
        taken.push(stack);
      } else {
        first?.set(id, of);
      }
    }
    const owner = firstIn.get(taken[0] ?? "")?.get(id);
    if (owner !== undefined) {
      repetitions.push({ of, owner, stacks: taken });
    }
  }
  return repetitions;
}
