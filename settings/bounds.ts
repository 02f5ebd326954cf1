import { quoted } from "../tenancy/quote";
import { defaultAuthentication } from "../tenancy/signIn";
import { faultOfSecurityPolicyIn } from "./securityPolicy";
import { region, settings, type Setting, type Settings, type SettingType } from "./table";

/** What may stand for a value of each type. */
const types: Readonly<Record<SettingType, { readonly is: (value: unknown) => boolean; readonly right: string }>> = {
  text: { is: (value) => typeof value === "string", right: "it is text" },
  boolean: { is: (value) => typeof value === "boolean", right: "it is true or false" },
  "whole number": { is: Number.isSafeInteger, right: "it is a whole number, in decimal digits" },
};

/** A setting without what TypeScript knows of its type. */
export type AnySetting = Pick<Setting<SettingType>, "type" | "default" | "description"> & {
  readonly fault?: (value: never) => string | undefined;
};

/** All settings by the names that they have as arguments, `region` among them. */
export const allSettings: Readonly<Record<keyof Settings, AnySetting>> = { region, ...settings };

/** What is wrong with the value of a setting and what would be right, to be read after what it is; undefined: nothing. */
export function faultOfValue({ type, fault }: AnySetting, value: unknown): string | undefined {
  return types[type].is(value) ? fault?.(value as never) : types[type].right;
}

/** A value as the text of a configuration has it; undefined where it is none of the type. */
export function valueOfText(type: SettingType, text: string): string | boolean | number | undefined {
  switch (type) {
    case "boolean":
      return /^(true|false)$/.test(text) ? text === "true" : undefined;
    case "whole number":
      return /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : undefined;
    case "text":
      return structureOf(text) === undefined ? text : undefined;
  }
}

/** How a message shows the text of a configuration. */
export function shownText(text: string): string {
  return structureOf(text) ?? (/^(-?\d+(\.\d+)?|true|false)$/.test(text) ? text : text === "" ? "empty" : quoted(text));
}

/** How a message shows an argument. */
export function shownValue(value: unknown): string {
  return typeof value === "string" ? (value === "" ? "empty" : quoted(value)) : (structureOf(value) ?? String(value));
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

/**
 * Two settings that AWS does not take together, among those that nothing is wrong with by themselves.
 * @param called What the message calls a setting: an argument or the key in a stack file.
 */
export function faultsBetween(
  settings: Partial<Settings>,
  called: (setting: keyof Settings) => string,
): FaultBetween[] {
  return [...faultOfPolicyInRegion(settings, called), ...faultOfAuthentication(settings, called)];
}

interface FaultBetween {
  readonly about: keyof Settings;
  readonly message: string;
}

function faultOfPolicyInRegion(
  { securityPolicy, region: name }: Partial<Settings>,
  called: (setting: keyof Settings) => string,
): FaultBetween[] {
  if (securityPolicy === undefined || name === undefined) {
    return [];
  }
  const fault = faultOfSecurityPolicyIn(securityPolicy, name);
  const policyAndRegion = `"${called("securityPolicy")}" is "${securityPolicy}" and "${called("region")}" "${name}"`;
  return fault === undefined ? [] : [{ about: "securityPolicy", message: `${policyAndRegion}; ${fault}` }];
}

function faultOfAuthentication(
  { identityProvider, authentication }: Partial<Settings>,
  called: (setting: keyof Settings) => string,
): FaultBetween[] {
  if (identityProvider !== "service-managed" || authentication === undefined) {
    return [];
  }
  const both = `"${called("authentication")}" is "${authentication}" and "${called("identityProvider")}" "${identityProvider}"`;
  const right = "such a server takes keys alone; leave the first out, or let the second be lambda";
  return authentication === defaultAuthentication ? [] : [{ about: "authentication", message: `${both}; ${right}` }];
}

/** Everything that is wrong with a gateway's arguments, in their own names. */
export function faultsOfArguments(given: Settings): string[] {
  const faults = Object.entries(allSettings).flatMap(([name, setting]) => {
    const value = given[name as keyof Settings];
    const fault = faultOfValue(setting, value);
    return fault === undefined ? [] : [`"${name}" is ${shownValue(value)}; ${fault}`];
  });
  return [...faults, ...faultsBetween(given, (name) => name).map(({ message }) => message)];
}
