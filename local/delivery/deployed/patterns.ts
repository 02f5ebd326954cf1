import { NotServedError } from "../../service/notServed";
import { isRecord, jsonObjectIn } from "./values";

/** Whether something is wanted: an event by a rule, the attributes of a message by a subscription. */
export type Pattern = (value: unknown) => boolean;

/**
 * Reads the pattern of a rule: objects name fields, a list holds the values that a field may have.
 * Source: Amazon EventBridge User Guide, "Amazon EventBridge event patterns".
 * @throws NotServedError for a list that holds anything but exact values.
 */
export function patternOf(text: string, label: string): Pattern {
  const pattern = jsonObjectIn(text, "eventPattern", label);
  requireExact(pattern, label, []);
  return (event) => matches(pattern, event);
}

/**
 * Reads the filter policy of a subscription, on message attributes: each that it names must be there with one of its values.
 * Source: Amazon SNS Developer Guide, "Amazon SNS subscription filter policies".
 * @throws NotServedError for anything but exact texts.
 */
export function filterOf(policy: string | undefined, label: string): Pattern {
  if (policy === undefined) {
    return () => true;
  }
  const wanted = jsonObjectIn(policy, "filterPolicy", label);
  for (const [name, values] of Object.entries(wanted)) {
    if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
      throw new NotServedError(label, `"filterPolicy" asks for more than exact texts of "${name}"`);
    }
  }
  return (attributes) => matches(wanted, attributes);
}

function requireExact(wanted: unknown, label: string, path: readonly string[]): void {
  if (Array.isArray(wanted)) {
    if (wanted.some((each) => typeof each === "object" && each !== null)) {
      throw new NotServedError(label, `"eventPattern" asks for more than exact values of "${path.join(".")}"`);
    }
  } else if (isRecord(wanted)) {
    Object.entries(wanted).forEach(([field, inside]) => requireExact(inside, label, [...path, field]));
  } else {
    throw new NotServedError(label, `"eventPattern" holds neither fields nor a list at "${path.join(".")}"`);
  }
}

function matches(wanted: unknown, value: unknown): boolean {
  if (Array.isArray(wanted)) {
    return [value].flat().some((each) => wanted.includes(each));
  }
  const fields = isRecord(value) ? value : {};
  return Object.entries(wanted as object).every(([field, inside]) => matches(inside, fields[field]));
}
