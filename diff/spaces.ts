import { spacePrefix } from "../access/grant";
import { spaceOwner } from "../uploads/owner";
import type { Change } from "./change";
import type { Side } from "./side";
import type { SubjectDifference } from "./subject";
import { uploadChanges, type Uploads } from "./uploads";

interface SideSpaces {
  readonly side: Side;
  readonly uploads: Uploads;
}

/**
 * What changes for the spaces of one stack, sorted by name; those without a change are left out. Who may do what in a
 * space is told of the tenants.
 */
export function spaceDifferences(old: SideSpaces, now: SideSpaces): SubjectDifference[] {
  return [...new Set([...namesOf(old), ...namesOf(now)])]
    .sort()
    .map((name) => ({ name, changes: changesOfSpace(name, old, now), notices: [] }))
    .filter(({ changes }) => changes.length > 0);
}

function changesOfSpace(name: string, old: SideSpaces, now: SideSpaces): Change[] {
  const [was, is] = [old, now].map(({ side }) => side.tenancy?.spaces.some((space) => space.name === name));
  const prefix = spacePrefix(name);
  const [retiredBefore, retired] = [old, now].map(({ side }) => isRetired(side, name));
  const isNew = is === true && was === false;
  return [
    ...(retiredBefore && !retired ? [{ kind: "space-unretired", prefix, given: is === true } as const] : []),
    ...(isNew ? [{ kind: "space-added", prefix } as const] : []),
    ...(was === true && is === false ? [{ kind: "space-removed", prefix } as const] : []),
    ...(retired && !retiredBefore ? [{ kind: "space-retired", prefix } as const] : []),
    ...(was === true && is === false && !retired ? [{ kind: "space-not-retired", prefix } as const] : []),
    ...uploadChanges(spaceOwner(name), old.uploads, now.uploads, isNew ? "coming" : "staying"),
  ];
}

/** Those of tenants.yaml, and those whose uploads are told. */
function namesOf({ side, uploads }: SideSpaces): string[] {
  const told = [...uploads.listeners.keys()].filter((owner) => owner.startsWith("space:"));
  return [
    ...(side.tenancy?.spaces ?? []).map(({ name }) => name),
    ...(side.tenancy?.retiredSpaces ?? []),
    ...told.map((owner) => owner.slice("space:".length)),
  ];
}

function isRetired({ tenancy }: Side, name: string): boolean {
  return tenancy?.retiredSpaces.includes(name) === true;
}
