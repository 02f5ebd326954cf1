import { expect } from "chai";
import {
  drawPassword,
  hashPassword,
  matchOf,
  newSalt,
  readCredentials,
  withPassword,
  type Credentials,
} from "../../../functions/identity-provider/credentials";
import { hashOnce, matches } from "./provider";

const at = "2026-11-25T12:00:00.000Z";
const later = "2026-12-01T00:00:00.000Z";
const password = "right-horse";
const stored = { tenant: "acme", password, by: "arn:aws:iam::111122223333:user/ops", at };

/** A moment so many milliseconds from another one. */
function shifted(time: string, milliseconds: number): Date {
  return new Date(Date.parse(time) + milliseconds);
}

describe("credentials", () => {
  let item: Credentials;

  before(async () => {
    item = await withPassword(undefined, stored);
  });

  describe("a drawn password", () => {
    it("is seven groups of four characters that nobody takes for one another", () => {
      for (let draw = 0; draw < 1_000; draw += 1) {
        expect(drawPassword()).to.match(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){6}$/);
      }
    });

    it("takes each character about equally often, so that it holds 138 bits", () => {
      const drawn = Array.from({ length: 1_000 }, drawPassword).join("").replaceAll("-", "");
      const counts = new Map<string, number>();
      for (const character of drawn) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
      expect(counts.size).to.equal(31);
      expect(28 * Math.log2(31)).to.be.above(138);
      // 28,000 draws of 31: 903 expected, standard deviation 30.
      expect(Math.min(...counts.values())).to.be.above(903 - 8 * 30);
      expect(Math.max(...counts.values())).to.be.below(903 + 8 * 30);
    });

    it("is never drawn twice, nor is a salt", () => {
      expect(new Set(Array.from({ length: 1_000 }, drawPassword)).size).to.equal(1_000);
      expect(new Set(Array.from({ length: 1_000 }, newSalt)).size).to.equal(1_000);
    });
  });

  it("hash by scrypt with N=2^15, r=8, p=1 to 32 bytes", async () => {
    const salt = Buffer.alloc(16, 1).toString("base64");
    // Python: hashlib.scrypt(b"right-horse", salt=b"\x01" * 16, n=2**15, r=8, p=1, maxmem=2**26, dklen=32)
    const hash = await hashPassword(password, salt);
    expect(hash.toString("hex")).to.equal("ba5f8c2bb5c346116052c0d370016b5a3a215e9ca0a3981834cd58d2952ed355");
  });

  it("can be read back as they are stored, and hold no password", () => {
    expect(readCredentials(JSON.parse(JSON.stringify(item)))).to.deep.equal(item);
    expect(JSON.stringify(item)).not.to.contain(password);
    expect(readCredentials({ tenant: "acme" })).to.deep.equal({ tenant: "acme" });
  });

  it("match their password and no other", async () => {
    expect(await matches(item, password, new Date(at))).to.equal(true);
    for (const other of ["", "right-hors", "right-horse ", "Right-horse"]) {
      expect(await matches(item, other, new Date(at)), JSON.stringify(other)).to.equal(false);
    }
    expect(await matches({ tenant: "acme" }, password, new Date(at))).to.equal(false);
  });

  it("have fresh salts: one password has another hash at another tenant", async () => {
    const other = await withPassword(undefined, { ...stored, tenant: "globex" });
    expect(other.hashes?.[0]?.hash).not.to.equal(item.hashes?.[0]?.hash);
  });

  describe("a new password", () => {
    const next = { ...stored, password: "next", at: "2026-11-26T00:00:00.000Z" };
    let overlapping: Credentials;

    before(async () => {
      overlapping = await withPassword(item, { ...next, overlapUntil: later });
    });

    it("ends the one before it at once", async () => {
      const rotated = await withPassword(item, next);
      expect(rotated.hashes).to.have.length(1);
      expect(rotated.scrypt?.salt).not.to.equal(item.scrypt?.salt);
      expect(await matches(rotated, password, new Date(next.at))).to.equal(false);
      expect(await matches(rotated, "next", new Date(next.at))).to.equal(true);
    });

    it("leaves the one before it until a moment that is itself outside", async () => {
      const hashOf = (text: string) => hashOnce(text, overlapping.scrypt?.salt ?? "");
      const [old, fresh] = [await hashOf(password), await hashOf("next")];
      expect(matchOf(old, overlapping, shifted(later, -1))).to.equal("valid");
      expect(matchOf(old, overlapping, shifted(later, 0))).to.equal("expired");
      expect(matchOf(fresh, overlapping, shifted(later, 0))).to.equal("valid");
      expect(readCredentials(overlapping)).to.deep.equal(overlapping);
    });

    it("does not lengthen the life of the one before it", async () => {
      const ending = await withPassword(undefined, { ...stored, until: "2026-11-27T00:00:00.000Z" });
      const rotated = await withPassword(ending, { ...next, overlapUntil: later });
      expect(rotated.hashes?.map(({ until }) => until)).to.deep.equal([undefined, "2026-11-27T00:00:00.000Z"]);
    });

    it("drops what has ended, and all but the newest", async () => {
      const ended = await withPassword(undefined, { ...stored, until: next.at });
      expect((await withPassword(ended, { ...next, overlapUntil: later })).hashes).to.have.length(1);
      const three = await withPassword(overlapping, { ...next, password: "third", overlapUntil: later });
      expect(three.hashes).to.have.length(2);
      expect(await matches(three, password, new Date(next.at))).to.equal(false);
      expect(await matches(three, "next", new Date(next.at))).to.equal(true);
    });

    it("ends at a moment that is itself outside", async () => {
      const ending = await withPassword(undefined, { ...stored, until: later });
      expect(await matches(ending, password, shifted(later, -1))).to.equal(true);
      expect(await matches(ending, password, shifted(later, 0))).to.equal(false);
    });

    it("does not undo a stop", async () => {
      const stopped = { by: "ops", at };
      expect((await withPassword({ ...item, stopped }, next)).stopped).to.deep.equal(stopped);
    });

    it("is not stored with another tenant's item", async () => {
      const error = await withPassword(item, { ...next, tenant: "globex" }).catch((thrown: unknown) => thrown);
      expect(error).to.have.property("message", 'the credentials are those of "acme", not of "globex"');
    });
  });

  describe("that are not as they should be are refused, with the place and without a value:", () => {
    const hash = Buffer.alloc(32, 7).toString("base64");
    const good = {
      tenant: "acme",
      scrypt: { N: 32768, r: 8, p: 1, salt: newSalt() },
      hashes: [{ hash, by: "ops", at }],
    };

    it("(they are accepted without the fault)", () => {
      expect(readCredentials(good)).to.deep.equal(good);
    });

    for (const [what, fault, place] of [
      ["no object", "acme", "its beginning"],
      ["no tenant", { ...good, tenant: undefined }, "tenant"],
      ["an empty tenant", { ...good, tenant: "" }, "tenant"],
      ["a lower cost", { ...good, scrypt: { ...good.scrypt, N: 16384 } }, "scrypt.N"],
      ["a cost that would take an hour", { ...good, scrypt: { ...good.scrypt, N: 2 ** 30 } }, "scrypt.N"],
      ["another block size", { ...good, scrypt: { ...good.scrypt, r: 16 } }, "scrypt.r"],
      ["another parallelism", { ...good, scrypt: { ...good.scrypt, p: 2 } }, "scrypt.p"],
      ["a short salt", { ...good, scrypt: { ...good.scrypt, salt: "AAAA" } }, "scrypt.salt"],
      ["hashes without parameters", { ...good, scrypt: undefined }, "scrypt"],
      ["three hashes", { ...good, hashes: [1, 2, 3].map(() => good.hashes[0]) }, "hashes"],
      ["a hash cut short", { ...good, hashes: [{ ...good.hashes[0], hash: hash.slice(0, 40) }] }, "hashes.0.hash"],
      ["an empty hash", { ...good, hashes: [{ ...good.hashes[0], hash: "" }] }, "hashes.0.hash"],
      ["a hash that is no base64", { ...good, hashes: [{ ...good.hashes[0], hash: "é".repeat(44) }] }, "hashes.0.hash"],
      ["an end that is no time", { ...good, hashes: [{ ...good.hashes[0], until: "soon" }] }, "hashes.0.until"],
      ["an end that is a number", { ...good, hashes: [{ ...good.hashes[0], until: 1 }] }, "hashes.0.until"],
      ["a stop that is a text", { ...good, stopped: "yes" }, "stopped"],
      ["a stop without a name", { ...good, stopped: { at } }, "stopped.by"],
      ["what nobody knows", { ...good, role: "arn:aws:iam::111122223333:role/admin" }, "its beginning"],
    ] as const) {
      it(what, () => {
        expect(() => readCredentials(fault)).to.throw(new RegExp(`^the credentials cannot be read at ${place}$`));
      });
    }
  });
});
