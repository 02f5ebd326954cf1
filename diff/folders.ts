import { isDeepStrictEqual } from "node:util";
import type { Verb } from "../tenancy/access";
import type { TenantChange } from "./change";
import type { TenantFolder, TenantState } from "./tenantState";

/**
 * What changes in the folders that a tenant sees. Compared is what a path leads to, not the list of mappings: a tenant
 * that had the whole of its files and now has `/inbox` and `/outbox` finds these two where they were.
 */
export function folderChanges(before: TenantState, after: TenantState): TenantChange[] {
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
    ...left(gained, "to").map((place) => whole(place, after.reach(place.prefix))),
  ].sort(byKindAndEntry);
}

/** Whether the other side shows the same files, under whatever path. */
function isCovered({ prefix }: TenantFolder, other: TenantState): boolean {
  return other.places.some((place) => prefix.startsWith(place.prefix));
}

type Renamed = Extract<TenantChange, { kind: "folder-renamed" }>;

/** A folder that went and one that came, both the tenant's own and the only ones of their access, are one renamed. */
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
  return going.flatMap((old) => {
    const access = before.reach(old.prefix).join();
    const alike = going.filter(({ prefix }) => before.reach(prefix).join() === access);
    const successors = coming.filter(({ prefix }) => after.reach(prefix).join() === access);
    const [successor] = successors;
    return successor === undefined || successors.length > 1 || alike.length > 1
      ? []
      : [
          {
            kind: "folder-renamed",
            from: old.entry,
            to: successor.entry,
            oldPrefix: old.prefix,
            newPrefix: successor.prefix,
          },
        ];
  });
}

function movedPath({ entry, prefix }: TenantFolder, after: TenantState): TenantChange[] {
  if (prefixAt(after.places, entry) === prefix) {
    return [];
  }
  const now = pathTo(prefix, after.places);
  return now === undefined ? [] : [{ kind: "path-moved", from: entry, to: now, prefix }];
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
function verbChanges(before: TenantState, after: TenantState): TenantChange[] {
  const shown = [
    ...after.places.filter((place) => isCovered(place, before)),
    ...before.places
      .filter((place) => isCovered(place, after) && !after.places.some(({ prefix }) => prefix === place.prefix))
      .map(({ prefix }) => ({ entry: pathTo(prefix, after.places) ?? "/", prefix })),
  ];
  return shown.flatMap((place) => {
    const then = before.reach(place.prefix);
    const now = after.reach(place.prefix);
    const lost = then.filter((verb) => !now.includes(verb));
    const gained = now.filter((verb) => !then.includes(verb));
    return [
      ...(lost.length > 0 ? [accessChange("access-lost", place, lost, now)] : []),
      ...(gained.length > 0 ? [accessChange("access-gained", place, gained, now)] : []),
    ];
  });
}

/** A place that is the tenant's from now on. */
export function whole(place: TenantFolder, verbs: readonly Verb[]): TenantChange {
  return accessChange("access-gained", place, verbs, verbs);
}

function accessChange(
  kind: "access-lost" | "access-gained",
  { entry, prefix }: TenantFolder,
  verbs: readonly Verb[],
  remaining: readonly Verb[],
): TenantChange {
  return { kind, entry, prefix, verbs, remaining };
}

const order = ["path-moved", "folder-renamed", "access-lost", "access-gained"];

function byKindAndEntry(a: TenantChange, b: TenantChange): number {
  return order.indexOf(a.kind) - order.indexOf(b.kind) || (entryOf(a) < entryOf(b) ? -1 : 1);
}

function entryOf(change: TenantChange): string {
  return "entry" in change ? change.entry : "from" in change ? String(change.from) : "";
}
