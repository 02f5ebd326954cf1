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

function checkRetired({ file, places, report }: Inspection): void {
  const known = new Set<string>();
  (file.retired ?? []).forEach((name, index) => {
    if (name !== undefined && known.has(name)) {
      const message = `the name ${quoted(name)} is retired twice; remove one of the two`;
      report.error(() => places.of(["retired", index]), message);
    } else if (name !== undefined) {
      known.add(name);
    }
  });
}

function checkTenantNames({ file, subjects, places, report }: Inspection): void {
  const retired = new Set(file.retired ?? []);
  const first = new Map<string, Subject>();
  for (const subject of subjects) {
    const { name, path } = subject;
    const other = name === undefined ? undefined : first.get(name);
    if (name !== undefined && other === undefined) {
      first.set(name, subject);
    }
    if (name !== undefined && (other !== undefined || retired.has(name))) {
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
  for (const { path, draft, name, userName } of subjects) {
    if (userName !== undefined && reservedUserNames.includes(userName.toLowerCase())) {
      const message = `Transfer Family reserves the user name ${quoted(userName)}; choose another one`;
      report.error(() => places.of([...path, keyOfUserName(draft)]), message, name);
    }
  }
  for (const { of: subject, owner, stacks } of owners(subjects, foldedUserName, checkedStacks)) {
    if (!isSameName(owner, subject)) {
      report.error(
        () => places.of([...subject.path, keyOfUserName(subject.draft)]),
        () =>
          `the user name ${quoted(subject.userName ?? "")} is also that of ${described(owner)} in ${listed(stacks)}; ` +
          "they must differ in more than case",
        subject.name,
      );
    }
  }
}

function foldedUserName({ userName }: Subject): string | undefined {
  return userName?.toLowerCase();
}

function keyOfUserName(draft: Subject["draft"]): string {
  return "userName" in draft ? "userName" : "name";
}

/** Two tenants of one name are reported as that, not for the user names that follow from it as well. */
function isSameName(one: Subject, other: Subject): boolean {
  return one.name !== undefined && one.name === other.name && !("userName" in other.draft);
}

function described({ name }: Subject): string {
  return name === undefined ? "another tenant" : `tenant ${quoted(name)}`;
}
