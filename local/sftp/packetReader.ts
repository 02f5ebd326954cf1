/** A packet does not follow the protocol: the session cannot go on. */
export class MalformedPacketError extends Error {
  constructor() {
    super("malformed SFTP packet");
    this.name = "MalformedPacketError";
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads the fields of one packet in their order. */
export class PacketReader {
  constructor(
    private readonly packet: Buffer,
    private position: number,
  ) {}

  get atEnd(): boolean {
    return this.position === this.packet.length;
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

  /** Undefined when the bytes are not UTF-8: S3's keys are, and guessing would give two names to one file. */
  text(): string | undefined {
    try {
      return utf8.decode(this.bytes());
    } catch (error) {
      if (error instanceof MalformedPacketError) {
        throw error;
      }
      return undefined;
    }
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
