import type { Problem } from "../tenancy/problem";
import { readConfigurationFile, type ConfigurationFile } from "./stackFile";
import type { Configuration } from "./values";

/** What Pulumi.yaml says of a key. */
export interface Declaration {
  readonly type?: string;
  readonly default?: unknown;
  /** Given for every stack. */
  readonly value?: unknown;
  /** Whether the value may be encrypted; what decides which resources exist may not. */
  readonly secret?: boolean;
}

/** A stack's configuration with the files that it is from. */
export interface ConfigurationFiles extends Configuration {
  readonly projectFile: ConfigurationFile;
  readonly stackFile: ConfigurationFile;
  /** What Pulumi.yaml declares, by full key. */
  readonly declared: ReadonlyMap<string, Declaration>;
  /** What keeps the files from being read. */
  readonly problems: readonly Problem[];
}

/** What the program sees in place of a value that only the CLI could decrypt. */
const secretStandIn = "secret";

/**
 * Reads Pulumi.yaml and Pulumi.<stack>.yaml as the CLI would: what Pulumi.yaml gives or has as a default where the stack file
 * is silent.
 * @param overrides Values that take precedence over the files', by full key.
 */
export function readConfigurationFiles(
  directory: string,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): ConfigurationFiles {
  const projectFile = readConfigurationFile(directory, "Pulumi.yaml");
  const project = projectFile.name ?? "";
  const stackFile = readConfigurationFile(directory, `Pulumi.${stack}.yaml`, project);
  const declared = new Map(
    [...projectFile.entries].map(([key, { text, content }]) => [key, declaration(text, content)]),
  );
  const secretKeys = [...stackFile.entries].filter(([, { isSecure }]) => isSecure).map(([key]) => key);
  const values: Record<string, string> = {};
  for (const [key, { default: fallback, value = fallback }] of declared) {
    if (value !== undefined) {
      values[key] = typeof value === "string" ? value : JSON.stringify(value);
    }
  }
  for (const [key, { text, isSecure }] of stackFile.entries) {
    values[key] = isSecure ? secretStandIn : text;
  }
  return {
    project,
    projectFile,
    stackFile,
    declared,
    values: { ...values, ...overrides },
    secretKeys: secretKeys.filter((key) => !Object.hasOwn(overrides, key)),
    requiredKeys: ["aws:region", ...declared.keys()],
    problems: [...projectFile.problems, ...stackFile.problems],
  };
}

/** A mapping declares a key; anything else is its value. */
function declaration(text: string, content: unknown): Declaration {
  return typeof content === "object" && content !== null && !Array.isArray(content) ? content : { value: text };
}
