import { statSync } from "node:fs";
import { basename } from "node:path";

import { UserError } from "../userError";
import { isCsv, readCsv } from "./csv";
import { isJson, readDescribedUsers } from "./describedUsers";
import { readKeyFile, readKeyFolder } from "./keyFolder";
import { isPasswd, readPasswd } from "./passwd";
import type { Source } from "./source";
import { sourceText } from "./sourceText";

/** Of a source without a user; whoever names the wrong folder may have one of thousands of files. */
const remarksShown = 10;

/**
 * Reads a source of any of the kinds that are known, by what it looks like.
 * @throws UserError for one that there is not, that holds no user, or is of no such kind.
 */
export function readSource(path: string): Source {
  const source = statSync(path, { throwIfNoEntry: false });
  if (source === undefined || !(source.isFile() || source.isDirectory())) {
    throw new UserError(`${path}: there is no such file or folder`);
  }
  const read = source.isDirectory() ? readKeyFolder(path) : readSourceFile(path, sourceText(path));
  if (read.users.length === 0) {
    const remarks = read.remarks.slice(0, remarksShown).map(({ place, message }) => `${place}: ${message}`);
    const more = read.remarks.length - remarks.length;
    throw new UserError(
      [
        `${path} was taken for ${read.kind}, and there is no user in it`,
        ...remarks,
        ...(more > 0 ? [`and ${more} more`] : []),
      ].join("\n"),
    );
  }
  return read;
}

function readSourceFile(path: string, text: string): Source {
  if (isJson(text)) {
    return readDescribedUsers(path, text);
  }
  if (isPasswd(text)) {
    return readPasswd(path, text);
  }
  if (isCsv(text)) {
    return readCsv(path, text);
  }
  if (/\.pub$|authorized_keys/.test(basename(path)) || /^(?:ssh-|ecdsa-|---- BEGIN SSH2 PUBLIC KEY)/.test(text)) {
    return readKeyFile(path);
  }
  throw new UserError(
    `${path} is none of: a folder of .pub or authorized_keys files, a passwd file, JSON of "aws transfer describe-user", ` +
      "CSV with a first line as name,login,key,access",
  );
}
