import { MalformedPacketError } from "./packetReader";
import { packetLimit } from "./protocol";

/** Cuts what arrives on a channel into packets. */
export class Framing {
  private chunks: Buffer[] = [];
  private available = 0;

  add(chunk: Buffer): void {
    if (chunk.length > 0) {
      this.chunks.push(chunk);
      this.available += chunk.length;
    }
  }

  /** The next packet without its length field; undefined until all of it is here. @throws MalformedPacketError */
  next(): Buffer | undefined {
    if (this.available < 4) {
      return undefined;
    }
    const length = this.gathered(4).readUInt32BE();
    if (length === 0 || length > packetLimit) {
      throw new MalformedPacketError();
    }
    const end = 4 + length;
    if (this.available < end) {
      return undefined;
    }
    const bytes = this.gathered(end);
    this.chunks.splice(0, 1, ...(bytes.length > end ? [bytes.subarray(end)] : []));
    this.available -= end;
    return bytes.subarray(4, end);
  }

  /** The first chunk, put together with the others unless it holds so many bytes alone. */
  private gathered(length: number): Buffer {
    if (this.chunks[0]!.length < length) {
      this.chunks = [Buffer.concat(this.chunks)];
    }
    return this.chunks[0]!;
  }
}
