import { partitionOf } from "../iam/arn";
import { defaultAuthentication } from "../tenancy/signIn";
import { faultOfKeyIn } from "./encryption";
import { defaultZones } from "./endpoint";
import { faultOfHalves } from "./hostKey";
import { faultOfSecurityPolicyIn } from "./securityPolicy";
import { settings, type Settings } from "./table";

/** Two settings that are sound each by itself, and that AWS may not take together. */
interface Combination {
  /** The one whose place a message bears. */
  readonly about: keyof Settings;
  /** The other one, whose place stands in the message. */
  readonly beside: keyof Settings;
  /** Why AWS refuses these two, and what would be right; undefined: it does not. */
  readonly reason: (settings: Settings) => string | undefined;
}

const noAddresses = "a public endpoint has AWS's addresses and lets everybody in; leave the first out, or say vpc";
const needsBoth = "a VPC is given with its subnets; give both, or neither";

/** Every combination that is refused. A further one is a row. */
export const combinations: readonly Combination[] = [
  refuse("securityPolicy", "region", ({ securityPolicy, region }) => faultOfSecurityPolicyIn(securityPolicy, region)),
  refuse("authentication", "identityProvider", ({ authentication, identityProvider }) =>
    when(
      identityProvider === "service-managed" && authentication !== defaultAuthentication,
      "such a server takes keys alone; leave the first out, or let the second be lambda",
    ),
  ),
  ...(["identityProviderMemory", "identityProviderTimeoutSeconds", "identityProviderConcurrency"] as const).map(
    (about) =>
      refuse(about, "identityProvider", ({ identityProvider, [about]: value }) =>
        when(
          identityProvider === "service-managed" && value !== settings[about].default,
          "such a server asks no function; leave the first out, or let the second be lambda",
        ),
      ),
  ),
  refuse("hostKey", "hostKeyPublic", ({ hostKey, hostKeyPublic }) =>
    when(hostKey !== "" && hostKeyPublic === "", "partners pin the public half; give both"),
  ),
  refuse("hostKeyPublic", "hostKey", ({ hostKey, hostKeyPublic }) =>
    when(
      hostKey === "" && hostKeyPublic !== "",
      "the server has it with its private half alone; give both, or neither",
    ),
  ),
  refuse("hostKeyPublic", "hostKey", ({ hostKey, hostKeyPublic }) => faultOfHalves(hostKey, hostKeyPublic)),
  refuse("permissionsBoundary", "region", ({ permissionsBoundary, region }) =>
    when(
      permissionsBoundary !== "" && !permissionsBoundary.startsWith(`arn:${partitionOf(region)}:`),
      `a policy of another partition bounds no role; here ARNs begin with arn:${partitionOf(region)}:`,
    ),
  ),
  refuse("endpoint", "region", ({ endpoint, region }) =>
    when(
      endpoint === "public" && region.startsWith("us-gov-"),
      "GovCloud has no public endpoints; say vpc or internal",
    ),
  ),
  refuse("zones", "endpoint", ({ zones, endpoint }) =>
    when(endpoint === "public" && zones !== defaultZones, noAddresses),
  ),
  refuse("vpcId", "endpoint", ({ vpcId, endpoint }) => when(endpoint === "public" && vpcId !== "", noAddresses)),
  refuse("subnetIds", "endpoint", ({ subnetIds, endpoint }) =>
    when(endpoint === "public" && subnetIds.length > 0, noAddresses),
  ),
  refuse("allowedCidrs", "endpoint", ({ allowedCidrs, endpoint }) =>
    when(endpoint === "public" && allowedCidrs.length > 0, noAddresses),
  ),
  refuse("addressAllocationIds", "endpoint", ({ addressAllocationIds, endpoint }) =>
    when(addressAllocationIds.length > 0 && endpoint !== "vpc", "a vpc endpoint alone has Elastic IPs"),
  ),
  refuse("subnetIds", "vpcId", ({ subnetIds, vpcId }) => when(subnetIds.length > 0 !== (vpcId !== ""), needsBoth)),
  refuse("subnetIds", "zones", ({ subnetIds, zones }) =>
    when(![0, zones].includes(subnetIds.length), oneForEach("subnet")),
  ),
  refuse("addressAllocationIds", "zones", ({ addressAllocationIds, zones }) =>
    when(![0, zones].includes(addressAllocationIds.length), oneForEach("Elastic IP")),
  ),
  refuse("dualStack", "endpoint", ({ dualStack, endpoint }) =>
    when(
      dualStack && endpoint === "vpc",
      "Elastic IPs have IPv4 alone; leave the first out, or say public or internal",
    ),
  ),
  refuse("dualStack", "vpcId", ({ dualStack, endpoint, vpcId }) =>
    when(
      dualStack && endpoint === "internal" && vpcId === "",
      "the VPC that is made here has no IPv6; give one that has, with its subnets",
    ),
  ),
  refuse("kmsKeyArn", "region", ({ kmsKeyArn, region }) => faultOfKeyIn(kmsKeyArn, region)),
  refuse("hostname", "endpoint", ({ hostname, endpoint }) =>
    when(
      hostname !== "" && endpoint === "internal",
      "an internal endpoint takes no host name of its own; leave the first out, and give the endpoint's name in your DNS",
    ),
  ),
  refuse("hostedZoneId", "hostname", ({ hostedZoneId, hostname }) =>
    when(hostedZoneId !== "" && hostname === "", "the record in the hosted zone bears the host name; give both"),
  ),
];

/** The settings that a row reads may be fewer than all: it is asked where those are sound. */
function refuse(
  about: keyof Settings,
  beside: keyof Settings,
  reason: (settings: Settings) => string | undefined,
): Combination {
  return { about, beside, reason };
}

function when(isRefused: boolean, reason: string): string | undefined {
  return isRefused ? reason : undefined;
}

function oneForEach(what: string): string {
  return `there is one ${what} for each zone; let their numbers be the same`;
}
