import { quoted } from "./quote";
import { silenceHours, silenceRule } from "./silence";
import type { Path } from "./tree";

/**
 * How to write what a value of the wrong kind is meant for: `spaces: [catalogue]` is a member of a space, `notify: ops@x` a
 * listener. Undefined where that is not plain. Holds nothing of a value that could be a secret.
 */
export function meantBy(path: Path, value: unknown): string | undefined {
  const key = path.findLast((step) => typeof step === "string");
  if (typeof value === "number") {
    return inUnits(key, value);
  }
  if (typeof value === "string") {
    return key === "retentionDays" ? daysIn(value) : entryFor(key, value, path.length);
  }
  const isMapping = typeof value === "object" && value !== null && !Array.isArray(value);
  return isMapping && key === path.at(-1) ? asEntries(key, Object.keys(value)) : undefined;
}

/** Numbers of hours, and of a day as 20261231. */
function inUnits(key: string | undefined, value: number): string | undefined {
  if (key === "expectEvery") {
    return silenceHours(`${value}h`) === undefined ? silenceRule : `${value}h`;
  }
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(String(value)) ?? [];
  return key === "expires" ? `${year ?? "YYYY"}-${month ?? "MM"}-${day ?? "DD"}` : undefined;
}

/** `"30"`, `30d`, `30 days` and `P30D` are 30, and `4 weeks` are 28. */
function daysIn(text: string): string | undefined {
  if (/^(?:never|forever|none|unlimited)$/i.test(text)) {
    return "no such key: without it files are kept";
  }
  const [, days] = /^P?(\d{1,5}) ?(?:d|days?)?$/i.exec(text) ?? [];
  const [, weeks] = /^P?(\d{1,4}) ?(?:w|weeks?)$/i.exec(text) ?? [];
  const count = days ?? (weeks === undefined ? undefined : 7 * Number(weeks));
  return count === undefined ? undefined : String(Number(count));
}

const spaceBehindDashes = 'a space behind each "-"';

/** A mapping in the place of a list. */
function asEntries(list: string | undefined, keys: readonly string[]): string | undefined {
  if (keys.some((key) => key.startsWith("-"))) {
    return spaceBehindDashes;
  }
  if (list === "notify" || (list === "sshKeys" && keys.includes("key"))) {
    return '"- " before the first key of each entry';
  }
  if (list === "sshKeys") {
    return 'each key in a line of its own, with "- " in the place of its name';
  }
  return named.has(list) ? 'each as an entry that begins with "- name: "' : undefined;
}

/** Lists of what has a name. */
const named: ReadonlySet<string | undefined> = new Set(["tenants", "spaces", "folders"]);

/** Lists of words. */
const wordLists: ReadonlySet<string | undefined> = new Set(["environments", "retired", "retiredSpaces"]);

/** @param depth Of the place; what a tenant has is deeper than what the file has. */
function entryFor(list: string | undefined, text: string, depth: number): string | undefined {
  const shown = /^[\w@.+-]+$/.test(text) && quoted(text) === `"${text}"` ? text : undefined;
  if (/^-\S/.test(text)) {
    return spaceBehindDashes;
  }
  if (list === "tenants" && /^(?:ssh|ecdsa)-\S+ /.test(text)) {
    return 'it further right, as an entry of "sshKeys"';
  }
  if (list === "notify") {
    return listenerFor(text, shown);
  }
  if (list === "sshKeys" || list === "readers" || list === "allowedCidrs") {
    return 'it in a line of its own below, with "- " before it';
  }
  if (wordLists.has(list)) {
    return /^[\w-]+(?:, ?[\w-]+)*$/.test(text) && quoted(text) === `"${text}"` ? `[${text}]` : undefined;
  }
  const access = list === "folders" || (list === "spaces" && depth > 2);
  const entry = access ? `- { name: ${shown ?? ""}, access: read-only }` : `- name: ${shown ?? ""}`;
  return named.has(list) && shown !== undefined ? entry : undefined;
}

function listenerFor(text: string, shown: string | undefined): string | undefined {
  const kinds: readonly (readonly [begin: RegExp, kind: string])[] = [
    [/^https:/i, "https: ADDRESS"],
    [/^arn:[a-z-]+:sqs:/, "queue: ARN"],
    [/^arn:[a-z-]+:lambda:/, "function: ARN"],
    [/@/, `email: ${shown ?? "ADDRESS"}`],
  ];
  const kind = kinds.find(([begin]) => begin.test(text))?.[1];
  return kind && `- ${kind}`;
}
