import type { Rule } from "./rule";
import { elements, member } from "./seenResource";

const entranceTypes = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:ec2/securityGroup:SecurityGroup",
] as const;

const sshPort = 22;

/** Whoever gets to the port may guess there; a list of partners' ranges keeps everybody else from trying. */
export const sshPortNamesWho: Rule<(typeof entranceTypes)[number]> = {
  name: "ssh-port-names-who-gets-there",
  description:
    "No security group opens port 22, which a Transfer server in a VPC listens at, to every address, nor to a range that is wider than any partner's.",
  enforcementLevel: "advisory",
  subjects: entranceTypes,
  *check(resource) {
    const rules = resource.type.endsWith(":SecurityGroup")
      ? elements(resource.at("ingress").known())
      : [
          {
            fromPort: resource.at("fromPort").known(),
            toPort: resource.at("toPort").known(),
            cidrBlocks: [resource.at("cidrIpv4").known(), resource.at("cidrIpv6").known()],
          },
        ];
    const wide = rules.filter(isAtSshPort).flatMap(rangesOf).find(isForStrangers);
    if (wide !== undefined) {
      yield `${resource.label} opens port 22 to ${wide}. Name the ranges of partners, as \`allowedCidrs\` does; no partner has a range wider than /8 of IPv4 or /16 of IPv6; 0.0.0.0/0 or ::/0 is the whole internet.`;
    }
  },
};

/** Without ports a rule is for all of them. */
function isAtSshPort(rule: unknown): boolean {
  const [from, to] = [member(rule, "fromPort") ?? 0, member(rule, "toPort") ?? 0].map(Number);
  return (from === 0 && to === 0) || (Number(from) <= sshPort && Number(to) >= sshPort);
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
