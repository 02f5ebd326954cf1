import * as z from "zod/mini";
import type { LoginRecord } from "../../access/loginRecord";
import { rangeMatcher } from "../../iam/addressRange";
import { fromJson, readAs } from "./read";
import { beginningOf, separator } from "./recordFiles";

/**
 * The record of a login, undefined where the file has none. Reads no other line.
 * @param text Of the file that `recordFileOf` names.
 * @throws Error that quotes nothing, for a line that is not as it was written.
 */
export function recordIn(text: string, userName: string): LoginRecord | undefined {
  const start = startOfLine(text, beginningOf(userName));
  return start === undefined ? undefined : readLine(text.slice(start, endOfLine(text, start)));
}

/**
 * All records of a file.
 * @throws Error that quotes nothing, for a line that is not as it was written.
 */
export function recordsIn(text: string): LoginRecord[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map(readLine);
}

/** Looks in the middle of what is left, again and again: the lines are sorted, and JSON holds no line break. */
function startOfLine(text: string, beginning: string): number | undefined {
  let [low, high] = [0, text.length];
  while (low < high) {
    const start = text.lastIndexOf("\n", ((low + high) >> 1) - 1) + 1;
    const found = text.slice(start, start + beginning.length);
    if (found === beginning) {
      return start;
    }
    if (found < beginning) {
      low = endOfLine(text, start) + 1;
    } else {
      high = start;
    }
  }
  return undefined;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end === -1 ? text.length : end;
}

const text = z.string().check(z.minLength(1));
const absolutePath = z.string().check(z.startsWith("/"));

/** A logical mapping. No path that clients see, and no place in a bucket, has a quote or a backslash in it. */
const mapping = String.raw`\{"Entry":"/[^"\\]*","Target":"/[^"\\]*"\}`;

const rest = z.strictObject({
  userName: text,
  tenant: text,
  role: z.string().check(z.regex(/^arn:[\w-]+:iam::\d{12}:role\/\S+$/)),
  homeDirectory: z.exactOptional(absolutePath),
  keys: z.array(
    z.strictObject({
      key: z.string().check(z.regex(/^[a-z][a-z0-9-]+ [A-Za-z0-9+/]+={0,2}$/)),
      expires: z.exactOptional(z.iso.date()),
    }),
  ),
  password: z.boolean(),
  allowedCidrs: z.exactOptional(
    z.array(z.string().check(z.refine((range) => rangeMatcher(range) !== undefined))).check(z.minLength(1)),
  ),
});

/** As strict as what writes them: an answer without a session policy would open the whole role. */
const answered = z.strictObject({
  // By their texts: read as JSON, they would cost more than all the rest of the record.
  policy: z.string().check(z.regex(/^\{"Version":"2012-10-17","Statement":\[\{[^\t]+\}\]\}$/)),
  mappings: z.string().check(z.regex(new RegExp(`^\\[${mapping}(,${mapping})*\\]$`))),
});

function readLine(line: string): LoginRecord {
  const [json = "", policy, ...mappings] = line.split(separator);
  const read = readAs(rest, fromJson(json), "a record");
  // A literal that spreads both would take as long again.
  return Object.assign(read, readAs(answered, { policy, mappings: mappings.join(separator) }, "a record"));
}
