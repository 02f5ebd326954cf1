import { generateKeyPairSync } from "node:crypto";

/** A tenant as tenants.yaml has it. */
export interface TenantEntry {
  readonly name: string;
  readonly sshKeys: readonly string[];
  readonly [key: string]: unknown;
}

const keys = new Map<string, string>();

/** An ed25519 public key in OpenSSH's form; the same for the same owner within one process. */
export function publicKey(owner: string): string {
  const known = keys.get(owner) ?? generateKey();
  keys.set(owner, known);
  return known;
}

/** An active read-write tenant with a key of its own, plain unless told otherwise. */
export function tenantEntry(name: string, changes: Readonly<Record<string, unknown>> = {}): TenantEntry {
  return { name, sshKeys: [`${publicKey(name)} ${name}`], ...changes };
}

/** The text of tenants.yaml; JSON is YAML. */
export function tenantsFile(tenants: readonly TenantEntry[], rest: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ ...rest, tenants }, null, 2)}\n`;
}

function generateKey(): string {
  const { publicKey: key } = generateKeyPairSync("ed25519");
  // The last 32 octets of the encoding are the key itself. Source: RFC 8410.
  const raw = key.export({ format: "der", type: "spki" }).subarray(-32);
  const blob = Buffer.concat([lengthPrefixed(Buffer.from("ssh-ed25519")), lengthPrefixed(raw)]);
  return `ssh-ed25519 ${blob.toString("base64")}`;
}

function lengthPrefixed(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}
