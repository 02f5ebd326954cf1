import { BlockList, isIP } from "node:net";

/**
 * Networks that lead to no public host. Source: IANA IPv4 Special-Purpose Address Registry, those not globally reachable;
 * of IANA's IPv6 registry, those within global unicast that embed IPv4 addresses.
 */
const notPublicNetworks: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16], // the metadata of EC2 and containers among it
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
  ["2001::", 32],
  ["2002::", 16],
];

/** Names that mean something in one network alone. Source: RFC 6761, RFC 6762, RFC 8375, and ICANN's `.internal`. */
const localNames = /(^|\.)(localhost|local|internal|home\.arpa|test|invalid)$/;

const notPublic = new BlockList();
for (const [network, prefix] of notPublicNetworks) {
  notPublic.addSubnet(network, prefix, familyOf(network));
}
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/**
 * What keeps SNS from reaching a host over the internet, or should: undefined for a public one. Where a public name leads
 * cannot be told here; SNS calls from networks of its own, from which neither ours nor its metadata can be reached.
 * @param hostname As the WHATWG URL parser gives it: in lower case, IPv4 in its four parts, IPv6 in brackets.
 */
export function faultOfHost(hostname: string): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const isPublic = isIP(host) === 0 ? host.includes(".") && !localNames.test(host) : isPublicAddress(host);
  return isPublic ? undefined : `${host} is no public host, and SNS calls over the internet`;
}

function isPublicAddress(address: string): boolean {
  const family = familyOf(address);
  return !notPublic.check(address, family) && (family === "ipv4" || globalUnicast.check(address, family));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}
