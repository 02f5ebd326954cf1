import { isIPv4, isIPv6 } from "node:net";
import { quoted } from "./quote";

/** A range in its one spelling, or what is wrong with it and what would be right, to be read after the range. */
export type ReadCidr =
  { readonly range: string; readonly fault?: undefined } | { readonly range?: undefined; readonly fault: string };

/** How many ranges a tenant may have: more are a network of its own, and each login looks at all of them. */
export const maxRanges = 100;

const example = "as 203.0.113.0/24 or 2001:db8:1::/48";

/** IPv4 within IPv6. Source: RFC 4291, 2.5.5.2. */
const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * A range of addresses that a tenant may come from; not every address, which would restrict nothing.
 * @returns A fault that names the key.
 */
export function readTenantRange(text: string): ReadCidr {
  const { range, fault } = readCidr(text);
  if (fault !== undefined) {
    return { fault: `allowedCidrs ${quoted(text)} ${fault}` };
  }
  return range.endsWith("/0")
    ? { fault: `${text} stands for every address; leave "allowedCidrs" out where nothing is restricted` }
    : { range };
}

/**
 * A range of addresses in CIDR notation, IPv4 or IPv6. The part behind the prefix must be zero, so that what a reviewer reads is
 * what is let in. Given back in its canonical spelling (RFC 5952), so that the same range has the same text.
 */
export function readCidr(text: string): ReadCidr {
  const [, written = "", bits] = /^([0-9A-Fa-f.:]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = canonicalAddress(written);
  const width = isIPv4(written) ? 32 : 128;
  if (address === undefined || Number(bits ?? 0) > width) {
    return { fault: `is not allowed: a range of addresses, ${example}` };
  }
  if (bits === undefined) {
    return { fault: `is one address; write ${address}/${width}` };
  }
  const prefix = Number(bits);
  const network = networkOf(address, prefix, width);
  const [, high, low] = mapped.exec(address) ?? [];
  if (high !== undefined && low !== undefined) {
    const embedded = textOf(BigInt(`0x${high.padStart(4, "0")}${low.padStart(4, "0")}`), 32);
    const right =
      prefix < 97 ? `a range of addresses, ${example}` : `${networkOf(embedded, prefix - 96, 32)}/${prefix - 96}`;
    return { fault: `holds IPv4 addresses in the form of IPv6; write ${right}` };
  }
  return network === address
    ? { range: `${address}/${prefix}` }
    : { fault: `has more than its first ${prefix} bits set; write ${network}/${prefix}` };
}

/** Whether two ranges have an address in common. @param one In its canonical spelling, as the other. */
export function overlap(one: string, other: string): boolean {
  const [[address = "", bits], [otherAddress = "", otherBits]] = [one.split("/"), other.split("/")];
  if (isIPv4(address) !== isIPv4(otherAddress)) {
    return false;
  }
  const [prefix, width] = [Math.min(Number(bits), Number(otherBits)), isIPv4(address) ? 32 : 128];
  return networkOf(address, prefix, width) === networkOf(otherAddress, prefix, width);
}

/** Undefined for what is no address. */
function canonicalAddress(text: string): string | undefined {
  if (isIPv4(text)) {
    return text;
  }
  // The WHATWG URL parser writes IPv6 as RFC 5952 says.
  return isIPv6(text) ? new URL(`http://[${text}]`).hostname.slice(1, -1) : undefined;
}

/** Whether every address of the second range is in the first one; not where either is no range. */
export function covers(outer: string, inner: string): boolean {
  const [one, other] = [outer, inner].map((text) => readCidr(text).range);
  return one !== undefined && other !== undefined && overlap(one, other) && prefixOf(one) <= prefixOf(other);
}

/** @param range In its canonical spelling. */
function prefixOf(range: string): number {
  return Number(range.slice(range.indexOf("/") + 1));
}

function networkOf(address: string, prefix: number, width: number): string {
  const host = BigInt(width - prefix);
  return textOf((numberOf(address) >> host) << host, width);
}

/** @param address In its canonical spelling. */
function numberOf(address: string): bigint {
  if (isIPv4(address)) {
    return address.split(".").reduce((number, part) => (number << 8n) | BigInt(part), 0n);
  }
  const [left = [], right = []] = address.split("::").map((side) => side.split(":").filter((group) => group !== ""));
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right];
  return groups.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

function textOf(number: bigint, width: number): string {
  const part = (size: number, index: number) =>
    (number >> BigInt(width - size * (index + 1))) & ((1n << BigInt(size)) - 1n);
  if (width === 32) {
    return [0, 1, 2, 3].map((index) => String(part(8, index))).join(".");
  }
  const groups = Array.from({ length: 8 }, (_, index) => part(16, index).toString(16));
  return canonicalAddress(groups.join(":")) ?? "";
}
