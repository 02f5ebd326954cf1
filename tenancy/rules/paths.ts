import { homePath, stepsTo } from "../clientPath";
import { quoted, quotedPath } from "../quote";
import type { Report } from "../report";
import { nodeAt, type Path } from "../tree";

/** What a client sees at a path: a folder of its tenant, or a space that the tenant is a member of. */
export interface SeenFolder {
  readonly kind: "folder" | "space";
  readonly name: string;
  readonly path: string;
  /** Of the folder, or of the membership, in the file. */
  readonly place: Path;
}

/** Without a folder it is the tenant's own place. */
interface Seen {
  readonly path: string;
  readonly folder?: SeenFolder;
}

/**
 * A path leads to one place: none of a tenant's equals another, lies within it or holds it. Those that differ in case only
 * are a warning, since Transfer Family tells them apart and Windows does not.
 * Source: Transfer Family user guide, "Rules for using logical directories": overlapping paths are not allowed.
 * @param folders All that one tenant sees.
 * @param hasHome Whether its own files are at /home.
 */
export function checkPaths(folders: readonly SeenFolder[], hasHome: boolean, report: Report): void {
  const seen = new SeenPaths();
  if (hasHome) {
    seen.add({ path: homePath });
  }
  for (const folder of folders) {
    const { overlapping, respelt } = seen.add({ path: folder.path, folder });
    if (overlapping !== undefined) {
      report.error(placeOfPath(folder.place, report), () => overlapMessage(folder, overlapping, report));
    } else if (respelt !== undefined) {
      report.warn(placeOfPath(folder.place, report), () => caseMessage(folder, respelt, report));
    }
  }
}

/** Where a message about the path of a folder stands: at the path if one is written, else at the name it follows from. */
export function placeOfPath(place: Path, report: Report): Path {
  const written = [...place, "path"];
  return nodeAt(report.root, written) === undefined ? [...place, "name"] : written;
}

/** A step on the way to a path, as it was spelt first. */
interface Spelling {
  readonly step: string;
  readonly by: Seen;
}

/** The paths of one tenant; each look-up takes as many steps as the path has. */
class SeenPaths {
  private readonly at = new Map<string, Seen>();
  private readonly through = new Map<string, Seen>();
  private readonly spellings = new Map<string, Spelling>();

  /** What stood in its way; the first one each. */
  add(by: Seen): { readonly overlapping: Seen | undefined; readonly respelt: Spelling | undefined } {
    const steps = stepsTo(by.path);
    const around = steps.find((step) => this.at.has(step));
    const overlapping = around === undefined ? this.through.get(by.path) : this.at.get(around);
    let respelt: Spelling | undefined;
    for (const step of steps) {
      const spelling = this.spellings.get(step.toLowerCase()) ?? { step, by };
      this.spellings.set(step.toLowerCase(), spelling);
      respelt ??= spelling.step === step ? undefined : spelling;
      this.through.set(step, this.through.get(step) ?? by);
    }
    this.at.set(by.path, this.at.get(by.path) ?? by);
    return { overlapping, respelt };
  }
}

function overlapMessage({ kind, name, path }: SeenFolder, other: Seen, report: Report): string {
  const whose = `the path ${quotedPath(path)} of the ${kind} ${quoted(name)}`;
  const inTheWay =
    path === other.path
      ? "is also"
      : `${path.startsWith(`${other.path}/`) ? "lies within" : "holds"} ${quotedPath(other.path)},`;
  return `${whose} ${inTheWay} that of ${called(other, report)}; choose another one`;
}

function caseMessage({ kind, name, path }: SeenFolder, { step, by }: Spelling, report: Report): string {
  const spelt = path.slice(0, step.length);
  return (
    `${quotedPath(spelt)} in the path of the ${kind} ${quoted(name)} and ${quotedPath(step)} in that of ` +
    `${called(by, report)} differ in case only: to a client on Windows they are one folder`
  );
}

function called({ folder }: Seen, report: Report): string {
  return folder === undefined
    ? "the tenant's own files beside spaces"
    : `the ${folder.kind} ${quoted(folder.name)} in line ${report.position(placeOfPath(folder.place, report)).line}`;
}
