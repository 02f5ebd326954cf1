import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { UserError } from "../userError";

/** A stack's configuration as the CLI hands it to the program. */
export interface StackConfiguration {
  readonly project: string;
  readonly stack: string;
  /** `namespace:key` -> text; numbers, booleans and structures in JSON, as the CLI encodes them. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose value the stack file encrypts; a stand-in takes its place here, since nothing is decrypted. */
  readonly secretKeys: readonly string[];
  /** What stands in the stack file for those, by key. */
  readonly ciphertexts: Readonly<Record<string, string>>;
}

/** What a person has to mend in Pulumi.yaml, a stack file or the command line. */
export class ConfigurationError extends UserError {}

/** What the program sees in place of a value that only the CLI could decrypt. */
const secretStandIn = "secret";

interface Declaration {
  readonly type?: string;
  readonly default?: unknown;
  /** Whether the value may be encrypted; what decides which resources exist may not. */
  readonly secret?: boolean;
}

/**
 * Reads Pulumi.yaml and Pulumi.<stack>.yaml as the CLI would: declared defaults where the stack file is silent, a type
 * error where it is wrong, an error where a required key is missing.
 * @param overrides Values that take precedence over the stack file, by full key.
 * @throws ConfigurationError naming file and key.
 */
export function readConfiguration(
  directory: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): StackConfiguration {
  const project = readYaml(directory, "Pulumi.yaml");
  const stackFile = `Pulumi.${stack}.yaml`;
  const given = { ...record(readYaml(directory, stackFile)["config"]), ...overrides };
  const declared = record(project["config"]) as Record<string, Declaration>;
  const secretKeys = Object.keys(given).filter((key) => "secure" in record(given[key]));
  const ciphertexts = Object.fromEntries(secretKeys.map((key) => [key, String(record(given[key])["secure"])]));
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    values[key] = secretKeys.includes(key) ? secretStandIn : encode(value);
  }
  for (const [key, { type, default: fallback, secret }] of Object.entries(declared)) {
    if (secretKeys.includes(key) && secret !== true) {
      throw new ConfigurationError(`${stackFile}: "${key}" is encrypted; it shapes the deployment and must be plain`);
    }
    if (values[key] === undefined && fallback === undefined) {
      throw new ConfigurationError(`${stackFile}: "${key}" is required by Pulumi.yaml and missing`);
    }
    values[key] ??= encode(fallback);
    if (!secretKeys.includes(key) && !hasType(values[key], type)) {
      throw new ConfigurationError(`${stackFile}: "${key}" is ${values[key]}; Pulumi.yaml declares the type ${type}`);
    }
  }
  return { project: String(project["name"]), stack, values, secretKeys, ciphertexts };
}

function readYaml(directory: string, name: string): Record<string, unknown> {
  const file = join(directory, name);
  if (!existsSync(file)) {
    throw new ConfigurationError(`${name}: there is no such file in ${directory}`);
  }
  try {
    return record(parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new ConfigurationError(`${name}: ${(error as Error).message}`);
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function encode(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** How a value of each declared type reads as the text that the program gets; text itself may read anyhow. */
const patterns: Readonly<Record<string, RegExp>> = {
  boolean: /^(true|false)$/,
  integer: /^-?\d+$/,
  array: /^\[/,
  object: /^\{/,
};

function hasType(text: string, type = "string"): boolean {
  return patterns[type]?.test(text) ?? true;
}
