import { spaceOwner, tenantOwner, type Owner } from "../uploads/owner";
import type { Change } from "./change";
import { detailsOf, type Detail } from "./details";
import { ownersIn } from "./owners";
import type { ResourceDifference } from "./resources";
import type { Side } from "./side";
import { spaceDifferences } from "./spaces";
import { losses, stackChanges } from "./stack";
import type { SubjectDifference } from "./subject";
import { tenantDifferences, tenantsOf } from "./tenants";
import { unexplained } from "./unexplained";
import { uploadsIn } from "./uploads";

/** What changes for each tenant and space, sorted by name. */
export interface Subjects {
  readonly tenants: readonly SubjectDifference[];
  readonly spaces: readonly SubjectDifference[];
}

/** The same, with what concerns everybody, and what is left. */
export interface Told extends Subjects {
  readonly changes: readonly Change[];
  readonly unexplained: readonly Detail[];
}

/** What the sides say of their tenants and spaces. @param today As for {@link tenantDifferences}. */
export function subjectDifferences(before: Side, after: Side, today: string): Subjects {
  const [old, now] = [before, after].map((side) => tenantsOf(side, uploadsIn(side.deployment)));
  return old === undefined || now === undefined
    ? { tenants: [], spaces: [] }
    : { tenants: tenantDifferences(old, now, today), spaces: spaceDifferences(old, now) };
}

/** Adds what concerns everybody and what is lost, and finds what no change explains. */
export function completed(before: Side, after: Side, subjects: Subjects, resources: ResourceDifference): Told {
  const details = detailsOf(before, after, resources);
  const ownersOf = ownersIn(before, after);
  const lost = losses(details, before, ownersOf);
  const tenants = withLosses(subjects.tenants, lost, tenantOwner);
  const spaces = withLosses(subjects.spaces, lost, spaceOwner);
  const changes = [...stackChanges(before, after, details), ...(lost.get(undefined) ?? [])];
  const byOwner = new Map<Owner | undefined, readonly Change[]>([
    [undefined, changes],
    ...tenants.map((tenant) => [tenantOwner(tenant.name), tenant.changes] as const),
    ...spaces.map((space) => [spaceOwner(space.name), space.changes] as const),
  ]);
  return { changes, tenants, spaces, unexplained: unexplained(details, ownersOf, byOwner) };
}

/** Also those tenants or spaces that lose something and of whom nothing else is told. */
function withLosses(
  subjects: readonly SubjectDifference[],
  lost: ReadonlyMap<Owner | undefined, readonly Change[]>,
  ownerOf: (name: string) => Owner,
): SubjectDifference[] {
  const kind = ownerOf("");
  const losing = [...lost.keys()]
    .filter((owner) => owner?.startsWith(kind))
    .map((owner) => owner?.slice(kind.length) ?? "");
  const told = new Map(subjects.map((subject) => [subject.name, subject]));
  return [...new Set([...told.keys(), ...losing])].sort().map((name) => {
    const { changes, notices } = told.get(name) ?? { changes: [], notices: [] };
    return { name, changes: [...changes, ...(lost.get(ownerOf(name)) ?? [])], notices };
  });
}
