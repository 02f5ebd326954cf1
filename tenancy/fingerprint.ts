import { hash } from "node:crypto";

/** `SHA256:...` of a public key's blob, as `ssh-keygen -l` prints it. */
export function fingerprintOf(publicBlob: Buffer): string {
  // Base64 without its padding.
  return `SHA256:${hash("sha256", publicBlob, "base64").slice(0, 43)}`;
}

/** The same of a key as a line has it, `ssh-ed25519 AAAA...`. */
export function fingerprintOfLine(key: string): string {
  const [, body = ""] = key.split(" ");
  return fingerprintOf(Buffer.from(body, "base64"));
}
