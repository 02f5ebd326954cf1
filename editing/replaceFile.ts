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
 * @throws UserError when it holds something else by now, while another command does the same, or when it cannot be written; then
 * it is as it was.
 */
export function replaceFile(file: string, before: string, after: string): void {
  const target = writable(file);
  const beside = `${target}.new`;
  // Whoever has made this file is the only one who replaces the other: between its last look and the renaming nobody else does.
  const descriptor = openedNew(
    beside,
    0o600,
    file,
    `${file} is being changed by another command; nothing is written, run this again. If there is none, one was killed: delete ${beside}`,
  );
  try {
    writeThrough(descriptor, after, statSync(target).mode);
    if (readFileSync(target, "utf8") !== before) {
      throw new UserError(`${file} has been changed by somebody else meanwhile; nothing is written, run this again`);
    }
    renameSync(beside, target);
  } catch (error) {
    // Once it is renamed, what bears its name is another command's.
    rmSync(beside, { force: true });
    throw refused(file, error);
  }
}

/** Writes a file that there is not yet. @throws UserError when there is one, or none can be written; then there is none. */
export function writeNewFile(file: string, text: string): void {
  const descriptor = openedNew(file, 0o666, file, `${file} exists already; nothing is written`);
  try {
    writeFileSync(descriptor, text);
  } catch (error) {
    // On a full disk there is a beginning of it.
    rmSync(file, { force: true });
    throw refused(file, error);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a file, over one that there is. @throws UserError when it cannot be written. */
export function writeOver(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw refused(file, error);
  }
}

/** What the operating system has against writing a file, with the name that the user knows. */
function refused(file: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? error : new UserError(`${file}: nothing is written (${message})`);
}

/** Where a file lies. Renaming would pass over one that says that nobody may write it. */
function writable(file: string): string {
  try {
    const target = realpathSync(file);
    accessSync(target, constants.W_OK);
    return target;
  } catch (error) {
    throw refused(file, error);
  }
}

/** @param named What messages call it. @param taken The message when there is such a file. */
function openedNew(file: string, mode: number, named: string, taken: string): number {
  try {
    return openSync(file, "wx", mode);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "EEXIST" ? new UserError(taken) : refused(named, error);
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
