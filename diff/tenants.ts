import { tenantPrefix } from "../access/grant";
import { tenantOwner } from "../uploads/owner";
import { moved, without, type Change } from "./change";
import { accessChange, folderChanges } from "./folders";
import { addedKey, goneKeys, keyChanges, keyNotices, type HolderOf } from "./keys";
import { knownNames, standingOf, tenantOutputs, type Side, type Standing } from "./side";
import type { SubjectDifference } from "./subject";
import { tenantStates, underName, type TenantState } from "./tenantState";
import { uploadChanges, type Presence, type Uploads } from "./uploads";

/** One side, with what is read of it once for all of its tenants. */
export interface SideTenants {
  readonly side: Side;
  readonly uploads: Uploads;
  readonly state: (name: string) => TenantState;
  readonly holderOf: HolderOf;
  /** Says whose a login name is. */
  readonly loginOf: (userName: string) => string | undefined;
}

/** Prepares a side. */
export function tenantsOf(side: Side, uploads: Uploads): SideTenants {
  const state = tenantStates(side);
  const outputs = tenantOutputs(side.deployment);
  const names = Object.keys(outputs);
  const holders = new Map(names.flatMap((name) => state(name).fingerprints.map((fingerprint) => [fingerprint, name])));
  const logins = new Map(Object.entries(outputs).map(([name, { userName }]) => [userName, name]));
  return {
    side,
    uploads,
    state,
    holderOf: (fingerprint) => holders.get(fingerprint),
    loginOf: (userName) => logins.get(userName),
  };
}

/**
 * What changes for the tenants of one stack, sorted by name; those without a change or notice are left out.
 * @param today The day (UTC, YYYY-MM-DD) on which keys soon to expire are looked for.
 */
export function tenantDifferences(old: SideTenants, now: SideTenants, today: string): SubjectDifference[] {
  const known = [...new Set([...knownNames(old.side), ...knownNames(now.side)])];
  const retirements = retirementsOf(old.side, now.side);
  const predecessors = predecessorsOf(known, old, now);
  const successors = new Map([...predecessors].map(([to, from]) => [from, to]));
  const changesOf = (name: string): Change[] => {
    const predecessor = predecessors.get(name);
    return predecessor === undefined
      ? changesOfName(name, old, now, successors.get(name))
      : renaming(old.state(predecessor), now.state(name), predecessor, old.holderOf);
  };
  return [...new Set([...known, ...retirements.keys()])]
    .sort()
    .map((name) => ({
      name,
      changes: [
        ...changesOf(name),
        ...takeover(name, predecessors.get(name) ?? name, old, now),
        ...(retirements.get(name) ?? []),
        ...uploadChanges(tenantOwner(name), old.uploads, now.uploads, presenceOf(name, old.side, now.side)),
      ],
      notices: standingOf(now.side, name) === "active" ? keyNotices(now.state(name), today) : [],
    }))
    .filter(({ changes, notices }) => changes.length > 0 || notices.length > 0);
}

/** Of the names that nobody may bear again from now on, and those that somebody may. */
function retirementsOf(before: Side, after: Side): ReadonlyMap<string, readonly Change[]> {
  const [then, now] = [before.tenancy?.retired, after.tenancy?.retired];
  if (then === undefined || now === undefined) {
    return new Map();
  }
  const given = (name: string) => ["active", "suspended", "elsewhere"].includes(standingOf(after, name));
  return new Map<string, readonly Change[]>([
    ...without(then, now).map(
      (name) => [name, [{ kind: "name-unretired", prefix: tenantPrefix(name), given: given(name) }]] as const,
    ),
    ...without(now, then).map((name) => [name, [{ kind: "name-retired", prefix: tenantPrefix(name) }]] as const),
  ]);
}

/** Of each tenant that came, the one that went and left it its login name or a key: it bears a new name. */
function predecessorsOf(known: readonly string[], old: SideTenants, now: SideTenants): ReadonlyMap<string, string> {
  const gone = known.filter(
    (name) => standingOf(old.side, name) === "active" && ["absent", "retired"].includes(standingOf(now.side, name)),
  );
  const come = known.filter(
    (name) => standingOf(now.side, name) === "active" && standingOf(old.side, name) === "absent",
  );
  const predecessors = new Map<string, string>();
  for (const name of gone.length === 0 ? [] : come.sort()) {
    const state = now.state(name);
    const predecessor = gone.find((other) => isSameClient(old.state(other), state));
    if (predecessor !== undefined) {
      predecessors.set(name, predecessor);
      gone.splice(gone.indexOf(predecessor), 1);
    }
  }
  return predecessors;
}

