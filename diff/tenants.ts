import { tenantPrefix } from "../access/grant";
import type { Notice, TenantChange } from "./change";
import { folderChanges, whole } from "./folders";
import { addedKey, keyChanges, keyNotices } from "./keys";
import { notificationChanges } from "./notifications";
import { knownNames, standingOf, type Side, type Standing } from "./side";
import { TenantStates, underName, type TenantState } from "./tenantState";

/** What one tenant's reviewer reads. */
export interface TenantDifference {
  readonly name: string;
  readonly changes: readonly TenantChange[];
  readonly notices: readonly Notice[];
}

/**
 * What changes for the tenants of one stack, sorted by name; those without a change or notice are left out.
 * @param before Undefined: the stack did not exist.
 * @param today The day (UTC, YYYY-MM-DD) on which keys soon to expire are looked for.
 */
export function tenantDifferences(before: Side | undefined, after: Side, today: string): TenantDifference[] {
  return new Comparison(before, after, today).differences();
}

class Comparison {
  private readonly statesBefore: TenantStates | undefined;
  private readonly statesAfter: TenantStates;
  private readonly stack: string;

  constructor(
    private readonly before: Side | undefined,
    private readonly after: Side,
    private readonly today: string,
  ) {
    this.statesBefore = before && new TenantStates(before);
    this.statesAfter = new TenantStates(after);
    this.stack = after.deployment.stack;
  }

  differences(): TenantDifference[] {
    const known = [...knownNames(this.before), ...knownNames(this.after)];
    const unretired = (this.before?.tenancy?.retired ?? []).filter(
      (name) => this.after.tenancy !== undefined && !this.after.tenancy.retired.includes(name),
    );
    const predecessors = this.predecessors(new Set(known));
    return [...new Set([...known, ...unretired])]
      .sort()
      .map((name) => ({
        name,
        changes: [
          ...(unretired.includes(name) ? [{ kind: "name-unretired", prefix: tenantPrefix(name) } as const] : []),
          ...this.changesOf(name, predecessors.get(name), new Set(predecessors.values())),
        ],
        notices: this.noticesOf(name),
      }))
      .filter(({ changes, notices }) => changes.length > 0 || notices.length > 0);
  }

  /** Of each tenant that came, the one that went and left it its login name or a key: it bears a new name. */
  private predecessors(known: ReadonlySet<string>): Map<string, string> {
    const gone = [...known].filter((name) => {
      const now = standingOf(this.after, name);
      return standingOf(this.before, name) === "active" && (now === "absent" || now === "retired");
    });
    const come = [...known].filter(
      (name) => standingOf(this.after, name) === "active" && standingOf(this.before, name) === "absent",
    );
    const predecessors = new Map<string, string>();
    for (const name of gone.length === 0 ? [] : come.sort()) {
      const state = this.statesAfter.of(name);
      const old = gone.find((other) => isSameClient(this.statesBefore?.of(other), state));
      if (old !== undefined) {
        predecessors.set(name, old);
        gone.splice(gone.indexOf(old), 1);
      }
    }
    return predecessors;
  }

  private changesOf(name: string, predecessor: string | undefined, renamed: ReadonlySet<string>): TenantChange[] {
    if (predecessor !== undefined) {
      return this.renaming(predecessor, name);
    }
    const then = standingOf(this.before, name);
    const now = standingOf(this.after, name);
    if (now === "active") {
      return then === "active" ? this.kept(name) : this.arrival(name, then);
    }
    if (now === "suspended") {
      return then === "suspended" ? this.retentionChange(name) : [this.suspension(then), ...this.retentionChange(name)];
    }
    return then === "active" || then === "suspended" ? this.departure(name, now, renamed.has(name)) : [];
  }

