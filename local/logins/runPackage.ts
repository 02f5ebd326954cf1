import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LoginRecord } from "../../access/loginRecord";
import { recordsIn } from "../../functions/identity-provider/readRecords";
import { recordFiles } from "../../functions/identity-provider/recordFiles";

/** The records of a package of the function `identity-provider`, by tenant. @param codeFile Beside which they lie. */
export function recordsOf(codeFile: string): LoginRecord[] {
  const folder = join(dirname(codeFile), "records");
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .flatMap((file) => recordsIn(readFileSync(join(folder, file), "utf8")))
    .sort((a, b) => (a.tenant < b.tenant ? -1 : 1));
}

/**
 * Writes a package as the one with this code would be if tenants.yaml had these records: the very bytes of the code, which
 * decides, and other records beside them.
 * @returns The file of its code.
 */
export function writePackage(codeFile: string, records: readonly LoginRecord[], folder: string): string {
  mkdirSync(join(folder, "records"), { recursive: true, mode: 0o700 });
  // A link would not do: the code looks for its records where it really lies.
  const copy = join(folder, basename(codeFile));
  copyFileSync(codeFile, copy);
  for (const [file, text] of Object.entries(recordFiles(records))) {
    writeFileSync(join(folder, file), text, { mode: 0o600 });
  }
  return copy;
}
