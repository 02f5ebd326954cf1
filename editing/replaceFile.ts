import {
  accessSync,
  closeSync,
  constants,
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
 * @throws UserError when it holds something else by now, or while another command does the same.
 */
export function replaceFile(file: string, before: string, after: string): void {
  const target = realpathSync(file);
  // Renaming would pass over a file that says that nobody may write it.
  accessSync(target, constants.W_OK);
  const beside = `${target}.new`;
  const descriptor = openedAlone(beside, file);
  try {
    writeThrough(descriptor, after, statSync(target).mode);
    if (readFileSync(target, "utf8") !== before) {
      throw new UserError(`${file} has been changed by somebody else meanwhile; nothing is written, run this again`);
    }
    renameSync(beside, target);
  } catch (error) {
    // Once it is renamed, what bears its name is another command's.
    rmSync(beside, { force: true });
    throw error;
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

/** Whoever has made this file is the only one who replaces the other: between its last look and the renaming nobody else does. */
function openedAlone(beside: string, file: string): number {
  try {
    return openSync(beside, "wx", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      throw new UserError(
        `${file} is being changed by another command; nothing is written, run this again. If there is none, one was killed: delete ${beside}`,
      );
    }
    throw error;
  }
}

function writeThrough(descriptor: number, text: string, mode: number): void {
  try {
    writeFileSync(descriptor, text);
    fchmodSync(descriptor, mode & 0o7777);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
