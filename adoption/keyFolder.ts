import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";

import { UserError } from "../userError";
import { keysOfFile } from "./keyLines";
import { ownFolder, type Remark, type Source, type SourceKey } from "./source";
import { sourceText } from "./sourceText";

/** A key file is small; what is larger is none. */
const maxBytes = 1024 * 1024;

/** A file called so is somebody's, also where no key in it can be used. */
const keyEnding = /\.(?:pub|keys?|pem|authorized_keys)$/i;

/** A text may be about anything; Windows saves `acme.pub` as `acme.pub.txt`. */
const textEnding = /\.txt$/i;

/** Keys and remarks by the login that a file or subfolder is named after. */
type Found = Map<string, { readonly place: string; readonly keys: SourceKey[] }>;

/** One user a `.pub` or `authorized_keys` file, or a subfolder of such files; files of one name belong to one user. */
export function readKeyFolder(folder: string): Source {
  const found: Found = new Map();
  const remarks: Remark[] = [];
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const files = isDirectory(path) ? keyFilesIn(path) : [path];
    for (const file of files) {
      const login = loginOf(name);
      const { keys, remarks: own } = readKeys(file);
      remarks.push(...own);
      const isCalledSo = keyEnding.test(file) || (file !== path && basename(file) === "authorized_keys");
      if (keys.length > 0 || found.has(login) || isCalledSo) {
        const user = found.get(login) ?? { place: file, keys: [] };
        user.keys.push(...keys);
        found.set(login, user);
      }
    }
  }
  const users = [...found].map(([login, { place, keys }]) => ({ login, place, keys, folders: ownFolder() }));
  return { kind: "a folder of public keys", users, remarks };
}

/** One file of keys is a folder with nothing else in it. */
export function readKeyFile(file: string): Source {
  const { keys, remarks } = readKeys(file);
  const login = loginOf(basename(file));
  return { kind: "a file of public keys", users: [{ login, place: file, keys, folders: ownFolder() }], remarks };
}

function loginOf(name: string): string {
  return name.replace(textEnding, "").replace(keyEnding, "");
}

/** The files of a user's folder and of the `.ssh` in it. */
function keyFilesIn(folder: string): string[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    return isDirectory(path) ? (name === ".ssh" ? keyFilesIn(path) : []) : [path];
  });
}

/** @throws UserError for a folder that may not be listed: whose keys are in it nobody could tell. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new UserError(`${folder}: the folder cannot be listed (${(error as NodeJS.ErrnoException).code})`);
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readKeys(file: string): { readonly keys: readonly SourceKey[]; readonly remarks: readonly Remark[] } {
  try {
    return keysOfFile(file, textOfKeys(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!(error instanceof UserError) && code === undefined) {
      throw error;
    }
    const message = error instanceof UserError ? error.message.replace(`${file}: `, "") : `it cannot be read (${code})`;
    return { keys: [], remarks: [{ place: file, weight: "left-out", message }] };
  }
}

/** @throws UserError for what is no file of keys. */
function textOfKeys(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() !== true) {
    throw new UserError(`${file}: ${found === undefined ? "the link leads nowhere" : "it is no file"}`);
  }
  if (found.size > maxBytes) {
    throw new UserError(`${file}: the file is too large to be one of keys`);
  }
  return sourceText(file);
}
