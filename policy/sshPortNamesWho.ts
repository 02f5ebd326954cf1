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
  description: "No security group opens port 22, which a Transfer server in a VPC listens at, to every address.",
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
    if (rules.some((rule) => isAtSshPort(rule) && isForEverybody(rule))) {
      yield `${resource.label} opens port 22 to every address. Name the ranges of partners, as \`allowedCidrs\` does; a rule for 0.0.0.0/0 or ::/0 is for the whole internet.`;
    }
  },
};

/** Without ports a rule is for all of them. */
function isAtSshPort(rule: unknown): boolean {
  const [from, to] = [member(rule, "fromPort") ?? 0, member(rule, "toPort") ?? 0].map(Number);
  return (from === 0 && to === 0) || (Number(from) <= sshPort && Number(to) >= sshPort);
}

function isForEverybody(rule: unknown): boolean {
  const ranges = [...elements(member(rule, "cidrBlocks")), ...elements(member(rule, "ipv6CidrBlocks"))];
  return ranges.some((range) => typeof range === "string" && range.endsWith("/0"));
}
