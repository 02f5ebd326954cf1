import type { Problem } from "../tenancy/problem";
import { secretStandIn } from "./secret";
import { readConfigurationFile, type ConfigurationFile } from "./stackFile";
import { isSecretKey, type Configuration } from "./values";

/** What Pulumi.yaml says of a key. */
export interface Declaration {
  readonly type?: string;
  readonly default?: unknown;
  /** Given for every stack. */
  readonly value?: unknown;
  /** Whether the value has to be encrypted. */
  readonly secret?: boolean;
}

/** A stack's configuration with the files that it is from. */
export interface ConfigurationFiles extends Configuration {
  readonly projectFile: ConfigurationFile;
  readonly stackFile: ConfigurationFile;
  /** What Pulumi.yaml declares, by full key. */
  readonly declared: ReadonlyMap<string, Declaration>;
  /** Whether a full key may be encrypted; what decides which resources exist may not. */
  readonly mayBeSecret: (key: string) => boolean;
  /** What keeps the files from being read. */
  readonly problems: readonly Problem[];
}

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
    // A setting that Pulumi.yaml declared a secret would have to be encrypted in each stack, the default as well.
    mayBeSecret: (key) => declared.get(key)?.secret === true || isSecretKey(key, project),
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
