import type { Endpoint } from "../../settings/endpoint";
import { outputOf, resource, type ExpectedResource } from "./expectedResource";

/** What of the settings decides where the server listens, and who gets as far as its port. */
export interface NetworkSettings {
  readonly endpoint: Endpoint;
  readonly zones: number;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly addressAllocationIds: readonly string[];
  readonly allowedCidrs: readonly string[];
}

/** The server's inputs by which it listens there, the security group before its port among them. */
export function listeningAt(name: string, settings: NetworkSettings): ExpectedResource["inputs"] {
  const { endpoint, zones, vpcId, subnetIds, addressAllocationIds: given } = settings;
  if (endpoint === "public") {
    return { endpointType: "PUBLIC" };
  }
  const isOwn = vpcId === "";
  const made = Array.from({ length: zones }, (_, index) =>
    outputOf("address", `${name}-zone-${index + 1}`, "allocationId"),
  );
  const addresses = { addressAllocationIds: given.length > 0 ? [...given].sort() : made };
  return {
    endpointType: "VPC",
    endpointDetails: {
      vpcId: isOwn ? outputOf("vpc", name, "vpcId") : vpcId,
      subnetIds: isOwn ? outputOf("vpc", name, "publicSubnetIds") : [...subnetIds].sort(),
      securityGroupIds: [outputOf("securityGroup", name, "id")],
      ...(endpoint === "vpc" ? addresses : {}),
    },
  };
}

/** Who gets to the port of a server that is not public. */
export function entrances(name: string, { endpoint, allowedCidrs }: NetworkSettings): ExpectedResource[] {
  if (endpoint === "public") {
    return [];
  }
  const securityGroupId = outputOf("securityGroup", name, "id");
  const port = { ipProtocol: "tcp", fromPort: 22, toPort: 22 };
  return [
    resource("securityGroup", name, {}),
    ...allowedCidrs.map((range) => {
      const source = range.includes(":") ? { cidrIpv6: range } : { cidrIpv4: range };
      return resource("entrance", `${name}-${range}`, { securityGroupId, ...port, ...source });
    }),
  ];
}
