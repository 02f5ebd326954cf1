import { readFileSync, statSync } from "node:fs";
import { printable } from "../invisible";
import { unreadable } from "../tenancy/unreadable";
import { UserError } from "../userError";

/**
 * The text of a file that a flag names; `-` is standard input.
 * @param advice What else may help where it cannot be read, as `; npm start writes it`.
 * @throws UserError for one that cannot be read, and for a device, as /dev/zero, which need not end.
 */
export function fileText(file: string, advice = ""): string {
  try {
    if (file === "-" || !statSync(file).isCharacterDevice()) {
      return readFileSync(file === "-" ? 0 : file, "utf8");
    }
  } catch (error) {
    throw new UserError(`${nameOfInput(file)}: ${unreadable(error)}${advice}`);
  }
  throw new UserError(`${nameOfInput(file)}: this is a device; name a file, or - for standard input`);
}

/** What messages call it. */
export function nameOfInput(file: string): string {
  return file === "-" ? "standard input" : printable(file);
}
