import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { markKey, marks } from "../wireMarks";

/**
 * A value of the wire format as data that can be shown: secrets are withheld, assets are their content's hash.
 * @throws Error for a mark that is not known here.
 */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plainValue);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const record = value as Record<string, unknown>;
  const mark = record[markKey];
  if (mark !== undefined) {
    return markedValue(mark, record);
  }
  return Object.fromEntries(Object.entries(record).map(([key, entry]) => [key, plainValue(entry)]));
}

function markedValue(mark: unknown, record: Readonly<Record<string, unknown>>): unknown {
  switch (mark) {
    case marks.secret:
      return { secret: true };
    case marks.resource:
      return record["urn"];
    case marks.asset:
      return { asset: sha256(assetContent(record)) };
    case marks.archive:
      return { archive: sha256(JSON.stringify(plainValue(record["assets"] ?? assetContent(record)))) };
    default:
      throw new Error(`a value bears the unknown mark ${String(mark)}`);
  }
}

function assetContent({ text, path }: Readonly<Record<string, unknown>>): string | Buffer {
  if (typeof text === "string") {
    return text;
  }
  if (typeof path === "string") {
    return readFileSync(path);
  }
  throw new Error("an asset is neither text nor a file on this machine");
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
