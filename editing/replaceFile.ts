import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";

import { UserError } from "../userError";

/**
 * Puts a text in the place of a file's: at once, so that whoever reads it has all of the one or of the other, also after a
 * power cut. Mode, and a link that leads to the file, stay.
 * @param before What the file holds as far as the caller knows.
 * @throws UserError when it holds something else by now.
 */
export function replaceFile(file: string, before: string, after: string): void {
  const target = realpathSync(file);
  const beside = `${target}.${process.pid}.new`;
  try {
    writeThrough(beside, after, statSync(target).mode);
    if (readFileSync(target, "utf8") !== before) {
      throw new UserError(`${file} has been changed by somebody else meanwhile; nothing is written, run this again`);
    }
    renameSync(beside, target);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Writes a file that there is not yet. @throws UserError when there is one. */
export function writeNewFile(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      throw new UserError(`${file} exists already; nothing is written`);
    }
    throw error;
  }
}

function writeThrough(file: string, text: string, mode: number): void {
  const descriptor = openSync(file, "wx", 0o600);
  try {
    writeFileSync(descriptor, text);
    fchmodSync(descriptor, mode & 0o7777);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
