import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** What an item of the table is made of, as plain values. */
export type Plain = string | number | readonly Plain[] | { readonly [name: string]: Plain | undefined };

/** The value as DynamoDB's JSON has it. Members that are undefined are left out. */
export function attributeOf(value: Plain): AttributeValue {
  if (typeof value === "string") {
    return { S: value };
  }
  if (typeof value === "number") {
    return { N: String(value) };
  }
  return isList(value) ? { L: value.map(attributeOf) } : { M: attributesOf(value) };
}

/** The same for each member of an item. */
export function attributesOf(item: Readonly<Record<string, Plain | undefined>>): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => (value === undefined ? [] : [[name, attributeOf(value)]])),
  );
}

/** An item of the table as plain values; what no item of ours holds comes back as it is, for whoever checks it to refuse. */
export function plainItem(item: Readonly<Record<string, AttributeValue>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, attribute]) => [name, plainOf(attribute)]));
}

function plainOf(attribute: AttributeValue): unknown {
  const { S: text, N: number, L: list, M: members } = attribute;
  if (number !== undefined) {
    return Number(number);
  }
  return text ?? list?.map(plainOf) ?? (members === undefined ? attribute : plainItem(members));
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
