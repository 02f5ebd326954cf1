import { suggestion } from "../explain";
import { quoted } from "../quote";
import { maxTags } from "../schema";
import type { Inspection, Subject } from "../subject";

/** The client's name of a tenant's own files once a space stands beside them, hence no folder's or space's. */
const reservedFolder = "home";

/** What a tenant sees after login has one meaning each: own folders and spaces by different names. */
export function checkFolders(inspection: Inspection): void {
  const spaces = declaredSpaces(inspection);
  for (const subject of inspection.subjects) {
    checkAccess(subject, inspection);
    checkEntries(subject, spaces, inspection);
    checkTags(subject, inspection);
  }
}

function declaredSpaces({ spaces, report }: Inspection): Set<string> {
  const declared = new Set<string>();
  spaces.forEach((space, index) => {
    const name = space?.name;
    if (name === undefined) {
      return;
    }
    if (name === reservedFolder) {
      report.error(["spaces", index, "name"], reservedMessage("space"));
    } else if (declared.has(name)) {
      const message = `the space ${quoted(name)} is declared twice; remove one of the two`;
      report.error(["spaces", index, "name"], message);
    }
    declared.add(name);
  });
  return declared;
}

function checkAccess({ path, tenant }: Subject, { report }: Inspection): void {
  if (tenant.access !== undefined && tenant.folders?.length) {
    const message = '"access" stands beside "folders"; each folder has an access of its own, so remove this one';
    report.error(path, message, "access");
  }
}

function checkEntries({ path, tenant }: Subject, declared: ReadonlySet<string>, { report }: Inspection): void {
  const taken = new Map<string, string>();
  for (const [list, kind] of [
    ["folders", "folder"],
    ["spaces", "space"],
  ] as const) {
    tenant[list]?.forEach((folder, index) => {
      const name = folder?.name;
      const fault = name === undefined ? undefined : faultOfEntry(name, kind, taken.get(name), declared);
      if (fault !== undefined) {
        report.error([...path, list, index, "name"], fault);
      }
      taken.set(name ?? "", kind);
    });
  }
}

function faultOfEntry(
  name: string,
  kind: "folder" | "space",
  taken: string | undefined,
  declared: ReadonlySet<string>,
): string | undefined {
  if (kind === "space" && !declared.has(name)) {
    const known = suggestion(name, [...declared]) ?? 'declare it under the top-level key "spaces"';
    return `unknown space ${quoted(name)}; ${known}`;
  }
  if (taken !== undefined) {
    return taken === kind
      ? `the ${kind} ${quoted(name)} is listed twice; remove one of the two`
      : `the ${kind} ${quoted(name)} has the name of one of the tenant's folders; both would be /${name}`;
  }
  return kind === "folder" && name === reservedFolder ? reservedMessage(kind) : undefined;
}

function reservedMessage(kind: string): string {
  return `the name "${reservedFolder}" is reserved: beside spaces, /${reservedFolder} is the tenant's own place; choose another name for the ${kind}`;
}

function checkTags({ path, tenant }: Subject, { report }: Inspection): void {
  const beyond = Object.keys(tenant.tags ?? {})[maxTags];
  if (beyond !== undefined) {
    const message = `this is tag ${maxTags + 1}; at most ${maxTags} fit beside the gateway's own`;
    report.error([...path, "tags"], message, beyond);
  }
}
