import { deflateRawSync } from "node:zlib";

const megabyte = 1024 * 1024;

/**
 * MB of a package. Lambda takes 50 zipped in a direct upload and 250 unpacked (Lambda Developer Guide, "Lambda quotas"); what is
 * left is for who adds tenants after somebody has read this.
 */
const limits = { zipped: 45, unpacked: 200 };

/** MB of the code, zipped or not: more than it is. */
const code = 1;

/**
 * What keeps Lambda from taking a package with these records; undefined: nothing. Zipping is left out where even the unpacked
 * package is small enough.
 */
export function faultOfPackage(records: Readonly<Record<string, string>>): string | undefined {
  const texts = Object.values(records);
  const unpacked = code + sizeOf(texts, (text) => Buffer.byteLength(text));
  if (unpacked > limits.unpacked) {
    return tooLarge(unpacked, "unpacked", limits.unpacked);
  }
  const zipped = unpacked > limits.zipped ? code + sizeOf(texts, (text) => deflateRawSync(text).length) : unpacked;
  return zipped > limits.zipped ? tooLarge(zipped, "zipped", limits.zipped) : undefined;
}

function sizeOf(texts: readonly string[], bytes: (text: string) => number): number {
  return texts.reduce((sum, text) => sum + bytes(text), 0) / megabyte;
}

function tooLarge(megabytes: number, how: string, limit: number): string {
  return (
    `the package of the function that decides logins has ${megabytes.toFixed(1)} MB ${how}, and at most ${limit} are deployed: ` +
    "give tenants fewer keys or ed25519 ones, or deploy some of them as a stack of their own"
  );
}
