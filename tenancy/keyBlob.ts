import { createPublicKey, type KeyObject } from "node:crypto";

import { faultOfEdwardsPoint } from "./edwardsPoint";
import { quoted } from "./quote";

/** Below this an RSA modulus can be factored with effort that attackers have. Source: NIST SP 800-131A. */
const minRsaBits = 2048;

/** Bytes of an ed25519 public key. Source: RFC 8709, section 4. */
const ed25519Size = 32;

const damaged = "copy it again from the .pub file";
const cutShort = `the key is cut short; ${damaged}`;

/**
 * What is wrong with the base64 blob of a key of a known type (RFC 4253, section 6.6), undefined when nothing is. The
 * blob must hold the declared type and then exactly the fields of that type, nothing after them.
 */
export function faultOfBlob(type: string, body: string): string | undefined {
  const blob = Buffer.from(body, "base64");
  if (blob.toString("base64") !== body) {
    return `the key's second field is not the base64 text of a key; ${damaged}`;
  }
  const [inner, ...fields] = stringsOf(blob);
  if (inner === undefined) {
    return cutShort;
  }
  if (inner.toString("latin1") !== type) {
    return `the key says ${type} but holds ${quoted(inner.toString("latin1"))}; ${damaged}`;
  }
  const excess = fields.length > (type === "ssh-ed25519" ? 1 : 2);
  return (
    faultOfFields(type, fields) ??
    (excess ? `the key has bytes after its end; ${damaged}` : undefined) ??
    faultOfEdwardsPoint(body)
  );
}

function faultOfFields(type: string, [first, second]: readonly (Buffer | undefined)[]): string | undefined {
  if (type === "ssh-ed25519") {
    return first?.length === ed25519Size
      ? undefined
      : `an ssh-ed25519 key holds ${ed25519Size} bytes, this one does not; ${damaged}`;
  }
  if (first === undefined || second === undefined) {
    return cutShort;
  }
  if (type === "ssh-rsa") {
    return faultOfRsa(positiveOf(first), positiveOf(second));
  }
  const curve = type.slice("ecdsa-sha2-".length);
  return first.toString("latin1") === curve && isPointOf(curve, second)
    ? undefined
    : `the key is not a point of the curve ${curve}; ${damaged}`;
}

function faultOfRsa(exponent: bigint, modulus: bigint): string | undefined {
  if (exponent % 2n === 0n || modulus % 2n === 0n || exponent === 1n || exponent >= modulus) {
    return `the key's numbers are not those of an RSA key; ${damaged}`;
  }
  const bits = modulus.toString(2).length;
  return bits < minRsaBits
    ? `the RSA key has ${bits} bits; at least ${minRsaBits} are needed, or use ssh-ed25519`
    : undefined;
}

/** The value of an mpint (RFC 4251, section 5) that is positive and has no zero byte that its sign does not need; or 0. */
function positiveOf(mpint: Buffer): bigint {
  const digits = mpint.toString("hex");
  return /^(?:00[89a-f]|0[1-9a-f]|[1-7])/.test(digits) ? BigInt(`0x${digits}`) : 0n;
}

/** The curves of `ecdsa-sha2-*` by their names in RFC 5656: their names in RFC 7518 and the bytes of one coordinate. */
const curves: Readonly<Record<string, { readonly crv: string; readonly size: number }>> = {
  nistp256: { crv: "P-256", size: 32 },
  nistp384: { crv: "P-384", size: 48 },
  nistp521: { crv: "P-521", size: 66 },
};

/** Whether the bytes are an uncompressed point (SEC 1, 2.3.3) of the curve. A mistyped key practically never is. */
function isPointOf(name: string, point: Buffer): boolean {
  const curve = curves[name];
  if (curve === undefined || point.length !== 1 + 2 * curve.size || point[0] !== 4) {
    return false;
  }
  try {
    ecdsaKey(curve, point);
    return true;
  } catch {
    return false;
  }
}

/** @throws Error for bytes that are no point of the curve. */
function ecdsaKey({ crv, size }: { readonly crv: string; readonly size: number }, point: Buffer): KeyObject {
  const x = point.toString("base64url", 1, 1 + size);
  const y = point.toString("base64url", 1 + size);
  return createPublicKey({ key: { kty: "EC", crv, x, y }, format: "jwk" });
}

/** The key of a known type without faults, for checking signatures. */
export function publicKeyObject(type: string, body: string): KeyObject {
  const [, first = Buffer.alloc(0), second = Buffer.alloc(0)] = stringsOf(Buffer.from(body, "base64"));
  const curve = curves[first.toString("latin1")];
  if (type === "ssh-ed25519") {
    const x = first.toString("base64url");
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  }
  if (curve !== undefined) {
    return ecdsaKey(curve, second);
  }
  const [e, n] = [first.toString("base64url"), second.toString("base64url")];
  return createPublicKey({ key: { kty: "RSA", e, n }, format: "jwk" });
}

/**
 * What makes a key of a known type without faults the key that it is. For RSA that is the modulus: whoever has its factors
 * logs in with any exponent.
 */
export function identityOfBlob(type: string, body: string): string {
  const modulus = type === "ssh-rsa" ? stringsOf(Buffer.from(body, "base64"))[2] : undefined;
  return modulus?.toString("base64") ?? body;
}

/** The strings of an SSH blob, each with its length in four bytes before it; last undefined for one that is cut short. */
export function stringsOf(blob: Buffer): (Buffer | undefined)[] {
  const strings: (Buffer | undefined)[] = [];
  for (let start = 0, end = 0; start < blob.length; start = end) {
    end = blob.length < start + 4 ? Infinity : start + 4 + blob.readUInt32BE(start);
    strings.push(end > blob.length ? undefined : blob.subarray(start + 4, end));
  }
  return strings;
}
