import { listed, quoted } from "../quote";
import { type Inspection, owners, type Subject } from "../subject";
import { nodeAt, type Path } from "../tree";

/** Transfer Family refuses this login whatever else is set. Source: its user guide, "Working with service-managed users". */
const reservedUserNames: readonly string[] = ["root"];

/** Names are unique, never used again once retired, and login names differ in more than case. */
export function checkNames(inspection: Inspection): void {
  checkRetired(inspection);
  checkTenantNames(inspection);
  checkUserNames(inspection);
}

function checkRetired({ retired, report }: Inspection): void {
  const known = new Set<string | undefined>();
  retired.forEach((name, index) => {
    if (name !== undefined && known.has(name)) {
      report.error(["retired", index], `the name ${quoted(name)} is retired twice; remove one of the two`);
    }
    known.add(name);
  });
}

function checkTenantNames({ retired, subjects, report }: Inspection): void {
  const retiredNames = new Set(retired);
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
      if (retiredNames.has(name)) {
        const message = `the name ${quoted(name)} is retired: files of its former tenant may remain; choose another one`;
        report.error(place, message);
      }
    }
  }
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
