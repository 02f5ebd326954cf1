import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Update } from "./update";

/** Puts a request into a file that nobody else of this machine can read, in a folder of its own. @returns Its path. */
export function writeInputFile(update: Update): string {
  const file = join(mkdtempSync(join(tmpdir(), "sftp-gateway-password-")), "input.json");
  writeFileSync(file, `${JSON.stringify(update)}\n`, { mode: 0o600, flag: "wx" });
  return file;
}

/** What to delete when the file has been used. */
export function folderOf(file: string): string {
  return dirname(file);
}
