import { NotServedError } from "../../service/notServed";
import { jsonObjectIn } from "./values";

/** Whether a rule takes an event. */
export type Pattern = (event: unknown) => boolean;

type Parsed = { readonly [field: string]: Parsed | readonly Literal[] };
type Literal = string | number | boolean | null;

/**
 * Reads the pattern of a rule: objects name fields, a list holds the values that a field may have.
 * Source: Amazon EventBridge User Guide, "Amazon EventBridge event patterns".
 * @throws NotServedError for a list that holds anything but exact values.
 */
export function patternOf(text: string, label: string): Pattern {
  const pattern = parsed(fieldsOf(text, label), label, []);
  return (event) => matches(pattern, event);
}

/** The top fields of a pattern, as they stand there. @throws NotServedError for a text that holds none. */
export function fieldsOf(text: string, label: string): Readonly<Record<string, unknown>> {
  return jsonObjectIn(text, "eventPattern", label);
}

function parsed(value: unknown, label: string, path: readonly string[]): Parsed {
  if (!isRecord(value)) {
    throw new NotServedError(label, `"eventPattern" holds neither fields nor a list at "${path.join(".")}"`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, wanted]: [string, unknown]): [string, Parsed | readonly Literal[]] => {
      if (!Array.isArray(wanted)) {
        return [field, parsed(wanted, label, [...path, field])];
      }
      if (wanted.some((each: unknown) => typeof each === "object" && each !== null)) {
        const place = [...path, field].join(".");
        throw new NotServedError(label, `"eventPattern" asks for more than exact values of "${place}"`);
      }
      return [field, wanted as Literal[]];
    }),
  );
}

function matches(pattern: Parsed, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = isRecord(event) ? event[field] : undefined;
    return isList(wanted)
      ? (Array.isArray(value) ? (value as unknown[]) : [value]).some((each) => wanted.includes(each as Literal))
      : matches(wanted, value);
  });
}

function isList(wanted: Parsed | readonly Literal[]): wanted is readonly Literal[] {
  return Array.isArray(wanted);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
