import { listed, quoted } from "../quote";
import { type Inspection, owners, type Subject } from "../subject";

/** Transfer Family refuses this login whatever else is set. Source: its user guide, "Working with service-managed users". */
const reservedUserNames: readonly string[] = ["root"];

/** Names are unique, never used again once retired, and login names differ in more than case. */
export function checkNames(inspection: Inspection): void {
  checkRetired(inspection);
  checkTenantNames(inspection);
  checkUserNames(inspection);
}

function checkRetired({ retired, places, report }: Inspection): void {
  const known = new Set<string>();
  retired.forEach((name, index) => {
    if (name !== undefined && known.has(name)) {
      const message = `the name ${quoted(name)} is retired twice; remove one of the two`;
      report.error(() => places.of(["retired", index]), message);
    } else if (name !== undefined) {
      known.add(name);
    }
  });
}

function checkTenantNames({ retired, subjects, places, report }: Inspection): void {
  const retiredNames = new Set(retired);
  const first = new Map<string, Subject>();
  for (const subject of subjects) {
    const {
      path,
      tenant: { name },
    } = subject;
    const other = name === undefined ? undefined : first.get(name);
    if (name !== undefined && other === undefined) {
      first.set(name, subject);
    }
    if (name !== undefined && (other !== undefined || retiredNames.has(name))) {
      report.error(
        () => places.of([...path, "name"]),
        () => (other === undefined ? retiredMessage(name) : takenMessage(name, other)),
        name,
      );
    }
  }

  function takenMessage(name: string, { path }: Subject): string {
    const { line } = report.position(places.of([...path, "name"]));
    return `the name ${quoted(name)} is already the tenant's in line ${line}; choose another one`;
  }
}

function retiredMessage(name: string): string {
  return `the name ${quoted(name)} is retired: files of its former tenant may remain; choose another one`;
}

function checkUserNames({ subjects, checkedStacks, places, report }: Inspection): void {
  const placeOf = ({ path }: Subject) => places.of([...path, places.has([...path, "userName"]) ? "userName" : "name"]);
  for (const subject of subjects) {
    const { name, userName } = subject.tenant;
    if (userName !== undefined && reservedUserNames.includes(userName.toLowerCase())) {
      const message = `Transfer Family reserves the user name ${quoted(userName)}; choose another one`;
      report.error(() => placeOf(subject), message, name);
    }
  }
  for (const { of: subject, owner, stacks } of owners(subjects, foldedUserName, stacksOf, checkedStacks)) {
    const { name, userName = "" } = subject.tenant;
    // Two tenants of one name are reported as that, not for the user names that follow from it as well.
    if (name === undefined || name !== owner.tenant.name || places.has([...subject.path, "userName"])) {
      report.error(
        () => placeOf(subject),
        () =>
          `the user name ${quoted(userName)} is also that of ${described(owner)} in ${listed(stacks)}; ` +
          "they must differ in more than case",
        name,
      );
    }
  }
}

function foldedUserName({ tenant }: Subject): string | undefined {
  return tenant.userName?.toLowerCase();
}

function stacksOf({ tenant }: Subject): readonly string[] {
  return tenant.environments;
}

function described({ tenant: { name } }: Subject): string {
  return name === undefined ? "another tenant" : `tenant ${quoted(name)}`;
}
