import { Document, stringify } from "yaml";

import type { Content } from "./edit";

/** Whether a collection on one line is written as JSON, with quotes around everything, or as YAML. */
export type FlowStyle = "json" | "yaml";

/** A value as it may stand between brackets, and so anywhere on one line. */
export function flowText(value: Content, style: FlowStyle): string {
  if (style === "json") {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((entry: Content) => flowText(entry, style)).join(", ")}]`;
  }
  return typeof value === "object" ? `{ ${flowPairs(value, style)} }` : scalarText(value);
}

/** The keys of a mapping with their values, without the braces. */
export function flowPairs(mapping: Content & object, style: FlowStyle): string {
  return Object.entries(mapping)
    .map(([key, value]: [string, Content]) => `${flowText(key, style)}: ${flowText(value, style)}`)
    .join(", ");
}

/** Text that stands between brackets is quoted where it has to be there, which is right outside of them as well. */
export function scalarText(value: string | boolean): string {
  return stringify([value], { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0 })
    .trimEnd()
    .slice(1, -1);
}

/**
 * A list of one entry, or a mapping, as lines.
 * @param column How far each line is indented.
 * @param indentLists Whether the dashes of a list stand further right than the key that has it.
 */
export function blockLines(value: Content & object, column: number, indentLists: boolean): string[] {
  const text = stringify(withShortLists(value), {
    lineWidth: 0,
    indentSeq: indentLists,
    flowCollectionPadding: false,
  });
  return text
    .trimEnd()
    .split("\n")
    .map((line) => " ".repeat(column) + line);
}

/** Lists of names stand on one line: `[dev, prod]`. */
function withShortLists(value: Content): unknown {
  if (typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((entry: Content) => withShortLists(entry));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, Content]) => [
      key,
      key === "environments" || key === "retired"
        ? new Document().createNode(inner, { flow: true })
        : withShortLists(inner),
    ]),
  );
}
