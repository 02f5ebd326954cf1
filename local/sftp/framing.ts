import { MalformedPacketError } from "./packetReader";
import { packetLimit } from "./protocol";
import { Scratch } from "./scratch";

/** Cuts what arrives on a channel into packets. */
export class Framing {
  private readonly scratch = new Scratch();
  private chunks: Buffer[] = [];
  private available = 0;

  add(chunk: Buffer): void {
    if (chunk.length > 0) {
      this.chunks.push(chunk);
      this.available += chunk.length;
    }
  }

  /**
   * The next packet without its length field, valid until the one after; undefined until all of it is here.
   * @throws MalformedPacketError
   */
  next(): Buffer | undefined {
    if (this.available < 4) {
      return undefined;
    }
    const length = this.peekLength();
    if (length === 0 || length > packetLimit) {
      throw new MalformedPacketError();
    }
    return this.available < 4 + length ? undefined : this.take(4 + length).subarray(4);
  }

  private peekLength(): number {
    const first = this.chunks[0]!;
    // No chunk is empty, so four of them hold the four bytes, however small a client cuts them.
    return (first.length >= 4 ? first : Buffer.concat(this.chunks.slice(0, 4))).readUInt32BE();
  }

  private take(length: number): Buffer {
    this.available -= length;
    const first = this.chunks[0]!;
    if (first.length > length) {
      this.chunks[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    if (first.length === length) {
      this.chunks.shift();
      return first;
    }
    return this.assemble(length);
  }

  private assemble(length: number): Buffer {
    const packet = this.scratch.take(length);
    let filled = 0;
    let used = 0;
    while (filled < length) {
      const chunk = this.chunks[used]!;
      const copied = chunk.copy(packet, filled);
      filled += copied;
      if (copied < chunk.length) {
        this.chunks[used] = chunk.subarray(copied);
      } else {
        used += 1;
      }
    }
    this.chunks.splice(0, used);
    return packet;
  }
}
