import type { Socket } from "node:net";

/** What is read of a client before it must have said what it knows; OpenSSH's own offer takes 1.5 KB. */
const readLimit = 64 * 1024;

/** Bytes of a packet before its payload: its length, and that of its padding. Source: RFC 4253, section 6. */
const beforePayload = 5;

const kexInit = 20;

/** The lists of a KEXINIT in their order, by the words of ssh2's messages. Source: RFC 4253, section 7.1. */
const lists = [
  "key exchange algorithm",
  "host key format",
  "C->S cipher",
  "S->C cipher",
  "C->S MAC",
  "S->C MAC",
  "C->S compression",
  "S->C compression",
] as const;

/**
 * Reads along what a client says it knows, which is sent in the clear: ssh2 tells that nothing was in common, and not what
 * the client had.
 */
export class ClientOffer {
  private received = Buffer.alloc(0);
  private names: readonly string[] = [];

  constructor(private readonly socket: Socket) {
    socket.on("data", this.read);
  }

  /** What the client had for the part of the offer that a message of ssh2 is about; undefined when that is not known. */
  of(message: string): string | undefined {
    return this.names[lists.findIndex((list) => message.includes(list))];
  }

  /** Its key exchange algorithms. */
  get kex(): string | undefined {
    return this.names[0];
  }

  /** Whether it has none of these MACs, for what it sends or for what it gets; false while that is not known. */
  hasNoneOf(macs: readonly string[]): boolean {
    const own = this.names.filter((_, index) => lists[index]?.endsWith("MAC"));
    return own.some((names) => !names.split(",").some((name) => macs.includes(name)));
  }

  private readonly read = (chunk: Buffer): void => {
    this.received = Buffer.concat([this.received, chunk]);
    const packet = this.received.indexOf("\n") + 1;
    const payload = packet + beforePayload;
    if (packet > 0 && this.received.length >= payload) {
      const end = packet + 4 + this.received.readUInt32BE(packet);
      if (this.received.length < end && end - packet <= readLimit) {
        return;
      }
      this.names = this.received[payload] === kexInit ? listsIn(this.received.subarray(payload, end)) : [];
    } else if (this.received.length < readLimit) {
      return;
    }
    this.socket.off("data", this.read);
    this.received = Buffer.alloc(0);
  };
}

/** Markers that travel in the list of key exchanges and are none. Source: RFC 8308; OpenSSH's PROTOCOL file. */
const marker = /^(ext-info-|kex-strict-)/;

/** The lists of a payload, as far as it holds them. */
function listsIn(payload: Buffer): string[] {
  const names: string[] = [];
  // After the message's number and a cookie of 16 bytes.
  for (let position = 17; names.length < lists.length && position + 4 <= payload.length;) {
    const start = position + 4;
    position = start + payload.readUInt32BE(position);
    const list = payload.toString("latin1", start, position).split(",");
    names.push(list.filter((name) => !marker.test(name)).join(","));
  }
  return names;
}
