import { quoted } from "../tenancy/quote";
import { combinations } from "./combinations";
import type { Setting, SettingType } from "./setting";
import { region, settings, type Settings } from "./table";

/** What may stand for a value of each type. */
const types: Readonly<Record<SettingType, { readonly is: (value: unknown) => boolean; readonly right: string }>> = {
  text: { is: (value) => typeof value === "string", right: "it is text" },
  boolean: { is: (value) => typeof value === "boolean", right: "it is true or false" },
  "whole number": { is: Number.isSafeInteger, right: "it is a whole number, in decimal digits" },
  "list of texts": { is: isListOfTexts, right: "it is a list of texts" },
};

/** A setting without what TypeScript knows of its type. */
export type AnySetting = Omit<Setting<SettingType>, "fault" | "faultOfItem"> & {
  readonly fault?: (value: never) => string | undefined;
  readonly faultOfItem?: (item: string) => string | undefined;
};

/** All settings by the names that they have as arguments, `region` among them. */
export const allSettings: Readonly<Record<keyof Settings, AnySetting>> = { region, ...settings };

const defaultsOfSettings = Object.fromEntries(
  Object.entries(allSettings).map(([name, { default: fallback }]) => [name, fallback]),
) as unknown as Settings;

/** What is wrong with the value of a setting and what would be right, to be read after what it is; undefined: nothing. */
export function faultOfValue({ type, fault }: AnySetting, value: unknown): string | undefined {
  return types[type].is(value) ? fault?.(value as never) : types[type].right;
}

/**
 * What is told of a value that is wrong: which setting it is of, the value unless it is withheld, and what would be right.
 * @param called What the message calls the setting.
 */
export function messageOf(
  { isSecret, isWithheld = isSecret }: AnySetting,
  called: string,
  shown: string,
  fault: string,
): string {
  return isWithheld === true ? `"${called}": ${fault}` : `"${called}" is ${shown}; ${fault}`;
}

/** Something that is wrong with one text of a list. */
export interface FaultOfItem {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** What is wrong and what would be right, the text in front. */
  readonly message: string;
}

/** What is wrong with the texts of a list, each by itself; nothing where the value is no list. */
export function faultsOfItems({ type, faultOfItem }: AnySetting, value: unknown): FaultOfItem[] {
  if (type !== "list of texts" || !isListOfTexts(value)) {
    return [];
  }
  return value.flatMap((item, index) => {
    const fault = value.indexOf(item) < index ? "is listed twice; remove one of the two" : faultOfItem?.(item);
    return fault === undefined ? [] : [{ index, message: `${quoted(item)} ${fault}` }];
  });
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** A value as the text of a configuration has it; undefined where it is none of the type. */
export function valueOfText(
  type: SettingType,
  text: string,
): string | boolean | number | readonly string[] | undefined {
  switch (type) {
    case "boolean":
      return /^(true|false)$/.test(text) ? text === "true" : undefined;
    case "whole number":
      return /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : undefined;
    case "text":
      return structureOf(text) === undefined ? text : undefined;
    case "list of texts":
      return listOfText(text);
  }
}

/** Undefined for what is no JSON of a list of texts. */
function listOfText(text: string): readonly string[] | undefined {
  const list = structureOf(text) === "a list" ? (JSON.parse(text) as unknown) : undefined;
  return isListOfTexts(list) ? list : undefined;
}

/** How a message shows the text of a configuration. */
export function shownText(text: string): string {
  return structureOf(text) ?? (/^(-?\d+(\.\d+)?|true|false)$/.test(text) ? text : text === "" ? "empty" : quoted(text));
}

/** How a message shows an argument. */
export function shownValue(value: unknown): string {
  return typeof value === "string" ? (value === "" ? "empty" : quoted(value)) : (structureOf(value) ?? String(value));
}

/** So many texts of a list tell which one it is. */
const mostShown = 3;

/** The same, with what a list holds, and without what a secret does. */
function shownWhole(name: keyof Settings, value: unknown): string {
  if (allSettings[name].isSecret === true && value !== "") {
    return "a secret";
  }
  if (!isListOfTexts(value)) {
    return shownValue(value);
  }
  const more = value.length > mostShown ? [`${value.length - mostShown} more`] : [];
  return `[${[...value.slice(0, mostShown).map(quoted), ...more].join(", ")}]`;
}

/** `a list` or `a mapping`, for a value that is one or the JSON of one. */
function structureOf(value: unknown): string | undefined {
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? "a list" : "a mapping";
  }
  if (typeof value !== "string" || !/^[[{]/.test(value)) {
    return undefined;
  }
  try {
    return structureOf(JSON.parse(value) as unknown);
  } catch {
    return undefined;
  }
}

/** What a message calls a setting, and where it stands. */
export interface Naming {
  /** An argument, or the key in a stack file. */
  readonly called: (setting: keyof Settings) => string;
  /** `Pulumi.dev.yaml:7:3`; undefined for one that is left out, or whose place is not known. */
  readonly placed?: (setting: keyof Settings) => string | undefined;
}

/** Something that is wrong with two settings together. */
interface FaultBetween {
  readonly about: keyof Settings;
  readonly message: string;
}

/**
 * Settings that AWS does not take together, by the table of combinations.
 * @param given Those that nothing is wrong with by themselves; a combination of others is not judged.
 */
export function faultsBetween(given: Partial<Settings>, { called, placed }: Naming): FaultBetween[] {
  return combinations.flatMap(({ about, beside, reason }) => {
    if (given[about] === undefined || given[beside] === undefined) {
      return [];
    }
    const fault = reason({ ...defaultsOfSettings, ...given });
    if (fault === undefined) {
      return [];
    }
    const place = placed?.(beside);
    const both = `"${called(about)}" is ${shownWhole(about, given[about])} and "${called(beside)}" ${shownWhole(beside, given[beside])}`;
    return [{ about, message: `${both}${place === undefined ? "" : ` (${place})`}; ${fault}` }];
  });
}

/** Everything that is wrong with a gateway's arguments, in their own names. */
export function faultsOfArguments(given: Settings): string[] {
  const faults = Object.entries(allSettings).flatMap(([name, setting]) => {
    const value = given[name as keyof Settings];
    const fault = faultOfValue(setting, value);
    const items = faultsOfItems(setting, value).map(({ message }) => `"${name}": ${message}`);
    return fault === undefined ? items : [messageOf(setting, name, shownValue(value), fault), ...items];
  });
  const sound = Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => faultOfValue(allSettings[name as keyof Settings] ?? region, value) === undefined,
    ),
  );
  return [...faults, ...faultsBetween(sound, { called: (name) => name }).map(({ message }) => message)];
}
