import { createHash } from "node:crypto";

/** A valid ed25519 public key that is the same in every run; nobody has its private half. */
export interface TestPublicKey {
  /** `ssh-ed25519 BODY`. */
  readonly text: string;
  readonly body: string;
  readonly fingerprint: string;
}

/** The key of a number or a name: any 32 bytes are an ed25519 public key on the wire. */
export function publicKey(label: number | string): TestPublicKey {
  const type = Buffer.from("ssh-ed25519");
  const point = createHash("sha256").update(`key ${label}`).digest();
  const blob = Buffer.concat([lengthOf(type), type, lengthOf(point), point]);
  const body = blob.toString("base64");
  const fingerprint = `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
  return { text: `ssh-ed25519 ${body}`, body, fingerprint };
}

function lengthOf(field: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(field.length);
  return length;
}
