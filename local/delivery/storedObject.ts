import { createHash } from "node:crypto";
import { closeSync, fstatSync, readFileSync } from "node:fs";
import type { Bucket } from "../objects/bucket";
import { partBytes } from "../objects/upload";

/** What S3 tells of an object that has just appeared. */
export interface StoredObject {
  readonly size: number;
  /** The content's MD5; of an object in parts an opaque text, `<32 hex>-<parts>`, that tells it from other content. */
  readonly etag: string;
  readonly inParts: boolean;
}

/** @throws Error when there is no such object. */
export function storedObject(bucket: Bucket, key: string): StoredObject {
  const opened = bucket.open(key);
  if (opened === undefined) {
    throw new Error("the object is gone already");
  }
  try {
    const { size, descriptor } = opened;
    return size < partBytes
      ? { size, etag: md5(readFileSync(descriptor)), inParts: false }
      : { size, etag: `${fileMd5(descriptor)}-${Math.ceil(size / partBytes)}`, inParts: true };
  } finally {
    closeSync(opened.descriptor);
  }
}

/** Of what makes the file another one, not of its content: to read that would hold up the sessions. */
function fileMd5(descriptor: number): string {
  const { ino, mtimeNs, size } = fstatSync(descriptor, { bigint: true });
  return md5(`${ino} ${mtimeNs} ${size}`);
}

function md5(content: string | Buffer): string {
  return createHash("md5").update(content).digest("hex");
}
