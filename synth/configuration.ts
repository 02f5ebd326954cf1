import { existsSync } from "node:fs";
import { join } from "node:path";
import { readConfigurationFiles } from "../settings/files";
import { formatProblem } from "../tenancy/problem";
import { UserError } from "../userError";

/** A stack's configuration as the CLI hands it to the program. */
export interface StackConfiguration {
  readonly project: string;
  readonly stack: string;
  /** `namespace:key` -> text; numbers, booleans and structures in JSON, as the CLI encodes them. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose value the stack file encrypts; a stand-in takes its place here, since nothing is decrypted. */
  readonly secretKeys: readonly string[];
}

/** What a person has to mend in Pulumi.yaml, a stack file or the command line. */
export class ConfigurationError extends UserError {}

/**
 * Reads Pulumi.yaml and Pulumi.<stack>.yaml as the CLI would for any program: declared defaults where the stack file is
 * silent, a type error where it is wrong, an error where a required key is missing.
 * @param overrides Values that take precedence over the stack file, by full key.
 * @throws ConfigurationError naming file and key.
 */
export function readConfiguration(
  directory: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): StackConfiguration {
  for (const name of ["Pulumi.yaml", `Pulumi.${stack}.yaml`]) {
    if (!existsSync(join(directory, name))) {
      throw new ConfigurationError(`${name}: there is no such file in ${directory}`);
    }
  }
  const { project, values, secretKeys, declared, mayBeSecret, stackFile, problems } = readConfigurationFiles(
    directory,
    stack,
    overrides,
  );
  if (problems.length > 0) {
    throw new ConfigurationError(problems.map(formatProblem).join("\n"));
  }
  const { file } = stackFile;
  for (const [key, { type }] of declared) {
    const value = values[key];
    if (secretKeys.includes(key) && !mayBeSecret(key)) {
      throw new ConfigurationError(`${file}: "${key}" is encrypted; it shapes the deployment and must be plain`);
    }
    if (value === undefined) {
      throw new ConfigurationError(`${file}: "${key}" is required by Pulumi.yaml and missing`);
    }
    if (!secretKeys.includes(key) && !hasType(value, type)) {
      throw new ConfigurationError(`${file}: "${key}" is ${value}; Pulumi.yaml declares the type ${type}`);
    }
  }
  return { project, stack, values, secretKeys };
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
