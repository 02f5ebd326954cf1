import { existsSync } from "node:fs";
import { join } from "node:path";

import { keysOfFile } from "./keyLines";
import { ownFolder, type Remark, type Source, type SourceUser } from "./source";
import { sourceText } from "./sourceText";

/** Below it are accounts of the system, from `nobody` on those of none. Source: Debian Policy Manual, section 9.2.2. */
const [firstUser, nobody] = [1000, 65534];

/** Whether a text is a passwd file: seven fields with colons between them. Source: passwd(5). */
export function isPasswd(text: string): boolean {
  return /^[^:\s]+:[^:\n]*:\d+:\d+:[^:\n]*:[^:\n]*:[^:\n]*$/m.test(text);
}

/**
 * The users of a passwd file and the `.ssh/authorized_keys` of their homes. A home is the root of what its user sees, as under
 * sshd's ChrootDirectory; `/srv/sftp/./acme` is the home `/srv/sftp/acme`.
 * @param file Of a whole machine, or of a copy of its files: homes are looked for two folders above it.
 */
export function readPasswd(file: string, text: string): Source {
  const root = join(file, "..", "..");
  const read = text.split(/\r?\n/).map((line, index) => userOfLine(`${file}:${index + 1}`, line, root));
  return {
    kind: "a passwd file",
    users: read.flatMap(({ users }) => users),
    remarks: read.flatMap(({ remarks }) => remarks),
  };
}

function userOfLine(
  place: string,
  line: string,
  root: string,
): { readonly users: readonly SourceUser[]; readonly remarks: readonly Remark[] } {
  const [login = "", password = "", id = "", , comment = "", written = ""] = line.split(":");
  if (!isPasswd(line) || Number(id) < firstUser || Number(id) >= nobody) {
    return { users: [], remarks: [] };
  }
  const home = written.replace("/./", "/").replace(/\/+$/, "");
  const file = join(root, home, ".ssh", "authorized_keys");
  const { keys, remarks } = existsSync(file)
    ? keysOfFile(file, sourceText(file))
    : { keys: [], remarks: [leftOut(place, `there is no ${file}`)] };
  const hasPassword = password !== "" && !/^[x*!]/.test(password);
  const ofPassword = hasPassword
    ? [leftOut(place, "the password is not carried over; npm run password draws one where a function decides logins")]
    : [];
  const [description] = comment.split(",");
  // Whose home is the machine's root has none: nobody wants all of it copied.
  const folders = ownFolder("read-write", home === "" ? undefined : { kind: "directory", path: home });
  return {
    users: [{ login, place, keys, folders, description: description === "" ? undefined : description }],
    remarks: [...remarks, ...ofPassword],
  };
}

function leftOut(place: string, message: string): Remark {
  return { place, weight: "left-out", message };
}
