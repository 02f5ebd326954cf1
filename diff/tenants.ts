import { tenantPrefix } from "../access/grant";
import { moved, without, type Change, type Notice } from "./change";
import { accessChange, folderChanges } from "./folders";
import { addedKey, keyChanges, keyNotices } from "./keys";
import { notificationChanges } from "./notifications";
import { emptySide, knownNames, standingOf, type Side, type Standing } from "./side";
import { retentionByPrefix, tenantStates, underName, type TenantState } from "./tenantState";

/** What one tenant's reviewer reads. */
export interface TenantDifference {
  readonly name: string;
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
}

/** One side, with what is read of it once for all of its tenants. */
interface SideTenants {
  readonly side: Side;
  readonly state: (name: string) => TenantState;
  readonly retention: ReadonlyMap<string, number>;
}

function tenantsOf(side: Side): SideTenants {
  return {
    side,
    state: tenantStates(side),
    retention: retentionByPrefix(side.deployment.resources),
  };
}

/**
 * What changes for the tenants of one stack, sorted by name; those without a change or notice are left out.
 * @param before Undefined: the stack did not exist.
 * @param today The day (UTC, YYYY-MM-DD) on which keys soon to expire are looked for.
 */
export function tenantDifferences(before: Side | undefined, after: Side, today: string): TenantDifference[] {
  const [old, now] = [before ?? emptySide(after.deployment.stack), after].map(tenantsOf) as [SideTenants, SideTenants];
  const known = [...new Set([...knownNames(old.side), ...knownNames(after)])];
  const unretired = after.tenancy === undefined ? [] : without(old.side.tenancy?.retired ?? [], after.tenancy.retired);
  const predecessors = predecessorsOf(known, old, now);
  const renamed = new Set(predecessors.values());
  const changesOf = (name: string): Change[] => {
    const predecessor = predecessors.get(name);
    return predecessor === undefined
      ? changesOfName(name, old, now, renamed.has(name))
      : renaming(old.state(predecessor), now.state(name), predecessor, name);
  };
  return [...new Set([...known, ...unretired])]
    .sort()
    .map((name) => ({
      name,
      changes: [
        ...(unretired.includes(name) ? [{ kind: "name-unretired", prefix: tenantPrefix(name) } as const] : []),
        ...changesOf(name),
      ],
      notices: standingOf(now.side, name) === "active" ? keyNotices(now.state(name), today) : [],
    }))
    .filter(({ changes, notices }) => changes.length > 0 || notices.length > 0);
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

function changesOfName(name: string, old: SideTenants, now: SideTenants, isRenamed: boolean): Change[] {
  const [was, is] = [standingOf(old.side, name), standingOf(now.side, name)];
  const retention = () => retentionChange(name, old, now);
  if (is === "active") {
    return was === "active"
      ? kept(old.state(name), now.state(name), now.side.deployment.stack, retention())
      : arrival(now.state(name), was === "suspended", now.side.deployment.stack);
  }
  if (is === "suspended") {
    const suspended = { kind: was === "active" ? "tenant-suspended" : "tenant-added-suspended" } as const;
    return [...(was === "suspended" ? [] : [suspended]), ...retention()];
  }
  return was === "active" || was === "suspended" ? departure(name, is, isRenamed) : [];
}

function kept(before: TenantState, after: TenantState, stack: string, retention: Change[]): Change[] {
  const folders = folderChanges(before, after);
  const rewritten = folders.length === 0 && before.documents !== after.documents;
  return [
    ...clientChanges(before, after),
    ...folders,
    ...keyChanges(before, after),
    ...retention,
    // Nothing where either side's tenants.yaml is not known.
    ...(before.tenant && after.tenant ? notificationChanges(before.tenant, after.tenant, stack) : []),
    ...(rewritten ? [{ kind: "policy-rewritten" } as const] : []),
  ];
}

function renaming(old: TenantState, after: TenantState, from: string, name: string): Change[] {
  const before = underName(old, name);
  return [
    { kind: "tenant-renamed", from, oldPrefix: old.ownPrefix, newPrefix: after.ownPrefix },
    ...clientChanges(before, after),
    ...folderChanges(before, after),
    ...keyChanges(before, after),
  ];
}

function arrival(state: TenantState, wasSuspended: boolean, stack: string): Change[] {
  const { userName, tenant, places, reach, fingerprints } = state;
  const { description, contact } = tenant ?? {};
  return [
    wasSuspended ? { kind: "tenant-resumed", userName } : { kind: "tenant-added", userName, description, contact },
    ...places.map((place) => accessChange("access-gained", place, reach(place.prefix))),
    ...fingerprints.map((fingerprint) => addedKey(fingerprint, state)),
    ...(wasSuspended ? [] : notificationChanges(undefined, tenant, stack)),
  ];
}

function departure(name: string, is: Standing, isRenamed: boolean): Change[] {
  const prefix = tenantPrefix(name);
  if (is === "elsewhere") {
    return [{ kind: "tenant-left", prefix }];
  }
  return [
    ...(isRenamed ? [] : [{ kind: "tenant-removed", prefix } as const]),
    ...(is === "retired" ? [] : [{ kind: "name-not-retired", prefix } as const]),
  ];
}

function retentionChange(name: string, old: SideTenants, now: SideTenants): Change[] {
  const [from, to] = [old, now].map(({ retention }) => retention.get(tenantPrefix(name)));
  if (to !== undefined && (from === undefined || to < from)) {
    return standingOf(old.side, name) === "absent" ? [] : [{ kind: "retention-shortened", from, to }];
  }
  return from === undefined || from === to ? [] : [{ kind: "retention-lengthened", from, to }];
}

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
  ];
}
