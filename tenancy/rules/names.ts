import { listed, quoted } from "../quote";
import type { Report } from "../report";
import { type Inspection, owners, type Subject } from "../subject";
import { nodeAt, type Path } from "../tree";

/** Transfer Family refuses this login whatever else is set. Source: its user guide, "Working with service-managed users". */
const reservedUserNames: readonly string[] = ["root"];

/** Names are unique, never used again once retired, and login names differ in more than case. */
export function checkNames(inspection: Inspection): void {
  checkTenantNames(inspection, retiredPlaces("retired", inspection));
  checkSpaceNames(inspection, retiredPlaces("retiredSpaces", inspection));
  checkUserNames(inspection);
}

/** Where each retired name stands. */
type RetiredPlaces = ReadonlyMap<string, Path>;

function retiredPlaces(key: "retired" | "retiredSpaces", { report, [key]: retired }: Inspection): RetiredPlaces {
  const places = new Map<string, Path>();
  retired.forEach((name, index) => {
    const first = places.get(name ?? "");
    if (name !== undefined && first !== undefined) {
      const twice = `the name ${quoted(name)} is retired twice, first in line`;
      report.error([key, index], () => `${twice} ${report.position(first).line}; remove one of the two`);
    } else if (name !== undefined) {
      places.set(name, [key, index]);
    }
  });
  return places;
}

/** Whoever bore it next would get the files that lie under it. */
function checkRetired(
  name: string,
  place: Path,
  kind: "tenant" | "space",
  retired: RetiredPlaces,
  report: Report,
): void {
  const where = retired.get(name);
  if (where !== undefined) {
    const message = `the name ${quoted(name)} is retired in line`;
    const reason = `files of its former ${kind} may remain; choose another one`;
    report.error(place, () => `${message} ${report.position(where).line}: ${reason}`);
  }
}

function checkTenantNames({ subjects, report }: Inspection, retired: RetiredPlaces): void {
  const places = new Map<string, Path>();
  for (const { path, tenant } of subjects) {
    const { name } = tenant;
    const place = [...path, "name"];
    const other = places.get(name ?? "");
    if (name !== undefined && other !== undefined) {
      const taken = `the name ${quoted(name)} is already the tenant's in line`;
      report.error(place, () => `${taken} ${report.position(other).line}; choose another one`);
    } else if (name !== undefined) {
      places.set(name, place);
      checkRetired(name, place, "tenant", retired, report);
    }
  }
}

function checkSpaceNames({ spaces, report }: Inspection, retired: RetiredPlaces): void {
  const places = new Map<string, Path>();
  spaces.forEach((space, index) => {
    const name = space?.name;
    const place = ["spaces", index, "name"];
    if (name !== undefined && places.has(name)) {
      report.error(place, `the space ${quoted(name)} is declared twice; remove one of the two`);
    } else if (name !== undefined) {
      places.set(name, place);
      checkRetired(name, place, "space", retired, report);
    }
  });
}

function checkUserNames({ subjects, checkedStacks, report }: Inspection): void {
  const isWritten = ({ path }: Subject) => nodeAt(report.root, [...path, "userName"]) !== undefined;
  const placeOf = (subject: Subject) => [...subject.path, isWritten(subject) ? "userName" : "name"];
  for (const subject of subjects) {
    const { userName } = subject.tenant;
    if (userName !== undefined && reservedUserNames.includes(userName.toLowerCase())) {
      const message = `Transfer Family reserves the user name ${quoted(userName)}; choose another one`;
      report.error(placeOf(subject), message);
    }
  }
  const folded = ({ tenant }: Subject) => tenant.userName?.toLowerCase();
  for (const { of: subject, owner, stacks } of owners(
    subjects,
    folded,
    ({ tenant }) => tenant.environments,
    checkedStacks,
  )) {
    const { name, userName = "" } = subject.tenant;
    // Two tenants of one name are reported as that, not for the user names that follow from it as well.
    if (name === undefined || name !== owner.tenant.name || isWritten(subject)) {
      const whose = owner.tenant.name === undefined ? "another tenant" : `tenant ${quoted(owner.tenant.name)}`;
      const message = `the user name ${quoted(userName)} is also that of ${whose} in ${listed(stacks)}`;
      report.error(placeOf(subject), `${message}; they must differ in more than case`);
    }
  }
}
