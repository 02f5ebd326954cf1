import { homePath } from "../clientPath";
import { Suggestions } from "../explain";
import { quoted } from "../quote";
import { maxTags } from "../schema";
import type { Inspection, Subject } from "../subject";
import type { Path } from "../tree";
import type { Report } from "../report";
import { checkPaths, placeOfPath, type SeenFolder } from "./paths";

/** The spaces that the file declares. */
interface Declared {
  readonly names: ReadonlySet<string>;
  readonly suggestions: Suggestions;
}

/** What a tenant sees after login has one meaning each. */
export function checkFolders(inspection: Inspection): void {
  const { spaces, subjects, report } = inspection;
  const names = new Set(spaces.flatMap((space) => space?.name ?? []));
  const declared = { names, suggestions: new Suggestions([...names]) };
  spaces.forEach((space, index) => checkNotHome("space", space?.path, ["spaces", index], report));
  for (const subject of subjects) {
    checkAccess(subject, inspection);
    checkEntries(subject, declared, report);
    checkTags(subject, inspection);
  }
}

function checkAccess({ path, tenant }: Subject, { report }: Inspection): void {
  if (tenant.access !== undefined && tenant.folders?.length) {
    const message = '"access" stands beside "folders"; each folder has an access of its own, so remove this one';
    report.error(path, message, "access");
  }
}

function checkEntries({ path: subject, tenant }: Subject, declared: Declared, report: Report): void {
  const seen: SeenFolder[] = [];
  for (const [list, kind] of [
    ["folders", "folder"],
    ["spaces", "space"],
  ] as const) {
    const taken = new Set<string>();
    tenant[list]?.forEach(({ name, path } = {}, index) => {
      const place = [...subject, list, index];
      const fault = name === undefined ? undefined : faultOfName(name, kind, taken, declared);
      if (fault !== undefined) {
        report.error([...place, "name"], fault);
      } else if (name !== undefined && path !== undefined && path !== homePath) {
        seen.push({ kind, name, path, place });
      } else if (kind === "folder") {
        checkNotHome(kind, path, place, report);
      }
      taken.add(name ?? "");
    });
  }
  if (seen.length > 0) {
    checkPaths(seen, !tenant.folders?.length, report);
  }
}

function faultOfName(
  name: string,
  kind: SeenFolder["kind"],
  taken: ReadonlySet<string>,
  { names, suggestions }: Declared,
): string | (() => string) | undefined {
  if (kind === "space" && !names.has(name)) {
    const otherwise = 'declare it under the top-level key "spaces"';
    return () => `unknown space ${quoted(name)}; ${suggestions.for(name) ?? otherwise}`;
  }
  return taken.has(name) ? `the ${kind} ${quoted(name)} is listed twice; remove one of the two` : undefined;
}

/** @param place Of the folder or of the space's declaration. */
function checkNotHome(kind: SeenFolder["kind"], path: string | undefined, place: Path, report: Report): void {
  if (path === homePath) {
    const at = placeOfPath(place, report);
    const key = String(at.at(-1));
    const value = key === "path" ? homePath : homePath.slice(1);
    const message = `the ${key} "${value}" is reserved: beside spaces, ${homePath} is the tenant's own place`;
    report.error(at, `${message}; choose another ${key} for the ${kind}`);
  }
}

function checkTags({ path, tenant }: Subject, { report }: Inspection): void {
  const beyond = Object.keys(tenant.tags ?? {})[maxTags];
  if (beyond !== undefined) {
    const message = `this is tag ${maxTags + 1}; at most ${maxTags} fit beside the gateway's own`;
    report.error([...path, "tags"], message, beyond);
  }
}
