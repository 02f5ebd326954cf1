import { createPublicKey } from "node:crypto";

import { quoted } from "./quote";

/** Below this an RSA modulus can be factored with effort that attackers have. Source: NIST SP 800-131A. */
const minRsaBits = 2048;

/** Bytes of an ed25519 public key. Source: RFC 8709, section 4. */
const ed25519Size = 32;

const damaged = "copy it again from the .pub file";

/**
 * What is wrong with the base64 blob of a key of a known type (RFC 4253, section 6.6), undefined when nothing is. The
 * blob must hold the declared type and then exactly the fields of that type, nothing after them.
 */
export function faultOfBlob(type: string, body: string): string | undefined {
  const blob = Buffer.from(body, "base64");
  if (blob.toString("base64") !== body) {
    return `the key's second field is not the base64 text of a key; ${damaged}`;
  }
  const fields = new BlobReader(blob);
  const inner = fields.next()?.toString("latin1");
  if (inner === undefined) {
    return `the key is cut short; ${damaged}`;
  }
  if (inner !== type) {
    return `the key says ${type} but holds ${quoted(inner)}; ${damaged}`;
  }
  return faultOfFields(type, fields) ?? (fields.atEnd ? undefined : `the key has bytes after its end; ${damaged}`);
}

function faultOfFields(type: string, fields: BlobReader): string | undefined {
  if (type === "ssh-rsa") {
    return faultOfRsa(fields.next(), fields.next());
  }
  if (type === "ssh-ed25519") {
    return fields.next()?.length === ed25519Size
      ? undefined
      : `an ssh-ed25519 key holds ${ed25519Size} bytes, this one does not; ${damaged}`;
  }
  return faultOfEcdsa(type.slice("ecdsa-sha2-".length), fields.next(), fields.next());
}

function faultOfRsa(exponent: Buffer | undefined, modulus: Buffer | undefined): string | undefined {
  if (exponent === undefined || modulus === undefined) {
    return `the key is cut short; ${damaged}`;
  }
  if (![exponent, modulus].every((number) => isPositive(number) && isOdd(number)) || isOne(exponent)) {
    return `the key's numbers are not those of an RSA key; ${damaged}`;
  }
  const bits = bitLength(modulus);
  return bits < minRsaBits
    ? `the RSA key has ${bits} bits; at least ${minRsaBits} are needed, or use ssh-ed25519`
    : undefined;
}

/** The curves of `ecdsa-sha2-*` by their names in RFC 5656: their names in RFC 7518 and the bytes of one coordinate. */
const curves: Readonly<Record<string, { readonly crv: string; readonly size: number }>> = {
  nistp256: { crv: "P-256", size: 32 },
  nistp384: { crv: "P-384", size: 48 },
  nistp521: { crv: "P-521", size: 66 },
};

function faultOfEcdsa(name: string, declared: Buffer | undefined, point: Buffer | undefined): string | undefined {
  if (declared === undefined || point === undefined) {
    return `the key is cut short; ${damaged}`;
  }
  return declared.toString("latin1") === name && isPointOf(name, point)
    ? undefined
    : `the key is not a point of the curve ${name}; ${damaged}`;
}

/** Whether the bytes are an uncompressed point (SEC 1, 2.3.3) of the curve. A mistyped key practically never is. */
function isPointOf(name: string, point: Buffer): boolean {
  const curve = curves[name];
  if (curve === undefined || point.length !== 1 + 2 * curve.size || point[0] !== 4) {
    return false;
  }
  const { crv, size } = curve;
  const x = point.toString("base64url", 1, 1 + size);
  const y = point.toString("base64url", 1 + size);
  try {
    createPublicKey({ key: { kty: "EC", crv, x, y }, format: "jwk" });
    return true;
  } catch {
    return false;
  }
}

/** An mpint (RFC 4251, section 5): positive, and no zero byte in front that its sign does not need. */
function isPositive(number: Buffer): boolean {
  const [first, second] = number;
  if (first === undefined || first >= 0x80) {
    return false;
  }
  return first > 0 || (second !== undefined && second >= 0x80);
}

function isOdd(number: Buffer): boolean {
  return ((number.at(-1) ?? 0) & 1) === 1;
}

function isOne(number: Buffer): boolean {
  return number.length === 1 && number[0] === 1;
}

function bitLength(number: Buffer): number {
  const first = number.findIndex((byte) => byte > 0);
  return (number.length - first) * 8 - (Math.clz32(number[first] ?? 0) - 24);
}

/** Reads the strings of an SSH blob, each with its length in four bytes before it. */
class BlobReader {
  private offset = 0;

  constructor(private readonly blob: Buffer) {}

  /** The next string; undefined when the blob ends within it. */
  next(): Buffer | undefined {
    if (this.offset + 4 > this.blob.length) {
      return undefined;
    }
    const start = this.offset + 4;
    const end = start + this.blob.readUInt32BE(this.offset);
    this.offset = end;
    return end <= this.blob.length ? this.blob.subarray(start, end) : undefined;
  }

  get atEnd(): boolean {
    return this.offset === this.blob.length;
  }
}
