import { generateKeyPairSync, randomBytes } from "node:crypto";
import { lengthPrefixed, uint32 } from "./wire";

const algorithm = "ssh-ed25519";

/**
 * A new ed25519 key pair. Written here because ssh2's own generator makes a key now and then that its own parser refuses.
 * Source: OpenSSH, PROTOCOL.key; RFC 8032 for the lengths.
 * @returns The content of a private key file, and the public key as `ssh-ed25519 AAAA...`.
 */
export function newKeyPair(comment: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "der" },
    publicKeyEncoding: { type: "spki", format: "der" },
  });
  const seed = privateKey.subarray(-32);
  const point = publicKey.subarray(-32);
  const publicBlob = Buffer.concat([lengthPrefixed(algorithm), lengthPrefixed(point)]);
  return {
    privateKey: pem(privateBlob(publicBlob, Buffer.concat([seed, point]), comment)),
    publicKey: `${algorithm} ${publicBlob.toString("base64")}`,
  };
}

function privateBlob(publicBlob: Buffer, secret: Buffer, comment: string): Buffer {
  const check = randomBytes(4);
  const content = Buffer.concat([check, check, publicBlob, lengthPrefixed(secret), lengthPrefixed(comment)]);
  // Unencrypted, the content fills blocks of eight with 1, 2, 3 ...
  const padding = Buffer.from(Array.from({ length: (8 - (content.length % 8)) % 8 }, (_, index) => index + 1));
  return Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    lengthPrefixed("none"),
    lengthPrefixed("none"),
    lengthPrefixed(""),
    uint32(1),
    lengthPrefixed(publicBlob),
    lengthPrefixed(Buffer.concat([content, padding])),
  ]);
}

function pem(blob: Buffer): string {
  const lines = blob.toString("base64").match(/.{1,70}/g) ?? [];
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join("\n");
}
