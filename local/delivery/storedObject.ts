import { createHash } from "node:crypto";
import { closeSync, fstatSync, readSync } from "node:fs";
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
      ? { size, etag: contentMd5(descriptor, size), inParts: false }
      : { size, etag: `${fileMd5(descriptor)}-${Math.ceil(size / partBytes)}`, inParts: true };
  } finally {
    closeSync(opened.descriptor);
  }
}

function contentMd5(descriptor: number, size: number): string {
  const hash = createHash("md5");
  const buffer = Buffer.allocUnsafe(Math.min(size, 256 * 1024));
  for (let read = size === 0 ? 0 : -1; read !== 0;) {
    read = readSync(descriptor, buffer);
    hash.update(buffer.subarray(0, read));
  }
  return hash.digest("hex");
}

/** Of what makes the file another one, not of its content: to read that would hold up the sessions. */
function fileMd5(descriptor: number): string {
  const { ino, mtimeNs, size } = fstatSync(descriptor, { bigint: true });
  return createHash("md5").update(`${ino} ${mtimeNs} ${size}`).digest("hex");
}
