import type { Rule } from "./rule";
import { elements, member, type SeenResource } from "./seenResource";

const entranceTypes = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
] as const;

type EntranceType = (typeof entranceTypes)[number];

const sshPort = 22;

/** Whoever gets to the port may guess there; a list of partners' ranges keeps everybody else from trying. */
export const sshPortNamesWho: Rule<EntranceType> = {
  name: "ssh-port-names-who-gets-there",
  description:
    "No security group opens port 22, which a Transfer server in a VPC listens at, to every address, nor to a range that is wider than any partner's.",
  enforcementLevel: "advisory",
  subjects: entranceTypes,
  *check(resource) {
    const wide = rulesOf(resource).filter(isAtSshPort).flatMap(rangesOf).find(isForStrangers);
    if (wide !== undefined) {
      yield `${resource.label} opens port 22 to ${wide}. Name the ranges of partners, as \`allowedCidrs\` does; no partner has a range wider than /8 of IPv4 or /16 of IPv6; 0.0.0.0/0 or ::/0 is the whole internet.`;
    }
  },
};

/** The rules of a group for who comes in, or the one rule that a resource is, in the words of groups. */
function rulesOf(resource: SeenResource<EntranceType>): readonly unknown[] {
  if (resource.type.endsWith("SecurityGroup")) {
    return elements(resource.at("ingress").known());
  }
  const said = (name: Parameters<typeof resource.at>[0]) => resource.at(name).known();
  if (said("type") === "egress") {
    return [];
  }
  const rule = {
    protocol: said("protocol") ?? said("ipProtocol"),
    fromPort: said("fromPort"),
    toPort: said("toPort"),
    cidrBlocks: [...elements(said("cidrBlocks")), said("cidrIpv4"), said("cidrIpv6")],
    ipv6CidrBlocks: said("ipv6CidrBlocks"),
  };
  return [rule];
}

/** A rule for every protocol is for every port; SSH is spoken over TCP, of which 6 is the number. */
function isAtSshPort(rule: unknown): boolean {
  const protocol = String(member(rule, "protocol")).toLowerCase();
  const [from, to] = [member(rule, "fromPort") ?? 0, member(rule, "toPort") ?? 65_535].map(Number);
  const isOpen = Number(from) <= sshPort && Number(to) >= sshPort;
  return ["-1", "all"].includes(protocol) || (["tcp", "6"].includes(protocol) && isOpen);
}

function rangesOf(rule: unknown): string[] {
  const ranges = [...elements(member(rule, "cidrBlocks")), ...elements(member(rule, "ipv6CidrBlocks"))];
  return ranges.filter((range) => typeof range === "string");
}

/**
 * Whether a range is wider than any owner's: several such are the whole internet in other words. Source: IANA's registries of
 * address space, of which an owner has blocks of /8 of IPv4 at most, and of IPv6 smaller ones than /16.
 */
function isForStrangers(range: string): boolean {
  const bits = Number(range.slice(range.indexOf("/") + 1));
  return range.includes("/") && bits < (range.includes(":") ? 16 : 8);
}
