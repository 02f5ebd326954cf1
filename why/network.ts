import type { Inventory } from "../inventory/inventory";
import { blockOf, resourcesOf, valueOf } from "../inventory/resources";

/**
 * The ranges of addresses that get as far as a server within a VPC, by the deployment's security groups. Undefined where
 * everybody does, or the deployment does not say.
 */
export function rangesOfNetwork({ deployment, servers }: Inventory, serverId: string): readonly string[] | undefined {
  const server = servers.find(({ id }) => id === serverId)?.resource;
  const groups = server && blockOf(server, "endpointDetails")["securityGroupIds"];
  if (!Array.isArray(groups)) {
    return undefined;
  }
  const known = new Set(resourcesOf(deployment, "aws:ec2/securityGroup:SecurityGroup").map(({ id }) => id));
  if (groups.some((id) => !known.has(id as string))) {
    return undefined;
  }
  return resourcesOf(deployment, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    .filter((rule) => groups.includes(valueOf(rule, "securityGroupId")))
    .flatMap((rule) => [valueOf(rule, "cidrIpv4"), valueOf(rule, "cidrIpv6")])
    .filter((range) => typeof range === "string");
}
