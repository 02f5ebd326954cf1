import { hash } from "node:crypto";
import type { LoginRecord } from "../../access/loginRecord";

/**
 * The files of the function's package that hold the records, by name: at most 256, so that a login reads a 256th of them,
 * and each one line a login, sorted. The same records give the same files.
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
  return Object.fromEntries([...files].sort(byName).map(([file, own]) => [file, own.map(lineOf).sort().join("")]));
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** The file that holds a login, if any does: `records/` and the first byte of the name's SHA-256. */
export function recordFileOf(userName: string): string {
  return `records/${hash("sha256", userName).slice(0, 2)}`;
}

function lineOf(record: LoginRecord): string {
  const { userName, ...rest } = record;
  return `${JSON.stringify({ userName, ...rest })}\n`;
}

/** How the line of a login begins: by this it is found without reading the others. */
export function beginningOf(userName: string): string {
  return `{"userName":${JSON.stringify(userName)},`;
}
