import { isUtf8 } from "node:buffer";

/** A packet does not follow the protocol: the session cannot go on. */
export class MalformedPacketError extends Error {}

/** Reads the fields of one packet in their order. */
export class PacketReader {
  /** Whether a text was not UTF-8: S3's keys are, and guessing would give two names to one file. */
  unreadable = false;
  private position = 0;

  constructor(private readonly packet: Buffer) {}

  uint8(): number {
    return this.packet.readUInt8(this.advance(1));
  }

  uint32(): number {
    return this.packet.readUInt32BE(this.advance(4));
  }

  /** Beyond 2^53 the number is not exact; no file is that long. */
  uint64(): number {
    return Number(this.packet.readBigUInt64BE(this.advance(8)));
  }

  /** The bytes are a view into the packet. */
  bytes(): Buffer {
    const length = this.uint32();
    const start = this.advance(length);
    return this.packet.subarray(start, start + length);
  }

  text(): string {
    const bytes = this.bytes();
    this.unreadable ||= !isUtf8(bytes);
    return bytes.toString();
  }

  private advance(length: number): number {
    const start = this.position;
    if (start + length > this.packet.length) {
      throw new MalformedPacketError();
    }
    this.position = start + length;
    return start;
  }
}
