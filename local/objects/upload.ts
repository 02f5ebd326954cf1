import { createHash, randomUUID } from "node:crypto";
import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Bucket } from "./bucket";

/** From here on a file is sent to S3 in parts; how large Transfer Family makes them it does not say. */
export const partBytes = 8 * 1024 * 1024;

/**
 * An object on its way in. It grows in a file of its own outside every bucket and takes the key's place as a whole, so
 * that nobody ever sees half of it, whatever ends this process.
 */
export class Upload {
  private readonly file: string;
  private readonly descriptor: number;
  private readonly hash = createHash("md5");
  private received = 0;

  constructor(uploadsFolder: string) {
    this.file = join(uploadsFolder, randomUUID());
    this.descriptor = openSync(this.file, "wx", 0o644);
  }

  /** Bytes received so far, which is where the next ones belong. */
  get size(): number {
    return this.received;
  }

  /** MD5 of what was received, which is the object's etag; undefined when it is sent in parts. Asked once, at the end. */
  md5(): string | undefined {
    return this.received < partBytes ? this.hash.digest("hex") : undefined;
  }

  append(data: Buffer): void {
    let written = 0;
    while (written < data.length) {
      written += writeSync(this.descriptor, data, written, data.length - written, this.received + written);
    }
    this.received += data.length;
    if (this.received < partBytes) {
      this.hash.update(data);
    }
  }

  /** Makes what was received the object. */
  complete(bucket: Bucket, key: string): void {
    closeSync(this.descriptor);
    try {
      bucket.put(key, this.file);
    } catch (error) {
      unlinkSync(this.file);
      throw error;
    }
  }

  /** Forgets what was received. */
  discard(): void {
    closeSync(this.descriptor);
    unlinkSync(this.file);
  }
}
