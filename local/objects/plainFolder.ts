import { lstatSync, mkdirSync, renameSync, rmdirSync, type Stats } from "node:fs";
import { join } from "node:path";
import { fileMark } from "./keyPath";

/** Something in the folder that is neither a plain file nor a folder, such as a symbolic link: it is never followed. */
export class NotPlainError extends Error {
  constructor() {
    super("something other than plain files and folders lies in the way");
    this.name = "NotPlainError";
  }
}

/** What a path holds, links not followed; undefined when it holds nothing. */
export function lstat(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** The folder that the names lead to; undefined when one of them is missing or no real folder. */
export function existingFolder(root: string, names: readonly string[]): string | undefined {
  let path = root;
  for (const name of ["", ...names]) {
    path = join(path, name);
    if (!lstat(path)?.isDirectory()) {
      return undefined;
    }
  }
  return path;
}

/** The folder that the names lead to, made where it is missing. A file in the way steps aside under its marked name. */
export function madeFolder(root: string, names: readonly string[]): string {
  let path = root;
  for (const name of ["", ...names]) {
    path = join(path, name);
    const found = lstat(path);
    if (found?.isFile()) {
      renameSync(path, path + fileMark);
    } else if (found !== undefined && !found.isDirectory()) {
      throw new NotPlainError();
    }
    if (!found?.isDirectory()) {
      mkdirSync(path);
    }
  }
  return path;
}

/**
 * Removes the folders that have become empty, innermost first: a prefix ends with its last key. A file that had stepped
 * aside for the folder gets its plain name back.
 */
export function pruneEmptyFolders(root: string, names: readonly string[]): void {
  for (let depth = names.length; depth > 0; depth -= 1) {
    const path = join(root, ...names.slice(0, depth));
    try {
      rmdirSync(path);
    } catch {
      return;
    }
    if (lstat(path + fileMark)?.isFile()) {
      renameSync(path + fileMark, path);
    }
  }
}
