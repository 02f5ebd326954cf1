import { NotServedError } from "../../service/notServed";
import { jsonObjectIn } from "./values";

/** Whether a subscription hears of a message with these attributes. */
export type Filter = (attributes: Readonly<Record<string, string>>) => boolean;

/**
 * Reads the filter policy of a subscription, on message attributes: each that it names must be there with one of its values.
 * Source: Amazon SNS Developer Guide, "Amazon SNS subscription filter policies".
 * @throws NotServedError for anything but exact texts.
 */
export function filterOf(policy: string | undefined, label: string): Filter {
  if (policy === undefined) {
    return () => true;
  }
  const wanted = Object.entries(jsonObjectIn(policy, "filterPolicy", label)).map(([name, values]) => {
    if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
      throw new NotServedError(label, `"filterPolicy" asks for more than exact texts of "${name}"`);
    }
    return [name, new Set<string>(values)] as const;
  });
  return (attributes) =>
    wanted.every(([name, values]) => {
      const value = attributes[name];
      return value !== undefined && values.has(value);
    });
}
