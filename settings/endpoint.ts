import { readCidr } from "../tenancy/cidr";
import { listed } from "../tenancy/quote";
import type { AnySetting } from "./setting";

/** Where a server listens: at AWS's own addresses, at fixed ones in a VPC, or within a VPC alone. */
export const endpoints = ["public", "vpc", "internal"] as const;
export type Endpoint = (typeof endpoints)[number];

/** What the settings of a public endpoint are, which has no use for them. */
export const defaultZones = 2;

/** Subnets and Elastic IPs of an endpoint. Source: Transfer Family User Guide, "Create a server in a virtual private cloud". */
const zonesBounds = { least: 1, most: 3 };

/** Source: Amazon VPC quotas, "Inbound or outbound rules per security group": of each family of addresses. */
const mostRules = 60;

/** Names that AWS draws. Source: EC2's and Route 53's API references; older ids have eight digits. */
const vpcId = /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/;
const subnetId = /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/;
const allocationId = /^eipalloc-([0-9a-f]{8}|[0-9a-f]{17})$/;
const hostedZoneId = /^Z[A-Z0-9]{1,31}$/;

/** A host name in small letters, of two labels at least. Source: RFC 1123, 2.1; RFC 1035, 2.3.4 for the lengths. */
const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The settings that say where partners find the server, and who gets as far as its port. */
export const addressesOfEndpoint = {
  endpoint: {
    type: "text",
    default: "public",
    description:
      "Where the server listens: public (AWS's addresses, which change), vpc (an Elastic IP in each zone, and whom " +
      "allowedCidrs names) or internal (within a VPC alone). From vpc or internal back to public replaces the server",
    fault: (endpoint) =>
      (endpoints as readonly string[]).includes(endpoint) ? undefined : `it is ${listed(endpoints, "or")}`,
  },
  zones: {
    type: "whole number",
    default: defaultZones,
    description: "Availability Zones of a vpc or internal endpoint; each has a subnet, and with vpc an Elastic IP",
    fault: (zones) =>
      zones >= zonesBounds.least && zones <= zonesBounds.most
        ? undefined
        : `it is ${zonesBounds.least} to ${zonesBounds.most}`,
  },
  vpcId: {
    type: "text",
    default: "",
    description:
      "The VPC of a vpc or internal endpoint, with subnetIds; empty means one of its own. A change replaces the server",
    fault: (id) => (id === "" || vpcId.test(id) ? undefined : "it is the id of a VPC, as vpc-0a1b2c3d4e5f60718"),
  },
  subnetIds: {
    type: "list of texts",
    default: [],
    description: "The subnets of vpcId, one in each zone; those of a vpc endpoint have a way to the internet",
    faultOfItem: (id) => (subnetId.test(id) ? undefined : "is no id of a subnet, as subnet-0a1b2c3d4e5f60718"),
  },
  addressAllocationIds: {
    type: "list of texts",
    default: [],
    description:
      "Elastic IPs that there are, one for each zone of a vpc endpoint; empty means that they are made, and protected",
    faultOfItem: (id) =>
      allocationId.test(id) ? undefined : "is no allocation of an Elastic IP, as eipalloc-0a1b2c3d4e5f60718",
  },
  allowedCidrs: {
    type: "list of texts",
    default: [],
    description:
      "Ranges of addresses that get as far as a vpc or internal endpoint, for every tenant; empty means nobody. Everybody " +
      "is 0.0.0.0/0",
    fault: faultOfRules,
    faultOfItem: faultOfRange,
  },
  dualStack: {
    type: "boolean",
    default: false,
    description: "Whether a public or internal endpoint has IPv6 beside IPv4; Elastic IPs have IPv4 alone",
  },
  hostname: {
    type: "text",
    default: "",
    description:
      "The name that partners connect to instead of AWS's; without hostedZoneId the record in the DNS is yours. Empty " +
      "means none",
    fault: (name) =>
      name === "" || hostName.test(name)
        ? undefined
        : "it is a host name of a to z, 0 to 9 and hyphens without a dot at its end, as sftp.acme.example (other letters as xn--...)",
  },
  hostedZoneId: {
    type: "text",
    default: "",
    description: "The hosted zone of Route 53 in which hostname gets its record; empty means none",
    fault: (id) =>
      id === "" || hostedZoneId.test(id)
        ? undefined
        : "it is the id of a hosted zone, as Z0123456789ABC, without /hostedzone/ before it",
  },
} as const satisfies Readonly<Record<string, AnySetting>>;

function faultOfRules(ranges: readonly string[]): string | undefined {
  const most = Math.max(...[/\./, /:/].map((family) => ranges.filter((range) => family.test(range)).length));
  return most <= mostRules
    ? undefined
    : `${most} of its ranges are of one family; a security group takes ${mostRules} ranges of IPv4 and as many of IPv6`;
}

/** EC2 keeps a range in its one spelling: another one would be a difference for ever, and a second rule for the same range is refused. */
function faultOfRange(text: string): string | undefined {
  const { range, fault } = readCidr(text);
  return fault ?? (range === text ? undefined : `is spelt otherwise by AWS; write ${range}`);
}
