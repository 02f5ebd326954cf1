import { expect } from "chai";
import fc from "fast-check";
import { readAddress, rangeMatcher } from "../../iam/addressRange";

/** Whether an address lies in a range; both must be readable. */
function within(address: string, range: string): boolean {
  return rangeMatcher(range)!(readAddress(address)!);
}

const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));

const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 });

const hexadecimal = (group: number) => group.toString(16);

describe("an address range", () => {
  for (const [range, inside, outside] of [
    ["203.0.113.0/24", ["203.0.113.0", "203.0.113.255"], ["203.0.112.255", "203.0.114.0"]],
    ["203.0.113.7", ["203.0.113.7"], ["203.0.113.6", "203.0.113.8"]],
    ["203.0.113.7/32", ["203.0.113.7"], ["203.0.113.8"]],
    ["0.0.0.0/0", ["0.0.0.0", "255.255.255.255"], ["2001:db8::1", "::1"]],
    ["10.0.0.0/7", ["10.1.2.3", "11.255.255.255"], ["9.255.255.255", "12.0.0.0"]],
    ["2001:db8::/32", ["2001:db8::", "2001:DB8:ffff:ffff:ffff:ffff:ffff:ffff"], ["2001:db7:ffff::", "2001:db9::"]],
    ["2001:db8::1", ["2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001"], ["2001:db8::2"]],
    ["2001:db8::/127", ["2001:db8::1"], ["2001:db8::2"]],
    ["::/0", ["::", "2001:db8::1"], ["203.0.113.7", "::ffff:203.0.113.7"]],
    ["::ffff:203.0.113.0/120", ["203.0.113.9", "::ffff:203.0.113.9"], ["203.0.114.9", "2001:db8::1"]],
  ] as const) {
    it(`${range} holds ${inside.join(" and ")}, and not ${outside.join(" nor ")}`, () => {
      expect(inside.filter((address) => !within(address, range))).to.deep.equal([]);
      expect(outside.filter((address) => within(address, range))).to.deep.equal([]);
    });
  }

  it("takes IPv4 in every spelling of IPv6 for IPv4", () => {
    for (const spelling of [
      "::ffff:203.0.113.7",
      "::FFFF:203.0.113.7",
      "::ffff:cb00:7107",
      "0:0:0:0:0:ffff:cb00:7107",
      "0000:0000:0000:0000:0000:FFFF:203.0.113.7",
    ]) {
      expect(within(spelling, "203.0.113.0/24"), spelling).to.equal(true);
      expect(within(spelling, "203.0.112.0/24"), spelling).to.equal(false);
    }
  });

  it("decides the same for whatever spelling, as arithmetic does", () => {
    fc.assert(
      fc.property(octets, octets, fc.nat(32), (address, start, bits) => {
        const number = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
        const same = number(address) >> BigInt(32 - bits) === number(start) >> BigInt(32 - bits);
        const [a = 0, b = 0, c = 0, d = 0] = address;
        const range = `${start.join(".")}/${bits}`;
        expect(within(address.join("."), range)).to.equal(same);
        expect(within(`::ffff:${hexadecimal(a * 256 + b)}:${hexadecimal(c * 256 + d)}`, range)).to.equal(same);
      }),
    );
    fc.assert(
      fc.property(groups, groups, fc.nat(128), (address, start, bits) => {
        // Not IPv4 in disguise, which lies in other ranges.
        const [one, other] = [address.with(0, 0x2001), start.with(0, 0x2001)];
        const number = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 65536n + BigInt(part), 0n);
        const same = number(one) >> BigInt(128 - bits) === number(other) >> BigInt(128 - bits);
        const range = `${other.map(hexadecimal).join(":")}/${bits}`;
        expect(within(one.map(hexadecimal).join(":"), range)).to.equal(same);
        expect(within(one.map((group) => hexadecimal(group).padStart(4, "0").toUpperCase()).join(":"), range)).to.equal(
          same,
        );
      }),
    );
  });

  it("is not read from anything else", () => {
    for (const text of [
      "",
      "/24",
      "203.0.113.0/",
      "203.0.113.0/33",
      "203.0.113.0/-1",
      "203.0.113.0/24/24",
      "203.0.113/24",
      "203.0.113.0 /24",
      "0203.0.113.0/24",
      "2001:db8::/129",
      "::ffff:203.0.113.0/95",
      "fe80::1%eth0/64",
      "example.com/24",
      "203.0.113.0/0x18",
    ]) {
      expect(rangeMatcher(text), text).to.equal(undefined);
    }
  });
});

describe("an address", () => {
  it("is not read from anything else", () => {
    for (const text of [
      "",
      " 203.0.113.7",
      "203.0.113.7\n",
      "203.0.113.256",
      "010.0.0.1",
      "[::1]",
      "::1%lo",
      "203.0.113.7:22",
    ]) {
      expect(readAddress(text), text).to.equal(undefined);
    }
  });
});
