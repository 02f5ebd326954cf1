import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { identityOf, parsePublicKey, publicKeyLine } from "../../tenancy/publicKey";
import { publicKey } from "../publicKeys";
import { encoded, p, smallOrderEncodings } from "./edwardsCurve";
import { inDirectory } from "./loading";
import { privateKey, sampleKeys } from "./sampleKeys";
import { anyCharacter } from "../fixtures/anyCharacter";

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
      fc.property(start, fc.string({ unit: anyCharacter }), (begin, rest) => {
        expect(parsePublicKey(begin + rest).fault).to.be.a("string");
      }),
    );
    expect(parsePublicKey(privateKey.join("\n")).fault)
      .to.match(/^this is a private key/)
      .and.not.include("b3Blbn");
    expect(parsePublicKey(privateKey[1]).fault).to.not.include("b3Blbn");
  });

  it("may have 2,048 characters without its comment, and no more", () => {
    const longest = rsaKey(Buffer.from(`00${"c1".repeat(1507)}`, "hex"));
    expect(longest).to.have.length(2048);
    expect(parsePublicKey(`${longest} ${"c".repeat(5000)}`).key?.comment).to.have.length(5000);
    expect(parsePublicKey(rsaKey(Buffer.from(`00${"c1".repeat(1508)}`, "hex"))).fault).to.equal(
      "the key has 2052 characters without its comment; Transfer Family takes at most 2048",
    );
  });

  it("may have a comment that speaks of keys and holds none", () => {
    const { text, fingerprint } = publicKey(1);
    for (const comment of [
      "old ssh-rsa key",
      "ssh-ed25519",
      "was ecdsa-sha2-nistp256, now this",
      fingerprint,
      "AAAA",
    ]) {
      expect(parsePublicKey(`${text} ${comment}`).key?.comment).to.equal(comment);
    }
  });

  it("is the same as another exactly when both log in the same private key, whatever the comment or the exponent", () => {
    const modulus = Buffer.from(`00${"c1".repeat(256)}`, "hex");
    const [three, fermat] = [rsaKey(modulus, [3]), rsaKey(modulus, [1, 0, 1])].map(identityOfText);
    expect(three).to.equal(fermat);
    expect(identityOfText(rsaKey(Buffer.from(`00${"c3".repeat(256)}`, "hex")))).not.to.equal(three);
    expect(identityOfText(`${publicKey(1).text} one`)).to.equal(identityOfText(publicKey(1).text));
    expect(identityOfText(publicKey(2).text)).not.to.equal(identityOfText(publicKey(1).text));
  });

  it("is refused with a modulus that zeros are put before, so that one key has one spelling", () => {
    expect(parsePublicKey(rsaKey(Buffer.from(`0000${"c1".repeat(256)}`, "hex"))).fault).to.match(/not those of an RSA/);
  });

  it("is refused for every encoding of every point of small order", () => {
    const faults = smallOrderEncodings().map((point) => parsePublicKey(edwardsKey(point)).fault);
    expect(faults).to.have.length(14);
    expect(new Set(faults)).to.deep.equal(
      new Set([
        "the key is none that a program makes, and anybody may be able to log in with it; have a new key pair made",
      ]),
    );
  });

  it("is refused for any y that is not below p, and for no other one near it", () => {
    const isTaken = (y: bigint) => parsePublicKey(edwardsKey(encoded(y, 0))).fault === undefined;
    expect([p - 3n, p - 2n, p - 1n, p, p + 9n, p + 18n].map(isTaken)).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("has the fingerprint and the comment that ssh-keygen reads, whatever blanks part them", function () {
    if (spawnSync("ssh-keygen", ["-?"]).error !== undefined) {
      this.skip();
    }
    const blanks = fc.stringMatching(/^[ \t]{1,3}$/);
    const keys = fc.oneof(
      fc.nat(9999).map((number) => publicKey(number).text),
      fc.constantFrom(sampleKeys.rsa2048, sampleKeys.nistp256, sampleKeys.nistp384, sampleKeys.nistp521),
    );
    const word = fc.stringMatching(/^[a-z@.,-]{1,12}$/);
    const entry = fc.record({ text: keys, first: blanks, second: blanks, words: fc.tuple(word, word), third: blanks });
    inDirectory((directory) => {
      const file = join(directory, "keys.pub");
      fc.assert(
        fc.property(fc.array(entry, { minLength: 5, maxLength: 20 }), (entries) => {
          const lines = entries.map(({ text, first, second, words, third }) =>
            [text.replace(" ", first), second, words.join(third)].join(""),
          );
          writeFileSync(file, `${lines.join("\n")}\n`);
          const read = execFileSync("ssh-keygen", ["-lf", file], { encoding: "utf8" }).trimEnd().split("\n");
          const ours = lines.map((line) => parsePublicKey(line).key);
          expect(ours.map((key) => key?.fingerprint)).to.deep.equal(read.map((line) => line.split(" ")[1]));
          ours.forEach((key, index) => {
            const theirs = read[index]?.replaceAll("\t", " ").replaceAll("\\t", " ");
            expect(theirs).to.include(` ${key?.comment ?? ""} (`);
          });
        }),
        { numRuns: 20 },
      );
    });
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

/** An ssh-rsa key of a modulus, which is given as an mpint. */
function rsaKey(modulus: Buffer, exponent = [1, 0, 1]): string {
  return `ssh-rsa ${sshBlob(Buffer.from("ssh-rsa"), Buffer.from(exponent), modulus).toString("base64")}`;
}

function edwardsKey(point: Buffer): string {
  return `ssh-ed25519 ${sshBlob(Buffer.from("ssh-ed25519"), point).toString("base64")}`;
}

function sshBlob(...strings: Buffer[]): Buffer {
  return Buffer.concat(
    strings.flatMap((string) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(string.length);
      return [length, string];
    }),
  );
}

function identityOfText(text: string): string {
  const { key } = parsePublicKey(text);
  expect(key).to.not.equal(undefined);
  return key === undefined ? "" : identityOf(key);
}

function fingerprintBySshKeygen(file: string): string | undefined {
  return execFileSync("ssh-keygen", ["-lf", file], { encoding: "utf8" }).split(" ")[1];
}