  private kept(name: string): TenantChange[] {
    const [before, after] = [this.statesBefore?.of(name), this.statesAfter.of(name)];
    if (before === undefined) {
      return [];
    }
    const folders = folderChanges(before, after);
    const rewritten = folders.length === 0 && before.documents !== after.documents;
    return [
      ...clientChanges(before, after),
      ...folders,
      ...keyChanges(before, after),
      ...this.retentionChange(name),
      ...this.notificationChange(name),
      ...(rewritten ? [{ kind: "policy-rewritten" } as const] : []),
    ];
  }

  private renaming(from: string, name: string): TenantChange[] {
    const old = this.statesBefore?.of(from);
    if (old === undefined) {
      return [];
    }
    const [before, after] = [underName(old, name), this.statesAfter.of(name)];
    return [
      { kind: "tenant-renamed", from, oldPrefix: old.ownPrefix, newPrefix: after.ownPrefix },
      ...clientChanges(before, after),
      ...folderChanges(before, after),
      ...keyChanges(before, after),
    ];
  }

  private arrival(name: string, then: Standing): TenantChange[] {
    const { userName, places, reach, fingerprints, expiries } = this.statesAfter.of(name);
    const { description, contact } = this.statesAfter.tenant(name) ?? {};
    return [
      then === "suspended"
        ? { kind: "tenant-resumed", userName }
        : {
            kind: "tenant-added",
            userName,
            ...(description === undefined ? {} : { description }),
            ...(contact === undefined ? {} : { contact }),
          },
      ...places.map((place) => whole(place, reach(place.prefix))),
      ...fingerprints.map((fingerprint) => addedKey(fingerprint, expiries)),
      ...(then === "suspended" ? [] : notificationChanges(undefined, this.statesAfter.tenant(name), this.stack)),
    ];
  }

  private suspension(then: Standing): TenantChange {
    return { kind: then === "active" ? "tenant-suspended" : "tenant-added-suspended" };
  }

  private departure(name: string, now: Standing, isRenamed: boolean): TenantChange[] {
    const prefix = tenantPrefix(name);
    if (now === "elsewhere") {
      return [{ kind: "tenant-left", prefix }];
    }
    return [
      ...(isRenamed ? [] : [{ kind: "tenant-removed", prefix } as const]),
      ...(now === "retired" ? [] : [{ kind: "name-not-retired", prefix } as const]),
    ];
  }

  /** Nothing where either side's tenants.yaml is not known. */
  private notificationChange(name: string): TenantChange[] {
    const [before, after] = [this.statesBefore?.tenant(name), this.statesAfter.tenant(name)];
    return before === undefined || after === undefined ? [] : notificationChanges(before, after, this.stack);
  }

  private retentionChange(name: string): TenantChange[] {
    const [from, to] = [this.statesBefore?.retentionOf(name), this.statesAfter.retentionOf(name)];
    if (from === to) {
      return [];
    }
    if (to !== undefined && (from === undefined || to < from)) {
      return standingOf(this.before, name) === "absent"
        ? []
        : [{ kind: "retention-shortened", ...(from === undefined ? {} : { from }), to }];
    }
    return from === undefined ? [] : [{ kind: "retention-lengthened", from, ...(to === undefined ? {} : { to }) }];
  }

  private noticesOf(name: string): Notice[] {
    if (standingOf(this.after, name) !== "active") {
      return [];
    }
    return keyNotices(this.statesAfter.of(name), this.today);
  }
}

function isSameClient(before: TenantState | undefined, after: TenantState): boolean {
  return (
    before !== undefined &&
    (before.userName === after.userName || before.fingerprints.some((key) => after.fingerprints.includes(key)))
  );
}

function clientChanges(before: TenantState, after: TenantState): TenantChange[] {
  const [login, landing] = [before.userName !== after.userName, before.landingFolder !== after.landingFolder];
  return [
    ...(login ? [{ kind: "user-recreated", from: before.userName, to: after.userName } as const] : []),
    ...(landing
      ? [{ kind: "landing-folder-moved", from: before.landingFolder, to: after.landingFolder } as const]
      : []),
  ];
}
