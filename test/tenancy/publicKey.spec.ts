import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { parsePublicKey, publicKeyLine } from "../../tenancy/publicKey";
import { publicKey } from "../publicKeys";
import { inDirectory } from "./loading";
import { privateKey, sampleKeys } from "./sampleKeys";

const printableText = fc.string({ unit: "grapheme-ascii", maxLength: 40 }).map((text) => text.trim());

describe("a public key", () => {
  it("is type, body, comment and fingerprint", () => {
    const { text, body, fingerprint } = publicKey(1);
    expect(parsePublicKey(`  ${text}   night batch \n`)).to.deep.equal({
      key: { type: "ssh-ed25519", body, comment: "night batch", fingerprint },
    });
  });

  it("is of every type that Transfer Family takes", () => {
    for (const text of [sampleKeys.rsa2048, sampleKeys.nistp256, sampleKeys.nistp384, sampleKeys.nistp521]) {
      expect(parsePublicKey(text).key?.type).to.equal(text.split(" ")[0]);
    }
  });

  it("reads back what it was written as", () => {
    fc.assert(
      fc.property(fc.nat(), printableText, (number, comment) => {
        const { key } = parsePublicKey(`${publicKey(number).text} ${comment}`);
        expect(key).to.not.equal(undefined);
        expect(key && parsePublicKey(publicKeyLine(key)).key).to.deep.equal(key);
      }),
    );
  });

  it("is refused once any byte of an ECDSA key or any length of a key is changed", () => {
    for (const text of [sampleKeys.nistp256, sampleKeys.nistp384, sampleKeys.nistp521]) {
      const [type = "", body = ""] = text.split(" ");
      const blob = Buffer.from(body, "base64");
      fc.assert(
        fc.property(fc.nat(blob.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
          const changed = Buffer.from(blob);
          changed[index] = (changed[index] ?? 0) ^ change;
          expect(parsePublicKey(`${type} ${changed.toString("base64")}`).fault).to.be.a("string");
        }),
      );
    }
  });

  it("is refused when it is cut anywhere", () => {
    for (const text of [publicKey(1).text, ...Object.values(sampleKeys)]) {
      const [type = "", body = ""] = text.split(" ");
      const blob = Buffer.from(body, "base64");
      for (let end = 0; end < blob.length; end += 1) {
        expect(parsePublicKey(`${type} ${blob.subarray(0, end).toString("base64")}`).fault).to.be.a("string");
      }
    }
  });

  it("makes an error of any text, never an exception, and never repeats what looks like key material", () => {
    const start = fc.constantFrom("", "ssh-rsa ", "ssh-ed25519 ", "ecdsa-sha2-nistp256 ", "sk-", "ssh-ed25519 AAAA");
    fc.assert(
      fc.property(start, fc.string({ unit: "binary" }), (begin, rest) => {
        expect(parsePublicKey(begin + rest).fault).to.be.a("string");
      }),
    );
    expect(parsePublicKey(privateKey.join("\n")).fault)
      .to.match(/^this is a private key/)
      .and.not.include("b3Blbn");
    expect(parsePublicKey(privateKey[1]).fault).to.not.include("b3Blbn");
  });

  it("may have 2,048 characters with its comment, and no more", () => {
    const { text } = publicKey(1);
    expect(parsePublicKey(`${text} ${"c".repeat(2047 - text.length)}`).fault).to.equal(undefined);
    expect(parsePublicKey(`${text} ${"c".repeat(2048 - text.length)}`).fault).to.match(/has 2049 characters/);
  });

  it("has the fingerprint that ssh-keygen gives it", function () {
    if (spawnSync("ssh-keygen", ["-?"]).error !== undefined) {
      this.skip();
    }
    inDirectory((directory) => {
      const made = [
        ["ed25519"],
        ["rsa", "-b", "2048"],
        ["ecdsa", "-b", "256"],
        ["ecdsa", "-b", "384"],
        ["ecdsa", "-b", "521"],
      ];
      for (const [type = "", ...size] of made) {
        const file = join(directory, `${type}${size.join("")}`);
        execFileSync("ssh-keygen", ["-q", "-t", type, ...size, "-N", "", "-C", "test", "-f", file]);
        expect(fingerprintBySshKeygen(`${file}.pub`)).to.equal(
          parsePublicKey(readFileSync(`${file}.pub`, "utf8")).key?.fingerprint,
        );
      }
      const numbered = join(directory, "numbered");
      mkdirSync(numbered);
      for (const number of [1, 2, 3]) {
        const file = join(numbered, String(number));
        writeFileSync(file, publicKey(number).text);
        expect(fingerprintBySshKeygen(file)).to.equal(parsePublicKey(publicKey(number).text).key?.fingerprint);
      }
    });
  });
});

function fingerprintBySshKeygen(file: string): string | undefined {
  return execFileSync("ssh-keygen", ["-lf", file], { encoding: "utf8" }).split(" ")[1];
}
