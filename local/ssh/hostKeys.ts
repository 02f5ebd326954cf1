import { generateKeyPairSync, type KeyPairKeyObjectResult } from "node:crypto";
import type { ParsedKey } from "ssh2";
import { newKeyPair } from "./keyPair";
import { parsedKey } from "./sshKey";

/**
 * New private keys of the types that the service has, by the name of the file that keeps each. Clients choose: those of
 * today take Ed25519, older ones know RSA alone.
 * Source: AWS Transfer Family User Guide, "Security policies for AWS Transfer Family servers", host keys; RSA of 2,048 bits
 * is the shortest that the service takes.
 */
export const newHostKeys: Readonly<Record<string, () => string>> = {
  host_key: () => newKeyPair("sftp-gateway-local").privateKey,
  host_key_ecdsa: newEcdsaKey,
  host_key_rsa: () => pemOf(generateKeyPairSync("rsa", { modulusLength: 2048 }), "pkcs1"),
};

/** A private key on the curve P-256, in PEM. */
export function newEcdsaKey(): string {
  return pemOf(generateKeyPairSync("ec", { namedCurve: "prime256v1" }), "sec1");
}

/** In the forms that ssh2 reads. */
function pemOf({ privateKey }: KeyPairKeyObjectResult, type: "sec1" | "pkcs1"): string {
  return privateKey.export({ type, format: "pem" }).toString();
}

/** Public halves as known_hosts has them, `ssh-rsa AAAA...`, one of each type. */
export function publicKeysOf(privateKeys: readonly string[]): string[] {
  return hostKeysOf(privateKeys).map((key) => `${key.type} ${key.getPublicSSH().toString("base64")}`);
}

/**
 * The keys as ssh2's server takes them. It would offer an RSA key with SHA-1 as well, whatever it is configured to; a key that
 * goes by the name of one signature is offered with that one alone.
 */
export function signingHostKeys(privateKeys: readonly string[]): ParsedKey[] {
  return hostKeysOf(privateKeys).flatMap((key) =>
    key.type === "ssh-rsa" ? [signingAs("rsa-sha2-512", key), signingAs("rsa-sha2-256", key)] : [key],
  );
}

function signingAs(type: string, key: ParsedKey): ParsedKey {
  return Object.create(key, { type: { value: type } }) as ParsedKey;
}

/** Of two keys of a type the first counts, as at the service. */
function hostKeysOf(privateKeys: readonly string[]): ParsedKey[] {
  const keys = privateKeys.map(parsedKey);
  return keys.filter(({ type }, index) => keys.findIndex((other) => other.type === type) === index);
}
