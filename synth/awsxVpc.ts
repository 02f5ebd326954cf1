import type { Inputs } from "./resourceTypes/resourceType";

/** The one component of awsx that the program uses. */
export const awsxVpcType = "awsx:ec2:Vpc";

/** A resource in it; `$` before a key of another one stands for that one's id. */
export interface InnerResource {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  /** The key of the resource it belongs to; undefined: the component. */
  readonly parent: string | undefined;
  readonly inputs: Inputs;
}

/** What is given for the component, the way the program does: public subnets alone, each at the beginning of its zone's part. */
interface VpcInputs {
  readonly cidrBlock: string;
  readonly numberOfAvailabilityZones: number;
  readonly availabilityZoneCidrMask: number;
  readonly subnetSpecs: readonly { readonly cidrMask: number }[];
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What awsx makes of its component, which runs in a plugin of its own and reaches the engine as one request. Source: awsx,
 * `awsx/ec2/vpc.ts` and `subnetDistributorNew.ts`, version 3; the zones are the region's first ones.
 */
export function insideOfVpc(name: string, given: Inputs, region: string): InnerResource[] {
  const inputs = given as unknown as VpcInputs;
  const tags = { Name: name, ...inputs.tags };
  const zones = Array.from({ length: inputs.numberOfAvailabilityZones }, (_, index) => index);
  return [
    { key: "vpc", type: "aws:ec2/vpc:Vpc", name, parent: undefined, inputs: { cidrBlock: inputs.cidrBlock, tags } },
    {
      key: "gateway",
      type: "aws:ec2/internetGateway:InternetGateway",
      name,
      parent: "vpc",
      inputs: { vpcId: "$vpc", tags },
    },
    ...zones.flatMap((index) => publicSubnet(`${name}-public-${index + 1}`, index, inputs, tags, region)),
  ];
}

/** By the keys of what is inside. */
export function outputsOfVpc(inner: readonly InnerResource[], idOf: (key: string) => unknown): Record<string, unknown> {
  const subnets = inner.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
  return { vpcId: idOf("vpc"), publicSubnetIds: subnets.map(({ key }) => idOf(key)) };
}

/** The inputs with the ids of those that they name. */
export function withIds(inputs: Inputs, idOf: (key: string) => unknown): Record<string, unknown> {
  const entries = Object.entries(inputs).map(([input, value]) => [
    input,
    typeof value === "string" && value.startsWith("$") ? idOf(value.slice(1)) : value,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function publicSubnet(
  name: string,
  index: number,
  { cidrBlock, availabilityZoneCidrMask, subnetSpecs }: VpcInputs,
  shared: Readonly<Record<string, string>>,
  region: string,
): InnerResource[] {
  const tags = { ...shared, Name: name, SubnetType: "Public" };
  const subnet = {
    vpcId: "$vpc",
    availabilityZone: `${region}${"abc"[index]}`,
    mapPublicIpOnLaunch: true,
    cidrBlock: rangeOf(
      cidrBlock,
      index,
      availabilityZoneCidrMask,
      subnetSpecs[0]?.cidrMask ?? availabilityZoneCidrMask,
    ),
    tags,
  };
  const route = { routeTableId: `$${name}-table`, gatewayId: "$gateway", destinationCidrBlock: "0.0.0.0/0" };
  const association = { routeTableId: `$${name}-table`, subnetId: `$${name}` };
  return [
    { key: name, type: "aws:ec2/subnet:Subnet", name, parent: "vpc", inputs: subnet },
    {
      key: `${name}-table`,
      type: "aws:ec2/routeTable:RouteTable",
      name,
      parent: name,
      inputs: { vpcId: "$vpc", tags },
    },
    {
      key: `${name}-association`,
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name,
      parent: `${name}-table`,
      inputs: association,
    },
    { key: `${name}-route`, type: "aws:ec2/route:Route", name, parent: `${name}-table`, inputs: route },
  ];
}

/** The first addresses of a zone's part of a range, as so many bits say. */
function rangeOf(range: string, index: number, zoneBits: number, bits: number): string {
  const parts = range.split("/")[0]?.split(".").map(Number) ?? [];
  const start = parts.reduce((number, part) => number * 256 + part, 0) + index * 2 ** (32 - zoneBits);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".")}/${bits}`;
}
