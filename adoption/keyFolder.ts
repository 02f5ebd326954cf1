import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";

import { keysOfFile } from "./keyLines";
import { ownFolder, type Remark, type Source, type SourceKey } from "./source";

/** A key file is small; what is larger is none. */
const maxBytes = 1024 * 1024;

const ending = /\.(?:pub|keys?|pem|txt|authorized_keys)$/i;

/** Keys and remarks by the login that a file or subfolder is named after. */
type Found = Map<string, { readonly place: string; readonly keys: SourceKey[] }>;

/** One user a `.pub` or `authorized_keys` file, or a subfolder of such files; files of one name belong to one user. */
export function readKeyFolder(folder: string): Source {
  const found: Found = new Map();
  const remarks: Remark[] = [];
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const files = statSync(path).isDirectory() ? keyFilesIn(path) : [path];
    for (const file of files) {
      const login = name.replace(ending, "");
      const { keys, remarks: own } = readKeys(file);
      remarks.push(...own);
      if (keys.length > 0 || found.has(login) || ending.test(name) || files.length > 1) {
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
  const login = basename(file).replace(ending, "");
  return { kind: "a file of public keys", users: [{ login, place: file, keys, folders: ownFolder() }], remarks };
}

/** The files of a user's folder and of the `.ssh` in it. */
function keyFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? (name === ".ssh" ? keyFilesIn(path) : []) : [path];
    });
}

function readKeys(file: string): { readonly keys: readonly SourceKey[]; readonly remarks: readonly Remark[] } {
  if (statSync(file).size > maxBytes) {
    return {
      keys: [],
      remarks: [{ place: file, weight: "left-out", message: "the file is too large to be one of keys" }],
    };
  }
  return keysOfFile(file, readFileSync(file, "utf8"));
}
