import { NotServedError } from "../../service/resources";

/** Whether a subscription hears of a message with these attributes. */
export type Filter = (attributes: Readonly<Record<string, string>>) => boolean;

/**
 * Reads the filter policy of a subscription, on message attributes: each that it names must be there with one of its values.
 * Source: Amazon SNS Developer Guide, "Amazon SNS subscription filter policies".
 * @throws NotServedError for anything but exact texts.
 */
export function filterOf(policy: unknown, label: string): Filter {
  if (policy === undefined) {
    return () => true;
  }
  const wanted = Object.entries(objectIn(policy, label)).map(([name, values]) => {
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

function objectIn(text: unknown, label: string): object {
  let value: unknown;
  try {
    value = JSON.parse(String(text));
  } catch {
    throw new NotServedError(label, '"filterPolicy" is not JSON');
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new NotServedError(label, '"filterPolicy" is no object');
  }
  return value;
}
