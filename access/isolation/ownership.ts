import type { Area, UserClaim } from "./claim";

/** A prefix of the bucket and who it belongs to. */
export interface OwnedPrefix {
  readonly prefix: string;
  /** A tenant's name, or undefined for a prefix that its holders share. */
  readonly tenant: string | undefined;
  /** One user that holds it, to speak for the others. */
  readonly holder: UserClaim;
}

/** Two prefixes of different owners, of which one holds the other. */
export interface Overlap {
  readonly outer: OwnedPrefix;
  readonly inner: OwnedPrefix;
}

/** Every prefix once per owner, sorted by code units, so that a prefix comes right before what lies below it. */
export function ownedPrefixes(users: readonly UserClaim[]): OwnedPrefix[] {
  const owned = new Map<string, OwnedPrefix>();
  for (const holder of users) {
    for (const { prefix, shared } of holder.grants) {
      const tenant = shared ? undefined : holder.tenant;
      const key = `${prefix}\0${tenant ?? ""}`;
      if (!owned.has(key)) {
        owned.set(key, { prefix, tenant, holder });
      }
    }
  }
  return [...owned.values()].sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0));
}

/**
 * The overlaps among sorted prefixes. The prefixes that hold the current one form a chain, kept as a stack: each is pushed
 * and popped once.
 */
export function overlapsOf(sorted: readonly OwnedPrefix[]): Overlap[] {
  const overlaps: Overlap[] = [];
  const around: OwnedPrefix[] = [];
  for (const inner of sorted) {
    while (around.length > 0 && !inner.prefix.startsWith(around[around.length - 1]?.prefix ?? "")) {
      around.pop();
    }
    const outer = around.findLast((candidate) => !sameOwner(candidate, inner));
    if (outer !== undefined) {
      overlaps.push({ outer, inner });
    }
    around.push(inner);
  }
  return overlaps;
}

/** A shared prefix is its own owner: two of them are different owners unless they are the same prefix. */
function sameOwner(a: OwnedPrefix, b: OwnedPrefix): boolean {
  return a.tenant === b.tenant && (a.tenant !== undefined || a.prefix === b.prefix);
}

/** Why no reasoning can rest on a prefix, or undefined. */
export function flawOf({ prefix }: Area): string | undefined {
  if (!prefix.endsWith("/") || prefix.startsWith("/")) {
    return "does not end in a slash, or starts with one";
  }
  if (/[*?${}]/.test(prefix)) {
    return "holds a character with a meaning in policies";
  }
  return /(^|\/)\.{0,2}\//.test(prefix) ? "is not a plain path" : undefined;
}

/** How many neighbours on either side are worth trying. */
const near = 3;

/** Prefixes of others next to a text in the sorted list: the likeliest to be opened by a pattern that is too wide. */
export function neighboursOf(text: string, sorted: readonly OwnedPrefix[], tenant: string | undefined): string[] {
  const place = firstNotBefore(text, sorted);
  const found: string[] = [];
  for (const step of [1, -1]) {
    let wanted = near;
    for (let i = step > 0 ? place : place - 1; wanted > 0 && i >= 0 && i < sorted.length; i += step) {
      const owned = sorted[i];
      if (owned !== undefined && (tenant === undefined || owned.tenant !== tenant)) {
        found.push(owned.prefix);
        wanted--;
      }
    }
  }
  return found;
}

function firstNotBefore(text: string, sorted: readonly OwnedPrefix[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.prefix ?? "") < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
