import * as pulumi from "@pulumi/pulumi";
import {
  placeOfValue,
  readConfigurationFile,
  type ConfigurationEntry,
  type ConfigurationFile,
} from "./settings/stackFile";
import { placesOfSignIn } from "./settings/signIn";
import { formatProblem } from "./tenancy/problem";
import type { Position } from "./tenancy/model";
import type { PlacedSignIn } from "./tenancy/signIn";
import type { Settings } from "./settings/table";
import { keyOf, readValues, type SettingFault } from "./settings/values";

/**
 * The stack's settings: what differs between environments. `settings/table.ts` declares each; nothing else reads
 * configuration. Values are the engine's, which may have them from `--config-file` or an environment; places are the stack file's.
 * @throws pulumi.RunError naming everything that is unknown, missing or out of bounds.
 */
export function readSettings(): Settings & Pick<PlacedSignIn, "places"> {
  const project = pulumi.getProject();
  const values = pulumi.runtime.allConfig();
  const stackFile = readConfigurationFile(".", `Pulumi.${pulumi.getStack()}.yaml`, project);
  const secretKeys = Object.keys(values).filter(
    (key) => isSecret(key) || stackFile.entries.get(key)?.isSecure === true,
  );
  // Whatever else has to have a value, the engine has asked for.
  const entryOf = (key: string) => entryWith(values[key], key, stackFile);
  const { settings, faults } = readValues({ project, values, secretKeys, requiredKeys: ["aws:region"] }, (key) => {
    const entry = entryOf(key);
    return entry && placeOfValue(entry);
  });
  if (settings === undefined) {
    const placed = faults.map((fault) => ({ ...fault, position: positionOf(fault, stackFile, entryOf(fault.key)) }));
    const lines = placed
      .sort(({ position: a }, { position: b }) => (a?.line ?? 0) - (b?.line ?? 0))
      .map(({ message, position }) =>
        position === undefined
          ? `error: ${message}`
          : formatProblem({ severity: "error", file: stackFile.file, ...position, message }),
      );
    throw new pulumi.RunError(["nothing is deployed:", ...lines].join("\n"));
  }
  const places = placesOfSignIn((name) => entryOf(keyOf(name, project)));
  return { ...settings, places };
}

/** Whether the engine decrypted a value; the SDK knows it, and leaves it out of its types. */
function isSecret(key: string): boolean {
  return (pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean }).isConfigSecret(key);
}

/** What the stack file says of a key, where it says what the engine has. */
function entryWith(value: string | undefined, key: string, { entries }: ConfigurationFile) {
  const entry = entries.get(key);
  return entry !== undefined && (entry.text === value || entry.isSecure) ? entry : undefined;
}

/** Where the stack file says what is wrong, or where it would say it. */
function positionOf(
  { what, item }: SettingFault,
  { place }: ConfigurationFile,
  entry: ConfigurationEntry | undefined,
): Position | undefined {
  return what === "missing" ? place : entry && (entry.items[item ?? -1] ?? entry[what]);
}
