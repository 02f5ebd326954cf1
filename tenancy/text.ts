import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";

import { invisibleInFile } from "../invisible";
import type { Problem } from "./problem";
import { characterName } from "./quote";
import { Report } from "./report";

/** Twice what 10,000 tenants (the most that one server is meant for) take with every key in use. */
const maxMegabytes = 10;
const megabyte = 1024 * 1024;

/** Either the text of the file, or why there is none. */
export type ReadText =
  | { readonly text: string; readonly problems?: undefined }
  | { readonly text?: undefined; readonly problems: Problem[] };

/** Reads a file of at most 10 MB (looked at before it is read) that holds UTF-8 text without invisible characters. */
export function readText(file: string): ReadText {
  const read = readBytes(file);
  if (typeof read === "string") {
    return { problems: [{ severity: "error", file, line: 1, column: 1, message: read }] };
  }
  const fault = faultOfStart(read) ?? (isUtf8(read) ? undefined : faultOfEncoding(read));
  if (fault !== undefined) {
    return { problems: [{ severity: "error", file, ...fault }] };
  }
  const text = read.toString("utf8");
  const report = new Report(file, text);
  for (const { character, offset } of invisibleInFile(text)) {
    report.error(offset, `the invisible character ${characterName(character)} stands here; remove it`);
  }
  return report.hasErrors ? { problems: report.problems } : { text };
}

/** The bytes, or what kept us from them. */
function readBytes(file: string): Buffer | string {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) {
      return "this is a directory; name the file itself, for example tenants.yaml in it";
    }
    if (!stats.isFile()) {
      return "this is not a regular file; tenants are read from a file on disk";
    }
    const bytes = stats.size > maxMegabytes * megabyte ? undefined : readFileSync(file);
    const size = bytes?.length ?? stats.size;
    if (bytes === undefined || size > maxMegabytes * megabyte) {
      return `the file has ${(size / megabyte).toFixed(1)} MB; at most ${maxMegabytes} MB are read`;
    }
    return bytes;
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file; name another one with --tenants FILE",
  ENOTDIR: "there is no such file: a part of its path is not a directory",
  EACCES: "the file cannot be read: permission denied",
  EPERM: "the file cannot be read: permission denied",
  ELOOP: "the file cannot be read: its symbolic links lead in a circle",
  ENAMETOOLONG: "there is no such file: its path is too long",
  ERR_INVALID_ARG_VALUE: "there is no such file: its path holds a character that no path can hold",
};

function reasonOf({ code = "unknown error" }: NodeJS.ErrnoException): string {
  return reasons[code] ?? `the file cannot be read (${code})`;
}

type Fault = Pick<Problem, "line" | "column" | "message">;

function faultOfStart(bytes: Buffer): Fault | undefined {
  const [first, second, third] = bytes;
  const encoding =
    first === 0xef && second === 0xbb && third === 0xbf
      ? "starts with a byte order mark"
      : (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
        ? "is UTF-16"
        : undefined;
  return encoding === undefined
    ? undefined
    : { line: 1, column: 1, message: `the file ${encoding}; save it as UTF-8 without a byte order mark` };
}

/** The first line that is not UTF-8, and the first character in it that cannot be read. */
function faultOfEncoding(bytes: Buffer): Fault {
  let line = 1;
  let start = 0;
  for (;;) {
    const newline = bytes.indexOf(0x0a, start);
    const content = bytes.subarray(start, newline === -1 ? bytes.length : newline);
    if (newline === -1 || !isUtf8(content)) {
      const column = content.toString("utf8").indexOf("\ufffd") + 1;
      return { line, column: Math.max(column, 1), message: "this byte is not UTF-8 text; save the file as UTF-8" };
    }
    line += 1;
    start = newline + 1;
  }
}
