import { utils, type ParsedKey } from "ssh2";

/** Reads one key, public or private, as OpenSSH writes it. @throws Error when it is none. */
export function parsedKey(text: string): ParsedKey {
  // A file may hold several keys; the types do not say that ssh2 then returns a list.
  const [key] = [utils.parseKey(text)].flat();
  if (key === undefined || key instanceof Error) {
    throw new Error("this is no SSH key");
  }
  return key;
}
