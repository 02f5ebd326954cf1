import { arn, type AwsScope } from "../../iam/arn";
import { actions, exampleAddress, hex, text, type DeclaredType, type DeclaredTypes, type Inputs } from "./resourceType";

/** Something of EC2's whose id AWS draws: `subnet` gives `subnet-` and 17 digits. The provider's name of its ARN's kind may differ. */
function drawn(
  prefix: string,
  kind: string,
  further: (inputs: Inputs, name: string) => object = () => ({}),
): DeclaredType["computed"] {
  return (inputs, { name, scope }) => {
    const id = `${prefix}-${hex(name, 17)}`;
    return { id, outputs: { arn: ec2Arn(scope, `${kind}/${id}`), ...further(inputs, name) } };
  };
}

function ec2Arn(scope: AwsScope, resource: string): string {
  return arn(scope, "ec2", resource);
}

const zoneArn = (inputs: Inputs, { partition }: AwsScope) =>
  `arn:${partition}:route53:::hostedzone/${text(inputs, "zoneId")}`;

const routeTableArn = (inputs: Inputs, scope: AwsScope) => ec2Arn(scope, `route-table/${text(inputs, "routeTableId")}`);

/** What a VPC endpoint of a server takes: a VPC with public subnets, addresses, who gets to the port, and a name. */
export const network = {
  "aws:ec2/vpc:Vpc": {
    computed: drawn("vpc", "vpc", (_, name) => ({ defaultSecurityGroupId: `sg-${hex(`${name} default`, 17)}` })),
    replacedBy: ["cidrBlock", "instanceTenancy"],
    read: [
      ...actions("ec2", "DescribeVpcs", "DescribeVpcAttribute", "DescribeNetworkAcls", "DescribeRouteTables"),
      ...actions("ec2", "DescribeSecurityGroups", "DescribeAvailabilityZones"),
    ],
    write: actions("ec2", "CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "CreateTags", "DeleteTags"),
  },
  "aws:ec2/internetGateway:InternetGateway": {
    computed: drawn("igw", "internet-gateway"),
    replacedBy: [],
    read: actions("ec2", "DescribeInternetGateways"),
    write: [
      ...actions("ec2", "CreateInternetGateway", "DeleteInternetGateway", "AttachInternetGateway"),
      ...actions("ec2", "DetachInternetGateway", "CreateTags", "DeleteTags"),
    ],
  },
  "aws:ec2/subnet:Subnet": {
    computed: drawn("subnet", "subnet"),
    replacedBy: ["vpcId", "availabilityZone", "cidrBlock"],
    read: actions("ec2", "DescribeSubnets"),
    write: actions("ec2", "CreateSubnet", "DeleteSubnet", "ModifySubnetAttribute", "CreateTags", "DeleteTags"),
  },
  "aws:ec2/routeTable:RouteTable": {
    computed: drawn("rtb", "route-table"),
    replacedBy: ["vpcId"],
    read: actions("ec2", "DescribeRouteTables"),
    write: actions("ec2", "CreateRouteTable", "DeleteRouteTable", "CreateTags", "DeleteTags"),
  },
  "aws:ec2/route:Route": {
    computed: (inputs) => ({
      id: `r-${text(inputs, "routeTableId")}${hex(text(inputs, "destinationCidrBlock"), 8)}`,
      outputs: {},
    }),
    replacedBy: ["routeTableId", "destinationCidrBlock"],
    read: actions("ec2", "DescribeRouteTables"),
    write: actions("ec2", "CreateRoute", "ReplaceRoute", "DeleteRoute"),
    on: routeTableArn,
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    computed: (_, { name }) => ({ id: `rtbassoc-${hex(name, 17)}`, outputs: {} }),
    replacedBy: ["subnetId"],
    read: actions("ec2", "DescribeRouteTables"),
    write: actions("ec2", "AssociateRouteTable", "ReplaceRouteTableAssociation", "DisassociateRouteTable"),
    on: routeTableArn,
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    computed: drawn("sg", "security-group"),
    replacedBy: ["name", "namePrefix", "description", "vpcId"],
    // Transfer makes the endpoint and its interfaces itself; the provider looks at them in the caller's name.
    read: actions("ec2", "DescribeSecurityGroups", "DescribeVpcEndpoints", "DescribeNetworkInterfaces"),
    write: [
      ...actions("ec2", "CreateSecurityGroup", "DeleteSecurityGroup", "RevokeSecurityGroupEgress"),
      ...actions("ec2", "CreateTags", "DeleteTags"),
    ],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    computed: drawn("sgr", "security-group-rule"),
    replacedBy: ["securityGroupId"],
    read: actions("ec2", "DescribeSecurityGroupRules"),
    write: actions("ec2", "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules", "RevokeSecurityGroupIngress"),
    on: (inputs, scope) => ec2Arn(scope, `security-group/${text(inputs, "securityGroupId")}`),
  },
  "aws:ec2/eip:Eip": {
    computed: drawn("eipalloc", "elastic-ip", (_, name) => ({
      allocationId: `eipalloc-${hex(name, 17)}`,
      publicIp: exampleAddress(name),
    })),
    replacedBy: ["domain"],
    holds: "the address that partners' firewalls are open for",
    read: actions("ec2", "DescribeAddresses", "DescribeAddressesAttribute"),
    write: actions("ec2", "AllocateAddress", "ReleaseAddress", "DisassociateAddress", "CreateTags", "DeleteTags"),
  },
  "aws:route53/record:Record": {
    computed: (inputs) => ({
      id: `${text(inputs, "zoneId")}_${text(inputs, "name")}_${text(inputs, "type")}`,
      outputs: { fqdn: text(inputs, "name") },
    }),
    replacedBy: ["zoneId", "name"],
    read: actions("route53", "GetHostedZone", "ListResourceRecordSets"),
    write: actions("route53", "ChangeResourceRecordSets"),
    on: zoneArn,
  },
} satisfies DeclaredTypes;
