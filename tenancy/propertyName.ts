/** By this key Pulumi tells assets, secrets and outputs from plain objects. Source: @pulumi/pulumi, runtime/rpc.js, specialSigKey. */
const pulumiSignature = "4dabf18193072939515e22adb298388d";

/** The rule of {@link isPropertyName} in words. */
export const propertyNameRule = "not a name that every object of JavaScript or Pulumi has, such as toString";

/**
 * Whether code that is given an object with this key keeps working. Tags and the program's outputs are such objects, and
 * Pulumi calls their `toString`.
 */
export function isPropertyName(name: string): boolean {
  return !(name in Object.prototype) && name !== pulumiSignature;
}
