import {
  allSettings,
  faultOfValue,
  faultsBetween,
  faultsOfItems,
  messageOf,
  shownText,
  valueOfText,
  type AnySetting,
} from "./bounds";
import { defaultTagsKey, faultOfDefaultTags } from "./defaultTags";
import type { Settings } from "./table";
import { faultsOfKeys } from "./unknownKeys";

/** A stack's configuration as the engine hands it to the program. */
export interface Configuration {
  /** What the keys of the program's own settings begin with: the project's name. */
  readonly project: string;
  /** By full key; numbers, booleans and structures in JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys of those that are encrypted. */
  readonly secretKeys: readonly string[];
  /** Full keys that have to have a value. */
  readonly requiredKeys: readonly string[];
}

/** Something that is wrong with a stack's settings. */
export interface SettingFault {
  /** The full key that it is about. */
  readonly key: string;
  /** What of it is wrong. A missing key has no place of its own. */
  readonly what: "key" | "value" | "missing";
  /** Of a list, which of its texts is wrong, from 0; the whole value where this is left out. */
  readonly item?: number;
  readonly message: string;
}

/** The settings, or all that is wrong with them. */
export type ReadSettings = (
  | { readonly settings: Settings; readonly faults?: undefined }
  | { readonly settings?: undefined; readonly faults: readonly SettingFault[] }
) & {
  /** Those that nothing is wrong with. */
  readonly sound: Partial<Settings>;
};

/** The full key of a setting: `aws:region`, `sftp-gateway:protect`. */
export function keyOf(name: keyof Settings, project: string): string {
  return name === "region" ? "aws:region" : `${project}:${name}`;
}

/** Whether a full key is of the setting that is encrypted. */
export function isSecretKey(key: string, project: string): boolean {
  return Object.entries(allSettings).some(
    ([name, { isSecret }]) => isSecret === true && key === keyOf(name as keyof Settings, project),
  );
}

/**
 * Reads a configuration, whoever has read it from where. Defaults are the table's.
 * @param placed Where a full key has its value, as `Pulumi.dev.yaml:7:3`, for messages about two settings.
 */
export function readValues(
  { project, values, secretKeys, requiredKeys }: Configuration,
  placed: (key: string) => string | undefined,
): ReadSettings {
  const unknown = [...faultsOfKeys(project, values)];
  const faults: SettingFault[] = unknown.map(({ key, message }) => ({ key, message, what: "key" }));
  const sound: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(allSettings)) {
    const key = keyOf(name as keyof Settings, project);
    const text = values[key];
    const found = text === undefined ? [] : faultsOfText(setting, key, text, secretKeys);
    if (text === undefined && requiredKeys.includes(key)) {
      const example = key === "aws:region" ? "eu-central-1" : String(setting.default);
      const message = `"${key}" is missing; write "${key}: ${example}" or another value below "config:". ${setting.description}`;
      faults.push({ key, what: "missing", message });
    } else if (found.length > 0) {
      faults.push(...found);
    } else if (unknown.every(({ meant }) => meant !== key)) {
      // Where it is misspelt nobody knows what it is to be: the default is not what was meant.
      sound[name] = text === undefined ? setting.default : valueOfText(setting.type, text);
    }
  }
  const tags = values[defaultTagsKey];
  const faultOfTags = tags === undefined ? undefined : faultOfDefaultTags(tags);
  if (faultOfTags !== undefined) {
    faults.push({ key: defaultTagsKey, what: "value", message: `"${defaultTagsKey}" ${faultOfTags}` });
  }
  const called = (name: keyof Settings) => keyOf(name, project);
  for (const { about, message } of faultsBetween(sound, { called, placed: (name) => placed(called(name)) })) {
    faults.push({ key: called(about), what: "value", message });
  }
  // Without a fault nothing is missing.
  return faults.length === 0 ? { settings: sound as unknown as Settings, sound } : { faults, sound };
}

function faultsOfText(setting: AnySetting, key: string, text: string, secretKeys: readonly string[]): SettingFault[] {
  const message = faultOfEncryption(setting, key, text, secretKeys.includes(key));
  if (message !== undefined) {
    return [{ key, what: "value", message }];
  }
  const value = valueOfText(setting.type, text);
  const fault = faultOfValue(setting, value);
  const whole = fault === undefined ? [] : [{ message: messageOf(setting, key, shownText(text), fault) }];
  const items = faultsOfItems(setting, value).map(({ index, message }) => ({
    item: index,
    message: `"${key}": ${message}`,
  }));
  return [...whole, ...items].map((found) => ({ key, what: "value", ...found }));
}

function faultOfEncryption({ isSecret = false }: AnySetting, key: string, text: string, isEncrypted: boolean) {
  if (isEncrypted === isSecret || (isSecret && text === "")) {
    return undefined;
  }
  return isSecret
    ? `"${key}" is not encrypted; "pulumi config set --secret ${key} < FILE" encrypts it, and whoever could read it here may have copied it`
    : `"${key}" is encrypted; it shapes the deployment and must be plain`;
}