function changesOfName(name: string, old: SideTenants, now: SideTenants, successor: string | undefined): Change[] {
  const [was, is] = [standingOf(old.side, name), standingOf(now.side, name)];
  if (is === "active") {
    return was === "active"
      ? kept(old.state(name), now.state(name), old.holderOf)
      : arrival(now.state(name), was === "suspended", old.holderOf);
  }
  const keys = was === "active" && successor === undefined ? goneKeys(old.state(name)) : [];
  if (is === "suspended") {
    const kind = was === "active" ? "tenant-suspended" : "tenant-added-suspended";
    return was === "suspended" ? [] : [{ kind }, ...keys];
  }
  return was === "active" || was === "suspended" ? [...departure(name, is, successor), ...keys] : [];
}

/** @param known Who may have had its login name without a word: the tenant itself, as it was called. */
function takeover(name: string, known: string, old: SideTenants, now: SideTenants): Change[] {
  if (standingOf(now.side, name) !== "active") {
    return [];
  }
  const { userName } = now.state(name);
  const former = old.loginOf(userName);
  return former === undefined || former === known ? [] : [{ kind: "login-taken-over", userName, former }];
}

function presenceOf(name: string, before: Side, after: Side): Presence {
  const [was, is] = [before, after].map((side) => ["active", "suspended"].includes(standingOf(side, name)));
  // Of another stack until now: it may have been of this one before, and have left files.
  const isBack = standingOf(before, name) === "elsewhere";
  return was === is || (isBack && is) ? "staying" : is ? "coming" : "going";
}

function kept(before: TenantState, after: TenantState, holderOf: HolderOf): Change[] {
  const folders = folderChanges(before, after);
  const rewritten = folders.length === 0 && before.documents !== after.documents;
  return [
    ...clientChanges(before, after),
    ...folders,
    ...keyChanges(before, after, holderOf),
    ...wayInChanges(before, after),
    ...(rewritten ? [{ kind: "policy-rewritten" } as const] : []),
  ];
}

function renaming(old: TenantState, after: TenantState, from: string, holderOf: HolderOf): Change[] {
  const before = underName(old, after);
  return [
    { kind: "tenant-renamed", from, oldPrefix: old.ownPrefix, newPrefix: after.ownPrefix },
    ...clientChanges(before, after),
    ...folderChanges(before, after),
    ...keyChanges(before, after, holderOf),
    ...wayInChanges(before, after),
  ];
}

function arrival(state: TenantState, wasSuspended: boolean, holderOf: HolderOf): Change[] {
  const { userName, tenant, places, reach, fingerprints } = state;
  const { description, contact } = tenant ?? {};
  return [
    wasSuspended ? { kind: "tenant-resumed", userName } : { kind: "tenant-added", userName, description, contact },
    ...places.map((place) => accessChange("access-gained", place, reach(place.prefix))),
    ...fingerprints.map((fingerprint) => addedKey(fingerprint, state, holderOf)),
    ...wayInChanges({ password: false, allowedCidrs: undefined }, state),
    ...tagChanges({}, state.tags),
  ];
}

function departure(name: string, is: Standing, successor: string | undefined): Change[] {
  const prefix = tenantPrefix(name);
  if (is === "elsewhere") {
    return [{ kind: "tenant-left", prefix }];
  }
  return [
    successor === undefined ? { kind: "tenant-removed", prefix } : { kind: "tenant-renamed-to", to: successor },
    ...(is === "retired" ? [] : [{ kind: "name-not-retired", prefix } as const]),
  ];
}

/** Of the ways in that only a function can keep to. */
function wayInChanges(before: WaysIn, after: WaysIn): Change[] {
  const [from, to] = [before.allowedCidrs, after.allowedCidrs];
  return [
    ...(before.password === after.password
      ? []
      : [{ kind: after.password ? "password-admitted" : "password-refused" } as const]),
    ...(String(from) === String(to) ? [] : [{ kind: "addresses-changed", from, to } as const]),
  ];
}

type WaysIn = Pick<TenantState, "password" | "allowedCidrs">;

function isSameClient(before: TenantState, after: TenantState): boolean {
  return (
    before.userName === after.userName ||
    before.fingerprints.some((fingerprint) => after.fingerprints.includes(fingerprint))
  );
}

function clientChanges(before: TenantState, after: TenantState): Change[] {
  return [
    ...moved("user-recreated", before.userName, after.userName),
    ...moved("landing-folder-moved", before.landingFolder, after.landingFolder),
    ...tagChanges(before.tags, after.tags),
  ];
}

/** Of the tags that the tenant's entry gives; the program's own follow from its name. */
function tagChanges(before: TenantState["tags"], after: TenantState["tags"]): Change[] {
  const tags = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (tag) => !tag.startsWith("sftp-gateway:"),
  );
  return tags.flatMap((tag): Change[] => {
    const [from, to] = [before[tag], after[tag]];
    return from === to ? [] : [{ kind: "tag-changed", tag, from, to }];
  });
}
