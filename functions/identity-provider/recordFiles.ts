import { hash } from "node:crypto";
import type { LoginRecord } from "../../access/loginRecord";

/** Stands before the session policy of a line, and before the mappings: no text of JSON holds one. */
export const separator = "\t";

/**
 * The files of the function's package that hold the records, by name: at most 256, so that a login reads a 256th of them,
 * and each one line a login, sorted. The same records give the same files. The texts that are answered stand in a line as they
 * are, behind the rest in JSON: quoted within it, they would take an eighth more room, and time at each login.
 */
export function recordFiles(records: readonly LoginRecord[]): Readonly<Record<string, string>> {
  const files = new Map<string, LoginRecord[]>();
  for (const record of records) {
    const file = recordFileOf(record.userName);
    const own = files.get(file) ?? [];
    own.push(record);
    files.set(file, own);
  }
  // By code unit, which no locale changes, and by which a line is found.
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([file, own]) => [file, textOf(own)]));
}

/** The file that holds a login, if any does: `records/` and the first byte of the name's SHA-256. */
export function recordFileOf(userName: string): string {
  return `records/${hash("sha256", userName).slice(0, 2)}`;
}

function textOf(records: readonly LoginRecord[]): string {
  return [...records.map(lineOf).sort(), ""].join("\n");
}

function lineOf(record: LoginRecord): string {
  const { userName, tenant, role, policy, mappings, homeDirectory, keys, password, allowedCidrs } = record;
  const rest = JSON.stringify({ userName, tenant, role, homeDirectory, keys, password, allowedCidrs });
  return [rest, policy, mappings].join(separator);
}

/** How the line of a login begins: by this it is found without reading the others. */
export function beginningOf(userName: string): string {
  return `{"userName":${JSON.stringify(userName)},`;
}
