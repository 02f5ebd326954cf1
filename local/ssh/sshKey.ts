import { createHash } from "node:crypto";
import { utils, type ParsedKey } from "ssh2";

/** `SHA256:...`, as `ssh-keygen -l` prints it. */
export function fingerprintOf(publicBlob: Buffer): string {
  return `SHA256:${createHash("sha256").update(publicBlob).digest("base64").replace(/=+$/, "")}`;
}

/** Reads one key, public or private, as OpenSSH writes it. @throws Error when it is none. */
export function parsedKey(text: string): ParsedKey {
  // A file may hold several keys; the types do not say that ssh2 then returns a list.
  const [key] = [utils.parseKey(text)].flat();
  if (key === undefined || key instanceof Error) {
    throw new Error("this is no SSH key");
  }
  return key;
}
