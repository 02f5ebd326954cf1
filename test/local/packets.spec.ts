import { expect } from "chai";
import fc from "fast-check";
import { Framing } from "../../local/sftp/framing";
import { MalformedPacketError } from "../../local/sftp/packetReader";
import { packetLimit, packetType } from "../../local/sftp/protocol";
import { readRequest } from "../../local/sftp/request";

describe("what arrives on an SFTP channel", () => {
  const packet = (content: Uint8Array) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, content]);
  };

  it("is cut into the packets that were sent, however it was cut on its way", () => {
    const contents = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 10 });
    fc.assert(
      fc.property(contents, fc.infiniteStream(fc.integer({ min: 0, max: 40 })), (sent, cuts) => {
        const framing = new Framing();
        const received: string[] = [];
        for (let rest = Buffer.concat(sent.map(packet)); rest.length > 0;) {
          const length = cuts.next().value as number;
          framing.add(rest.subarray(0, length));
          rest = rest.subarray(length);
          for (let next = framing.next(); next !== undefined; next = framing.next()) {
            received.push(next.toString("hex"));
          }
        }
        expect(received).to.deep.equal(sent.map((content) => Buffer.from(content).toString("hex")));
      }),
    );
  });

  it("is refused before it is collected when it claims to be too long, or is empty", () => {
    for (const length of [0, packetLimit + 1, 0xffffffff]) {
      const framing = new Framing();
      const head = Buffer.alloc(4);
      head.writeUInt32BE(length);
      framing.add(head);
      expect(() => framing.next(), String(length)).to.throw(MalformedPacketError);
    }
  });

  it("is a request or malformed, whatever the bytes", () => {
    const types = fc.constantFrom(...Object.values(packetType));
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 60 }), (type, rest) => {
        try {
          expect(readRequest(Buffer.from([type, ...rest])).type).to.be.a("string");
        } catch (error) {
          expect(error).to.be.instanceOf(MalformedPacketError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("is not guessed at when a name is not UTF-8", () => {
    const latin1 = Buffer.from([packetType.stat, 0, 0, 0, 7, 0, 0, 0, 2, 0x2f, 0xe9]);
    expect(readRequest(latin1)).to.deep.equal({ id: 7, type: "unreadable", operation: "stat", path: "/\ufffd" });
  });
});
