import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { isIsoDate } from "../tenancy/date";
import { suggestion } from "../tenancy/explain";
import type { Position } from "../tenancy/model";
import { quoted } from "../tenancy/quote";
import type { Problem } from "../tenancy/problem";
import { Report } from "../tenancy/report";
import { syntaxMessage } from "../tenancy/syntax";
import { readText } from "../tenancy/text";

/** A value in Pulumi.yaml or a stack file. */
export interface ConfigurationEntry {
  /** As the engine hands it to the program; structures in JSON. Meaningless where `isSecure`. */
  readonly text: string;
  /** Encrypted: only the CLI can read it. */
  readonly isSecure: boolean;
  /** The file's, for people: relative to where the command was called. */
  readonly file: string;
  /** Where the key stands. */
  readonly key: Position;
  /** Where the value stands. */
  readonly value: Position;
  /** Of a list, where each of its elements stands. */
  readonly items: readonly Position[];
  /** What a mapping holds: in Pulumi.yaml, the declaration of a key. */
  readonly content: unknown;
}

/** Where a value stands, as `Pulumi.dev.yaml:7:3`. */
export function placeOfValue({ file, value }: ConfigurationEntry): string {
  return `${file}:${value.line}:${value.column}`;
}

/** What stands below `config:`, by full key, `sftp-gateway:protect`. */
export interface ConfigurationFile {
  readonly file: string;
  readonly entries: ReadonlyMap<string, ConfigurationEntry>;
  /** What stands beside `config:`, by key: text, or the JSON of anything else. */
  readonly beside: ReadonlyMap<string, string>;
  /** The project that the file names: Pulumi.yaml does. */
  readonly name: string | undefined;
  /** Where a missing setting belongs. */
  readonly place: Position;
  readonly problems: readonly Problem[];
  /** False when the file is no YAML, or there is none: what is not in `entries` may still stand there. */
  readonly isRead: boolean;
}

/**
 * Reads Pulumi.yaml or a stack file with the places of its settings.
 * @param project What a key without a namespace belongs to; default: what the file names as the project.
 */
export function readConfigurationFile(directory: string, name: string, project?: string): ConfigurationFile {
  const file = relative(".", resolve(directory, name));
  const report = readReport(file);
  const document = parseDocument(report.text, { uniqueKeys: false });
  document.errors.slice(0, 10).forEach((error) => report.error(error.pos[0], syntaxMessage(error)));
  const isRead = !report.hasErrors;
  const root = isRead ? document.contents : null;
  const named = isMap<ParsedNode>(root) ? root.get("name") : undefined;
  const namespace = project ?? (typeof named === "string" ? named : "");
  const knownKeys = project === undefined ? undefined : keysOfStackFile;
  const config = isRead ? configOf(document, report, knownKeys) : undefined;
  const entries =
    config === undefined ? new Map<string, never>() : entriesOf(config.node, { namespace, document, report, file });
  return {
    file,
    entries,
    beside: isMap<ParsedNode, ParsedNode | null>(root) ? besideConfig(root.items, document) : new Map(),
    name: typeof named === "string" ? named : undefined,
    place: report.position(config?.offset ?? 0),
    problems: report.problems,
    isRead,
  };
}

function readReport(file: string): Report {
  if (existsSync(file)) {
    return readText(file);
  }
  const report = new Report(file, "");
  report.error(0, "there is no such file");
  return report;
}

/** What Pulumi writes into a stack file. Source: `StackSettings` of @pulumi/pulumi 3.248, automation/stackSettings; `environment` is of its service. */
const keysOfStackFile = ["config", "environment", "encryptionsalt", "encryptedkey", "secretsprovider"];

/**
 * What is below the key `config`, and where the key is.
 * @param known What else may stand beside it. Default: anything, but no `config` misspelt.
 */
