import { isDeepStrictEqual } from "node:util";
import type { Verb } from "../tenancy/access";
import { without, type Change } from "./change";
import type { TenantFolder, TenantState } from "./tenantState";

/**
 * What changes in the folders that a tenant sees. Compared is what a path leads to, not the list of mappings: a tenant
 * that had the whole of its files and now has `/inbox` and `/outbox` finds these two where they were.
 */
export function folderChanges(before: TenantState, after: TenantState): Change[] {
  if (before.documents === after.documents && isDeepStrictEqual(before.places, after.places)) {
    return [];
  }
  const lost = before.places.filter((place) => !isCovered(place, after));
  const gained = after.places.filter((place) => !isCovered(place, before));
  const renamed = renamedFolders(lost, gained, before, after);
  const left = (places: TenantFolder[], side: "from" | "to") =>
    places.filter(({ entry }) => !renamed.some((change) => change[side] === entry));
  return [
    ...renamed,
    ...before.places.flatMap((place) => movedPath(place, after)),
    ...left(lost, "from").map((place) => accessChange("access-lost", place, before.reach(place.prefix), [])),
    ...verbChanges(before, after),
    ...left(gained, "to").map((place) => accessChange("access-gained", place, after.reach(place.prefix))),
  ].sort(byKindAndEntry);
}

/** Whether the other side shows the same files, under whatever path. */
function isCovered({ prefix }: TenantFolder, other: TenantState): boolean {
  return other.places.some((place) => prefix.startsWith(place.prefix));
}

type Renamed = Extract<Change, { kind: "folder-renamed" }>;

/**
 * A folder that went and one that came, both the tenant's own and of the same access, are one renamed: those at the same
 * path, and of the others those that are the only ones of their access.
 */
function renamedFolders(
  lost: TenantFolder[],
  gained: TenantFolder[],
  before: TenantState,
  after: TenantState,
): Renamed[] {
  const own = (places: TenantFolder[], { ownPrefix }: TenantState) =>
    places.filter(({ prefix }) => prefix.startsWith(ownPrefix) && prefix !== ownPrefix);
  const going = own(lost, before);
  const coming = own(gained, after);
  const isAlike = (old: TenantFolder, now: TenantFolder) =>
    before.reach(old.prefix).join() === after.reach(now.prefix).join();
  const stayed = pairsOf(going, coming, (old, now) => old.entry === now.entry && isAlike(old, now));
  const others = (places: TenantFolder[]) => without(places, stayed.flat());
  return [...stayed, ...pairsOf(others(going), others(coming), isAlike)].map(([old, now]) => ({
    kind: "folder-renamed",
    from: old.entry,
    to: now.entry,
    oldPrefix: old.prefix,
    newPrefix: now.prefix,
  }));
}

/** Those that belong together, where neither side leaves a choice. */
function pairsOf(
  going: TenantFolder[],
  coming: TenantFolder[],
  belong: (old: TenantFolder, now: TenantFolder) => boolean,
): [old: TenantFolder, now: TenantFolder][] {
  return going.flatMap((old) => {
    const [successor, ...more] = coming.filter((now) => belong(old, now));
    const isOnly = successor !== undefined && going.filter((other) => belong(other, successor)).length === 1;
    return isOnly && more.length === 0 ? [[old, successor]] : [];
  });
}

function movedPath({ entry, prefix }: TenantFolder, after: TenantState): FolderChange[] {
  if (prefixAt(after.places, entry) === prefix) {
    return [];
  }
  const now = pathTo(prefix, after.places);
  const instead = prefixAt(after.places, entry);
  const takesFiles = instead !== undefined && after.reach(instead).includes("write");
  return now === undefined ? [] : [{ kind: "path-moved", from: entry, to: now, prefix, instead, takesFiles }];
}

/** The place that a client's path leads to: that of the longest entry on the way, and the rest of the path. */
function prefixAt(places: readonly TenantFolder[], path: string): string | undefined {
  const onTheWay = places.filter(({ entry }) => path === entry || path.startsWith(entry === "/" ? "/" : `${entry}/`));
  const [nearest] = onTheWay.sort((a, b) => b.entry.length - a.entry.length);
  if (nearest === undefined) {
    return undefined;
  }
  const rest = path.slice(nearest.entry.length).replace(/^\//, "");
  return rest === "" ? nearest.prefix : `${nearest.prefix}${rest}/`;
}

/** The client's path to a prefix. */
function pathTo(prefix: string, places: readonly TenantFolder[]): string | undefined {
  const place = places.find((one) => prefix.startsWith(one.prefix));
  if (place === undefined) {
    return undefined;
  }
  const rest = prefix.slice(place.prefix.length, -1);
  return rest === "" ? place.entry : `${place.entry === "/" ? "" : place.entry}/${rest}`;
}

/** What may be done in the files that both sides show. */
function verbChanges(before: TenantState, after: TenantState): FolderChange[] {
  const shown = [
    ...after.places.filter((place) => isCovered(place, before)),
    ...before.places
      .filter((place) => isCovered(place, after) && !after.places.some(({ prefix }) => prefix === place.prefix))
      .map(({ prefix }) => ({ entry: pathTo(prefix, after.places) ?? "/", prefix })),
  ];
  return shown.flatMap((place) => {
    const then = before.reach(place.prefix);
    const now = after.reach(place.prefix);
    const [lost, gained] = [without(then, now), without(now, then)];
    return [
      ...(lost.length > 0 ? [accessChange("access-lost", place, lost, now)] : []),
      ...(gained.length > 0 ? [accessChange("access-gained", place, gained, now)] : []),
    ];
  });
}

/** @param remaining What may be done there from now on; without it, what is gained. */
export function accessChange(
  kind: "access-lost" | "access-gained",
  { entry, prefix }: TenantFolder,
  verbs: readonly Verb[],
  remaining = verbs,
): FolderChange {
  return { kind, entry, prefix, verbs, remaining };
}

const order = ["path-moved", "folder-renamed", "access-lost", "access-gained"] as const;

type FolderChange = Extract<Change, { readonly kind: (typeof order)[number] }>;

function byKindAndEntry(a: FolderChange, b: FolderChange): number {
  return order.indexOf(a.kind) - order.indexOf(b.kind) || (entryOf(a) < entryOf(b) ? -1 : 1);
}

function entryOf(change: FolderChange): string {
  return "entry" in change ? change.entry : change.from;
}
