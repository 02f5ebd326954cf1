import { expect } from "chai";
import type { SftpGatewayArgs } from "../../components/gatewayArgs";
import type { Deployment } from "../../synth/deployment";
import { gatewayStack, ofType, only, path, untagged } from "./gatewayStack";

const allowedCidrs = ["203.0.113.0/24", "2001:db8:1::/48"];
const given = { vpcId: "vpc-0a1b2c3d4e5f60718", subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"] };

/** Of the network and the name, what there is, by type and logical name. */
function networkOf({ resources }: Deployment): string[] {
  return resources
    .filter(({ type }) => /^(awsx:|aws:(ec2|vpc|route53)\/)/.test(type))
    .map(({ type, name }) => `${type.split(":").pop()} ${name}`)
    .sort();
}

function endpointOf(deployment: Deployment): unknown {
  const { endpointType, endpointDetails, ipAddressType } = only(deployment, "Server").inputs;
  return { endpointType, endpointDetails, ipAddressType };
}

describe("the network of a server", () => {
  it("is AWS's own, and nothing is made for it, unless the stack says otherwise", async () => {
    const deployment = await gatewayStack();
    expect(networkOf(deployment)).to.deep.equal([]);
    expect(endpointOf(deployment)).to.deep.equal({
      endpointType: "PUBLIC",
      endpointDetails: undefined,
      ipAddressType: undefined,
    });
    expect(only(deployment, "Server").inputs["tags"]).to.deep.equal({ Name: "project-test" });
  });

  it("has, for vpc, public subnets alone, one address and one subnet in each zone, and one rule for each range", async () => {
    const deployment = await gatewayStack({ endpoint: "vpc", allowedCidrs });
    expect(networkOf(deployment)).to.deep.equal([
      "Eip gw-zone-1",
      "Eip gw-zone-2",
      "InternetGateway gw",
      "Route gw-public-1",
      "Route gw-public-2",
      "RouteTable gw-public-1",
      "RouteTable gw-public-2",
      "RouteTableAssociation gw-public-1",
      "RouteTableAssociation gw-public-2",
      "SecurityGroup gw",
      "SecurityGroupIngressRule gw-2001:db8:1::/48",
      "SecurityGroupIngressRule gw-203.0.113.0/24",
      "Subnet gw-public-1",
      "Subnet gw-public-2",
      "Vpc gw",
      "Vpc gw",
    ]);
    expect(endpointOf(deployment)).to.deep.equal({
      endpointType: "VPC",
      endpointDetails: {
        vpcId: only(deployment, "aws:ec2/vpc:Vpc").id,
        subnetIds: ofType(deployment, "Subnet").map(({ id }) => id),
        securityGroupIds: [only(deployment, "SecurityGroup").id],
        addressAllocationIds: ofType(deployment, "Eip").map(({ id }) => id),
      },
      ipAddressType: undefined,
    });
  });

  it("asks awsx for no private subnets and no NAT gateways, which would cost more than the server", async () => {
    const vpc = only(await gatewayStack({ endpoint: "vpc", zones: 3 }), "awsx:ec2:Vpc");
    expect(vpc.inputs).to.deep.equal({
      cidrBlock: "10.0.0.0/16",
      availabilityZoneCidrMask: 18,
      numberOfAvailabilityZones: 3,
      natGateways: { strategy: "None" },
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Public", cidrMask: 24 }],
      tags: { "sftp-gateway": "project-test" },
    });
  });

  it("keeps subnets and addresses of the other zones when there is one more", async () => {
    const [two, three] = [
      await gatewayStack({ endpoint: "vpc", zones: 2 }),
      await gatewayStack({ endpoint: "vpc", zones: 3 }),
    ];
    for (const type of ["Subnet", "Eip"]) {
      const inputs = (deployment: Deployment) => ofType(deployment, type).map((resource) => resource.inputs);
      expect(inputs(three).slice(0, 2)).to.deep.equal(inputs(two));
    }
  });

  it("lets nobody in where no range is named, and nothing out", async () => {
    const deployment = await gatewayStack({ endpoint: "vpc" });
    expect(ofType(deployment, "SecurityGroupIngressRule")).to.deep.equal([]);
    expect(untagged(only(deployment, "SecurityGroup"))).to.deep.equal({
      name: "project-test",
      description: "Who gets to the SFTP server",
      vpcId: only(deployment, "aws:ec2/vpc:Vpc").id,
    });
  });

  it("opens port 22 alone, for the ranges alone, each in its family", async () => {
    const deployment = await gatewayStack({ endpoint: "internal", allowedCidrs });
    const port = { securityGroupId: only(deployment, "SecurityGroup").id, ipProtocol: "tcp", fromPort: 22, toPort: 22 };
    expect(ofType(deployment, "SecurityGroupIngressRule").map(({ inputs }) => inputs)).to.have.deep.members([
      { ...port, cidrIpv6: "2001:db8:1::/48" },
      { ...port, cidrIpv4: "203.0.113.0/24" },
    ]);
  });

  it("has, for internal, no address of the internet", async () => {
    const deployment = await gatewayStack({ endpoint: "internal" });
    expect(ofType(deployment, "Eip")).to.deep.equal([]);
    expect(only(deployment, "Server").inputs["endpointDetails"]).not.to.have.property("addressAllocationIds");
  });

  it("is, where the stack names one, a VPC with subnets and addresses that there are", async () => {
    const addressAllocationIds = ["eipalloc-0a1b2c3d4e5f60718", "eipalloc-1a1b2c3d4e5f60718"];
    const deployment = await gatewayStack({ endpoint: "vpc", ...given, addressAllocationIds });
    expect(networkOf(deployment)).to.deep.equal(["SecurityGroup gw"]);
    expect(only(deployment, "Server").inputs["endpointDetails"]).to.deep.equal({
      ...given,
      securityGroupIds: [only(deployment, "SecurityGroup").id],
      addressAllocationIds,
    });
  });

  it("has IPv6 where the stack says so, without addresses of its own", async () => {
    for (const endpoint of [{}, { endpoint: "internal", ...given }] as const) {
      const { inputs } = only(await gatewayStack({ ...endpoint, dualStack: true }), "Server");
      expect(inputs["ipAddressType"]).to.equal("DUALSTACK");
    }
  });

  it("protects the addresses exactly where the stack protects the server", async () => {
    for (const protect of [true, false]) {
      const addresses = ofType(await gatewayStack({ endpoint: "vpc", protect }), "Eip");
      expect(addresses.map((address) => address.protect)).to.deep.equal([protect, protect]);
    }
  });

  it("is complete before the server, for an address needs a way to the internet", async () => {
    const deployment = await gatewayStack({ endpoint: "vpc", allowedCidrs });
    const { dependsOn } = only(deployment, "Server");
    expect(dependsOn).to.include.members([only(deployment, "awsx:ec2:Vpc").urn, only(deployment, "SecurityGroup").urn]);
    expect(path(deployment, only(deployment, "SecurityGroup"))).to.deep.equal([
      "SftpGateway gw",
      "GatewayNetwork gw",
      "SecurityGroup gw",
    ]);
  });
});

describe("the host name of a server", () => {
  const hostname = "sftp.acme.example";
  const named = { hostname, hostedZoneId: "Z0123456789ABC" };
  const recordOf = async (args: SftpGatewayArgs) => only(await gatewayStack(args), "Record").inputs;

  it("stands for the fixed addresses, which outlive a server", async () => {
    const deployment = await gatewayStack({ endpoint: "vpc", ...named });
    expect(only(deployment, "Record").inputs).to.deep.equal({
      zoneId: "Z0123456789ABC",
      name: hostname,
      ttl: 300,
      type: "A",
      records: ofType(deployment, "Eip").map(({ outputs }) => outputs["publicIp"]),
    });
  });

  it("stands for the addresses that there are where the stack names them", async () => {
    const addressAllocationIds = ["eipalloc-0a1b2c3d4e5f60718", "eipalloc-1a1b2c3d4e5f60718"];
    const { type, records } = await recordOf({ endpoint: "vpc", addressAllocationIds, ...named });
    expect(type).to.equal("A");
    expect(records).to.have.length(2);
  });

  it("stands for AWS's name where the endpoint is public", async () => {
    const deployment = await gatewayStack(named);
    const { type, records } = only(deployment, "Record").inputs;
    expect({ type, records }).to.deep.equal({ type: "CNAME", records: [deployment.outputs["endpoint"]] });
  });

  it("is told to Transfer by tags of the server itself", async () => {
    const tags = async (args: SftpGatewayArgs) => only(await gatewayStack(args), "Server").inputs["tags"];
    expect(await tags(named)).to.deep.equal({
      Name: "project-test",
      "transfer:customHostname": hostname,
      "transfer:route53HostedZoneId": "/hostedzone/Z0123456789ABC",
    });
    expect(await tags({ hostname })).to.deep.equal({ Name: "project-test", "transfer:customHostname": hostname });
  });

  it("gets no record without a hosted zone: the DNS is somebody else's then", async () => {
    expect(ofType(await gatewayStack({ hostname }), "Record")).to.deep.equal([]);
  });

  it("is what the commands for tenants say", async () => {
    const { outputs } = await gatewayStack({ hostname });
    expect(outputs["tenants"]).to.have.nested.property("acme.command", `sftp acme@${hostname}`);
  });
});
