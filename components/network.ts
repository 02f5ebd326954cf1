import * as aws from "@pulumi/aws";
import { Vpc } from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";

export interface GatewayNetworkArgs {
  /** What AWS's console shows, and the name of the security group. */
  readonly displayName: string;
  /** Whether the server listens at fixed addresses of the internet, beside those within the VPC. */
  readonly isInternetFacing: boolean;
  /** Availability Zones, 1 to 3. */
  readonly zones: number;
  /** The VPC that there is; empty: one is made. */
  readonly vpcId: string;
  /** Its subnets, one in each zone. */
  readonly subnetIds: readonly string[];
  /** Elastic IPs that there are, one for each zone; empty: they are made. */
  readonly addressAllocationIds: readonly string[];
  /** Who gets to the server's port; empty: nobody. */
  readonly allowedCidrs: readonly string[];
  /** Refuse deletion of the addresses, which partners have opened their firewalls for. */
  readonly protect: boolean;
}

/** Where a server listens that is not public, as Transfer wants to have it. */
export interface ServerEndpoint {
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupIds: pulumi.Input<string>[];
  readonly addressAllocationIds?: pulumi.Input<string>[];
}

interface FixedAddress {
  readonly allocationId: pulumi.Input<string>;
  readonly publicIp: pulumi.Output<string>;
}

/**
 * The tag that all of it bears: the deploy role's rights end where another gateway's begin. A colon in its key would part the
 * name of a condition.
 */
const ownerTag = "sftp-gateway";

/** A range that few networks route; what peers with the VPC must not have it. Room for four zones, so that a further one moves none. */
const ownVpc = { cidrBlock: "10.0.0.0/16", availabilityZoneCidrMask: 18, subnetCidrMask: 24 };

/**
 * The network of a server that is not public: a VPC with public subnets alone, unless there is one; who gets to the port; and
 * one fixed address in each zone. Only the addresses cost something, about 3.60 USD a month each (us-east-1, 2026).
 */
export class GatewayNetwork extends pulumi.ComponentResource {
  readonly endpoint: ServerEndpoint;
  /** The fixed addresses, one in each zone; none where only the VPC reaches the server. */
  readonly addresses: pulumi.Output<string>[];

  constructor(name: string, args: GatewayNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:GatewayNetwork", name, {}, opts);
    const { vpcId, subnetIds } =
      args.vpcId === "" ? this.createVpc(name, args) : { vpcId: args.vpcId, subnetIds: inOneOrder(args.subnetIds) };
    const group = this.createSecurityGroup(name, args, vpcId);
    const addresses = args.isInternetFacing ? this.fixedAddresses(name, args) : [];
    this.endpoint = {
      vpcId,
      subnetIds,
      securityGroupIds: [group.id],
      ...(addresses.length > 0 ? { addressAllocationIds: addresses.map(({ allocationId }) => allocationId) } : {}),
    };
    this.addresses = addresses.map(({ publicIp }) => publicIp);
    this.registerOutputs({ vpcId, addresses: this.addresses });
  }

  /** awsx would make private subnets and a NAT gateway in each zone as well, of which a server has no use. */
  private createVpc(name: string, { displayName, zones }: GatewayNetworkArgs) {
    const { cidrBlock, availabilityZoneCidrMask, subnetCidrMask: cidrMask } = ownVpc;
    const vpc = new Vpc(
      name,
      {
        cidrBlock,
        availabilityZoneCidrMask,
        numberOfAvailabilityZones: zones,
        natGateways: { strategy: "None" },
        subnetStrategy: "Auto",
        subnetSpecs: [{ type: "Public", cidrMask }],
        tags: { [ownerTag]: displayName },
      },
      { parent: this },
    );
    return { vpcId: vpc.vpcId, subnetIds: vpc.publicSubnetIds };
  }

  /**
   * One rule for each range: a group's own list of rules that becomes empty would be left as it was. Nothing leads out, since
   * answers to who came in need no rule.
   */
  private createSecurityGroup(
    name: string,
    { displayName, allowedCidrs }: GatewayNetworkArgs,
    vpcId: pulumi.Input<string>,
  ): aws.ec2.SecurityGroup {
    const group = new aws.ec2.SecurityGroup(
      name,
      {
        name: displayName,
        description: "Who gets to the SFTP server",
        vpcId,
        tags: { Name: displayName, [ownerTag]: displayName },
      },
      { parent: this },
    );
    for (const range of allowedCidrs) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${range}`,
        {
          securityGroupId: group.id,
          ipProtocol: "tcp",
          fromPort: 22,
          toPort: 22,
          ...(range.includes(":") ? { cidrIpv6: range } : { cidrIpv4: range }),
        },
        { parent: group },
      );
    }
    return group;
  }

  private fixedAddresses(name: string, args: GatewayNetworkArgs): FixedAddress[] {
    return args.addressAllocationIds.length === 0
      ? this.createAddresses(name, args)
      : inOneOrder(args.addressAllocationIds).map((id) => ({
          allocationId: id,
          publicIp: aws.ec2.getElasticIpOutput({ id }, { parent: this }).publicIp,
        }));
  }

  /** By the number of the zone, so that one more or fewer leaves the others. */
  private createAddresses(name: string, { displayName, zones, protect }: GatewayNetworkArgs): aws.ec2.Eip[] {
    return Array.from({ length: zones }, (_, index) => index + 1).map(
      (zone) =>
        new aws.ec2.Eip(
          `${name}-zone-${zone}`,
          { domain: "vpc", tags: { Name: `${displayName}-zone-${zone}`, [ownerTag]: displayName } },
          { parent: this, protect },
        ),
    );
  }
}

/** AWS takes the set of them; another order in the stack file is no change. */
function inOneOrder(ids: readonly string[]): string[] {
  return [...ids].sort();
}
