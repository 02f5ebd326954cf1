import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";

import { invisibleInFile } from "../invisible";
import { characterName } from "./quote";
import { Report } from "./report";
import { unreadable } from "./unreadable";

/** What 20,000 tenants take with two RSA keys of 4096 bits each, and a fifth more. */
const maxMegabytes = 40;
const megabyte = 1024 * 1024;

/** More than a report takes in problems; a file may hold millions. */
const maxInvisible = 1001;

/**
 * Reads a file of at most 40 MB (looked at before it is read) that holds UTF-8 text without invisible characters: a report
 * with its text, and with an error for whatever of that is not so.
 */
export function readText(file: string): Report {
  const bytes = readBytes(file);
  const report = new Report(file, typeof bytes === "string" ? "" : bytes.toString("utf8"));
  const fault = typeof bytes === "string" ? bytes : faultOfStart(bytes);
  if (fault !== undefined) {
    report.error(0, fault);
  } else if (typeof bytes !== "string" && !isUtf8(bytes)) {
    report.error(report.text.indexOf("\ufffd"), "this byte is not UTF-8 text; save the file as UTF-8");
  } else if (!report.text.includes("\n") && report.text.includes("\r")) {
    report.error(
      0,
      "the lines end in CR alone, as on old computers; save the file with line breaks of Unix or Windows",
    );
  } else {
    for (const { character, offset } of invisibleInFile(report.text, maxInvisible)) {
      report.error(offset, () => `the invisible character ${characterName(character)} stands here; remove it`);
    }
  }
  return report;
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
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return isMissing ? `${unreadable(error)}; ${elsewhere}` : unreadable(error);
  }
}

const elsewhere = 'the setting "tenantsFile" names another one, and --tenants FILE in the call of a command';

function faultOfStart(bytes: Buffer): string | undefined {
  const [, mark, utf16] = /^(?:(efbbbf)|(fffe|feff))/.exec(bytes.toString("hex", 0, 3)) ?? [];
  const encoding = mark ? "starts with a byte order mark" : utf16 && "is UTF-16";
  return encoding && `the file ${encoding}; save it as UTF-8 without a byte order mark`;
}
