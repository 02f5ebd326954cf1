import { distance } from "fastest-levenshtein";
import type * as z from "zod";

import { accessNames } from "./access";
import { meantBy } from "./meant";
import { faultOfSpace, foreignCharacter, listed, quoted, withoutSecrets } from "./quote";
import { wholeSentence } from "./schema";
import type { Path } from "./tree";
import { answerTo } from "./wishes";

/** Zod's words for kinds of values, in ours. */
const kinds: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "a mapping (key: value)",
  record: "a mapping (key: value)",
  number: "a whole number",
  int: "a whole number",
  boolean: "true or false",
};

/**
 * What was found at a place and what would be right there. `issue` is one that is about a value, not about its keys.
 * @param written The value as the file has it, where it is no text: 007 for the number 7, `#sales` where a comment is all.
 */
export function explain(issue: z.core.$ZodIssue, path: Path, value: unknown, written?: string): string {
  if (value === null && written?.startsWith("#") === true) {
    return `${subject(path)} has no value: what begins with # is a comment; put it in quotes`;
  }
  if (issue.code === "invalid_type") {
    return explainKind(issue.expected, path, value, written);
  }
  if (issue.code === "invalid_value") {
    return explainChoice(issue.values.map(String), path, value);
  }
  if (issue.code === "invalid_union") {
    return explainWrong(issue.message, path, value);
  }
  if (issue.code === "invalid_key") {
    return `the tag ${quoted(String(path.at(-1)))} is not allowed: ${issue.issues[0]?.message ?? ""}`;
  }
  if (issue.code === "custom" && issue.params === wholeSentence) {
    return issue.message;
  }
  return Array.isArray(value)
    ? `${subject(path)} ${value.length === 0 ? "is empty" : `has ${value.length} entries`}: ${issue.message}`
    : `${label(path)} ${shown(value)} is not allowed: ${issue.message}${foreignIn(value, path)}`;
}

/** Names and paths are of letters of ASCII; which character is not, nobody may see. */
function foreignIn(value: unknown, path: Path): string {
  const isOfAscii = ["name", "userName", "path", "retired", "retiredSpaces"].includes(label(path));
  const character = isOfAscii && typeof value === "string" ? foreignCharacter(value) : undefined;
  return character === undefined ? "" : `; ${character} is none of them`;
}

/**
 * For a key that the schema does not know.
 * @param instead How to write the mapping that has it.
 */
export function explainUnknownKey(key: string, known: readonly string[], instead?: string): string {
  if (key === "<<") {
    return "merge keys (<<) are not supported: write each tenant out, so that a reviewer sees all it gets";
  }
  const answer =
    faultOfSpace(key) ?? suggestion(key, known) ?? answerTo(key, known) ?? instead ?? `known here: ${known.join(", ")}`;
  return `unknown key ${quoted(key)}; ${answer}`;
}

/**
 * How to write an entry that has its name for its only key, as `- inbox: read-only`, or a public key whose comment holds a
 * colon; undefined for any other.
 */
export function entryByKey(known: readonly string[], entry: unknown): string | undefined {
  const [[key, value] = [], ...further] = Object.entries(entry ?? {}) as [string, unknown][];
  if (known.includes("key") && key !== undefined && /^(?:ssh|ecdsa)-\S+ /.test(key)) {
    return 'the key\'s comment holds a colon, so put all that stands behind the "- " in single quotes';
  }
  if (key === undefined || further.length > 0 || !known.includes("name") || suggestion(key, known) !== undefined) {
    return undefined;
  }
  const name = `"name: ${/^[\w-]+$/.test(key) ? key : "NAME"}"`;
  if (typeof value === "object" && value !== null && !("name" in value)) {
    return `write ${name}, and what belongs to it in the same column below`;
  }
  return accessNames.some((access) => access === value) ? `write ${name} and "access: ${String(value)}"` : undefined;
}

/** How many words get a suggestion out of one list that is as long as the file: each takes a look at all of the list. */
const maxSuggestions = 20;

/** Suggestions out of words of the file; none any more after the first 20, so that all of them take linear time. */
export class Suggestions {
  private asked = 0;

  constructor(private readonly known: readonly string[]) {}

  for(word: string): string | undefined {
    this.asked += 1;
    return this.asked > maxSuggestions ? undefined : suggestion(word, this.known);
  }
}

/** `did you mean "x"?` for the nearest of some words, when one is near. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  const foreign = foreignCharacter(word);
  const alike = foreign === undefined ? "" : ` ${foreign} in it only looks alike`;
  return near === undefined ? undefined : `did you mean "${near}"?${alike}`;
}

/** The nearest of some words, when one is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const shortened = word.slice(0, 100);
  return known
    .map((candidate) => ({ candidate, far: distance(shortened.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far, candidate }) => far <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.far - b.far)[0]?.candidate;
}

function explainKind(expected: string, path: Path, value: unknown, written = String(value)): string {
  if (path.at(-1) === "password" && value !== undefined && value !== null) {
    // What stands there may be one.
    return '"password" must be true or false: none stands in this file, "npm run password" draws one';
  }
  const right = kinds[expected] ?? expected;
  if (path.length === 0) {
    return `the file must be a mapping with the key "tenants", not ${kindOf(value)}`;
  }
  if (value === undefined) {
    return `${subject(path)} is missing`;
  }
  const quotes = right === "text" && isPlain(value) ? `put it in quotes: "${written}"` : undefined;
  const meant = meantBy(path, value);
  return explainWrong(right, path, value, meant === undefined ? quotes : `write ${meant}`);
}

/** @param advice How to write what is there. */
function explainWrong(right: string, path: Path, value: unknown, advice?: string): string {
  if (value === null) {
    return `${subject(path)} has no value; it must be ${right}`;
  }
  return `${subject(path)} must be ${right}, not ${kindOf(value)}${advice === undefined ? "" : `; ${advice}`}`;
}

function explainChoice(choices: readonly string[], path: Path, value: unknown): string {
  if (value === undefined) {
    return `${subject(path)} is missing; it is ${listed(choices, "or")}`;
  }
  if (typeof value !== "string") {
    return explainWrong(listed(choices, "or"), path, value);
  }
  return `unknown ${label(path)} ${quoted(value)}; ${suggestion(value, choices) ?? `it is ${listed(choices, "or")}`}`;
}

/** The key that a place belongs to: its own, or its list's. */
function label(path: Path): string {
  return path.at(-2) === "tags"
    ? `tag ${String(path.at(-1))}`
    : String(path.findLast((step) => typeof step === "string") ?? "");
}

function subject(path: Path): string {
  return typeof path.at(-1) === "number" ? `an entry of "${label(path)}"` : quoted(label(path));
}

function shown(value: unknown): string {
  return typeof value === "string" ? quoted(value) : isPlain(value) ? String(value) : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null) {
    return "empty";
  }
  if (typeof value === "string") {
    return `the text ${quoted(value.includes("://") ? withoutSecrets(value) : value)}`;
  }
  if (isPlain(value)) {
    return typeof value === "number" ? `the number ${value}` : String(value);
  }
  return Array.isArray(value) ? "a list" : "a mapping";
}

function isPlain(value: unknown): value is number | boolean {
  return typeof value === "number" || typeof value === "boolean";
}
