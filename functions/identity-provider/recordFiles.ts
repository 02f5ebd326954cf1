import { hash } from "node:crypto";
import type { LoginRecord } from "../../access/loginRecord";

/** Stands before the session policy of a line, and before the mappings: no text of JSON holds one. */
export const separator = "\t";

/**
 * The files of the function's package that hold the records, by name: at most 256, so that a login reads a 256th of them,
 * and each one line a login, sorted. The same records give the same files. The texts that are answered stand in a line as they
 * are, behind the rest in JSON: quoted within it, they would take a quarter more room and time, here and at each login.
 */
export function recordFiles(records: readonly LoginRecord[]): Readonly<Record<string, string>> {
  const files = new Map<string, LoginRecord[]>();
  for (const record of records) {
    const file = recordFileOf(record.userName);
    const others = files.get(file);
    if (others === undefined) {
      files.set(file, [record]);
    } else {
      others.push(record);
    }
  }
  // By code unit, which no locale changes, and by which a line is found.
  return Object.fromEntries([...files].sort(byName).map(([file, own]) => [file, textOf(own)]));
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
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
