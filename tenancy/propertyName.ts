import { markKey } from "../wireMarks";

/** The rule of {@link isPropertyName} in words. */
export const propertyNameRule = "not a name that every object of JavaScript or Pulumi has, such as toString";

/**
 * Whether code that is given an object with this key keeps working. Tags and the program's outputs are such objects, and
 * Pulumi calls their `toString`; by one key it tells assets and secrets from them.
 */
export function isPropertyName(name: string): boolean {
  return !(name in Object.prototype) && name !== markKey;
}
