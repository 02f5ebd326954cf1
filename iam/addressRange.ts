import { BlockList, isIPv4, isIPv6, SocketAddress } from "node:net";

/** An IP address in the one spelling that is compared. */
export interface Address {
  readonly family: "ipv4" | "ipv6";
  readonly text: string;
}

/** An IPv4 address, as a canonical IPv6 address wraps it (RFC 4291, section 2.5.5.2), and how many bits stand before it. */
const mappedIPv4 = /^::ffff:([\d.]+)$/;
const bitsBeforeMapped = 96;

/**
 * Reads an address in any spelling; one of IPv4 that is written as IPv6 (`::ffff:203.0.113.7`) is of IPv4. Undefined for
 * anything else, and for an address with a zone, which names no place outside its own link.
 */
export function readAddress(text: string): Address | undefined {
  if (isIPv4(text)) {
    return { family: "ipv4", text };
  }
  if (!isIPv6(text) || text.includes("%")) {
    return undefined;
  }
  const canonical = new SocketAddress({ address: text, family: "ipv6" }).address;
  const [, inner] = mappedIPv4.exec(canonical) ?? [];
  return inner === undefined ? { family: "ipv6", text: canonical } : { family: "ipv4", text: inner };
}

/** Tells whether an address lies in a range. */
export type AddressRange = (address: Address) => boolean;

/**
 * Reads `203.0.113.0/24`, `2001:db8::/32`, or one address alone. Undefined for what is no range. Addresses of the other
 * family lie in none, not even in `::/0`.
 */
export function rangeMatcher(text: string): AddressRange | undefined {
  const [, start = "", length] = /^([\d.:a-f]+)(?:\/(0|[1-9]\d{0,2}))?$/i.exec(text) ?? [];
  const first = readAddress(start);
  if (first === undefined) {
    return undefined;
  }
  const longest = first.family === "ipv4" ? 32 : 128;
  const isMapped = first.family === "ipv4" && !isIPv4(start);
  const bits = length === undefined ? longest : Number(length) - (isMapped ? bitsBeforeMapped : 0);
  if (bits < 0 || bits > longest) {
    return undefined;
  }
  const range = new BlockList();
  range.addSubnet(first.text, bits, first.family);
  return ({ family, text }) => family === first.family && range.check(text, family);
}
