import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { markKey, marks } from "../wireMarks";

/**
 * A value of the wire format as data that can be shown: secrets are withheld, assets are their content's hash. An archive with
 * data in it shows its files too, the data with its text: who may log in stands there.
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
      return archiveValue(record);
    default:
      throw new Error(`a value bears the unknown mark ${String(mark)}`);
  }
}

/** Files of an archive whose names begin so are data, and text. */
const dataFolder = "records/";

function archiveValue(record: Readonly<Record<string, unknown>>): unknown {
  const assets = record["assets"] as Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
  if (assets === undefined) {
    return { archive: sha256(JSON.stringify(plainValue(assetContent(record)))) };
  }
  const names = Object.keys(assets).sort();
  const data = new Map(
    names.filter((name) => name.startsWith(dataFolder)).map((name) => [name, assetContent(assets[name] ?? {})]),
  );
  const hashOf = (name: string) => {
    const content = data.get(name);
    return content === undefined ? plainValue(assets[name]) : { asset: sha256(content) };
  };
  const hashes = Object.fromEntries(names.map((name) => [name, hashOf(name)]));
  const archive = sha256(JSON.stringify(hashes));
  if (data.size === 0) {
    return { archive };
  }
  const shown = names.map((name) => {
    const text = data.has(name) ? { text: String(data.get(name)) } : {};
    return [name, { ...(hashes[name] as object), ...text }] as const;
  });
  return { archive, assets: Object.fromEntries(shown) };
}

/** The inputs as outputs repeat them: of archives the hash alone, since the texts of thousands of tenants stand there once. */
export function repeated(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(inputs).map(([key, value]) => [
    key,
    isArchive(value) ? { archive: value.archive } : value,
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, unknown>>;
}

/** Whether a plain value is an archive's. */
export function isArchive(value: unknown): value is { readonly archive: string } {
  return typeof value === "object" && value !== null && "archive" in value;
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