function configOf({ contents: root }: Document.Parsed, report: Report, known?: readonly string[]) {
  if (root === null) {
    return undefined;
  }
  if (!isMap<ParsedNode, ParsedNode | null>(root)) {
    report.error(root.range[0], 'the file must be a mapping with the key "config"');
    return undefined;
  }
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === "config");
  for (const { key } of root.items) {
    const name = isScalar(key) ? String(key.value) : "";
    const right =
      known === undefined ? suggestion(name, pair === undefined ? ["config"] : []) : keyInstead(name, known);
    if (right !== undefined) {
      report.error(key.range[0], `unknown key ${quoted(name)}; ${right}`);
    }
  }
  return pair === undefined ? undefined : { offset: pair.key.range[0], node: pair.value };
}

/** What would be right instead of a key; undefined: the key itself. */
function keyInstead(key: string, known: readonly string[]): string | undefined {
  if (known.includes(key)) {
    return undefined;
  }
  return key.includes(":")
    ? 'a setting stands below "config:", further right'
    : (suggestion(key, known) ?? `known here: ${known.join(", ")}`);
}

function besideConfig(items: YAMLMap<ParsedNode, ParsedNode | null>["items"], document: Document.Parsed) {
  const texts = items.map(({ key, value }): [string, string] => {
    const content: unknown = value?.toJS(document) ?? null;
    return [String(key), typeof content === "string" ? content : textOfStructure(content)];
  });
  return new Map(texts.filter(([key]) => key !== "config"));
}

interface Reading {
  /** What a key without one belongs to. */
  readonly namespace: string;
  readonly document: Document.Parsed;
  readonly report: Report;
  readonly file: string;
}

function entriesOf(node: ParsedNode | null, { namespace, document, report, file }: Reading) {
  const entries = new Map<string, ConfigurationEntry>();
  if (node === null || (isScalar(node) && node.value === null)) {
    return entries;
  }
  if (!isMap<ParsedNode, ParsedNode | null>(node)) {
    report.error(node.range[0], '"config" must be a mapping (key: value)');
    return entries;
  }
  for (const { key, value } of node.items) {
    const [offset] = key.range;
    const text = isScalar(key) ? String(key.value) : "";
    const full = text.includes(":") ? text : `${namespace}:${text}`;
    if (text === "" || text === "<<") {
      report.error(offset, "each setting is written out here, as key: value");
    } else if (entries.has(full)) {
      report.error(offset, `the setting ${quoted(full)} is given twice; remove one of the two`);
    } else {
      const resolved = isAlias(value) ? (value.resolve(document) ?? null) : value;
      const places = {
        key: report.position(offset),
        value: report.position(value?.range[0] ?? offset),
        items: isSeq<ParsedNode>(resolved) ? resolved.items.map(({ range }) => report.position(range[0])) : [],
      };
      entries.set(full, { ...valueOf(resolved as ParsedNode | null, document), ...places, file });
    }
  }
  return entries;
}

/** An alias can make a value hold itself. */
function textOfStructure(content: unknown): string {
  try {
    return JSON.stringify(content);
  } catch {
    return "{}";
  }
}

function valueOf(node: ParsedNode | null, document: Document.Parsed) {
  if (node === null || isScalar(node)) {
    return { text: node === null ? "" : textOf(node), isSecure: false, content: node?.value };
  }
  const content: unknown = node.toJS(document);
  return { text: textOfStructure(content), isSecure: isMap(node) && node.has("secure"), content };
}

/**
 * A scalar as Pulumi's CLI (3.259, tried) hands it over: nothing is empty text, a day without quotes is a time. Numbers that
 * its YAML reads otherwise than ours (010 is eight there) stay as they are written, and are no whole numbers then.
 */
function textOf({ value, source, type }: Scalar.Parsed): string {
  if (value === null) {
    return "";
  }
  if (type !== "PLAIN") {
    return typeof value === "string" ? value : JSON.stringify(value);
  }
  if (isIsoDate(source)) {
    return `${source} 00:00:00 +0000 UTC`;
  }
  return typeof value === "string" || /^[+-]?0\d/.test(source) ? source : JSON.stringify(value);
}
