import { once } from "node:events";
import { connect } from "node:net";

/** What a server says it can do, before anything is agreed. */
export interface ServerOffer {
  readonly kex: readonly string[];
  readonly hostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly mac: readonly string[];
}

/** Reads a server's KEXINIT off the wire. Source of the layout: RFC 4253, sections 6 and 7.1. */
export async function offerOn(port: number): Promise<ServerOffer> {
  const socket = connect(port, "127.0.0.1", () => socket.write("SSH-2.0-probe\r\n"));
  let received = Buffer.alloc(0);
  try {
    for (;;) {
      const [chunk] = (await once(socket, "data")) as [Buffer];
      received = Buffer.concat([received, chunk]);
      const packet = received.indexOf("\r\n") + 2;
      if (
        packet > 1 &&
        received.length >= packet + 4 &&
        received.length >= packet + 4 + received.readUInt32BE(packet)
      ) {
        return listsOf(received.subarray(packet + 6));
      }
    }
  } finally {
    socket.destroy();
  }
}

/** @param kexInit What follows the message number: a cookie of 16 bytes, then the lists. */
function listsOf(kexInit: Buffer): ServerOffer {
  let position = 16;
  const next = () => {
    const length = kexInit.readUInt32BE(position);
    const start = position + 4;
    position = start + length;
    return kexInit.toString("latin1", start, position).split(",");
  };
  const [kex, hostKey, cipher, , mac] = [next(), next(), next(), next(), next()];
  // A marker that goes with the list and is no algorithm.
  return { kex: kex.filter((name) => !name.startsWith("kex-strict-")), hostKey: hostKey, cipher: cipher, mac: mac };
}
