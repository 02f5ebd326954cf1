import { expect } from "chai";
import { exampleStack, resource, unknownValue } from "./exampleStack";
import { findings, notChecked } from "./findings";

const policy = "ssh-port-names-who-gets-there";
const advice =
  "Name the ranges of partners, as `allowedCidrs` does; no partner has a range wider than /8 of IPv4 or /16 of IPv6; 0.0.0.0/0 or ::/0 is the whole internet.";

const entrance = (props: object) => ({
  ...exampleStack(),
  entrance: resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
    securityGroupId: "sg-0a1b2c3d4e5f60718",
    ipProtocol: "tcp",
    fromPort: 22,
    toPort: 22,
    ...props,
  }),
});

describe("the policy that the SSH port is not open to everybody", () => {
  for (const props of [
    { cidrIpv4: "0.0.0.0/0" },
    { cidrIpv6: "::/0" },
    { cidrIpv4: "128.0.0.0/1" },
    { cidrIpv6: "2000::/3" },
    { cidrIpv4: "0.0.0.0/0", fromPort: 1, toPort: 1024 },
    { cidrIpv4: "0.0.0.0/0", ipProtocol: "-1", fromPort: undefined, toPort: undefined },
  ]) {
    it(`finds ${JSON.stringify(props)}`, async () => {
      expect(await findings(entrance(props))).to.deep.equal([
        `${policy}: SecurityGroupIngressRule "entrance" opens port 22 to ${props.cidrIpv4 ?? props.cidrIpv6}. ${advice}`,
      ]);
    });
  }

  it("finds a rule in the group itself", async () => {
    const group = resource("aws:ec2/securityGroup:SecurityGroup", {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
    });
    expect(await findings({ ...exampleStack(), group })).to.deep.equal([
      `${policy}: SecurityGroup "group" opens port 22 to 0.0.0.0/0. ${advice}`,
    ]);
  });

  it("accepts ranges of partners, and other ports for everybody", async () => {
    for (const range of [{ cidrIpv4: "203.0.113.0/24" }, { cidrIpv4: "10.0.0.0/8" }, { cidrIpv6: "2001:db8::/32" }]) {
      expect(await findings(entrance(range))).to.deep.equal([]);
    }
    expect(await findings(entrance({ cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 }))).to.deep.equal([]);
  });

  it("says at a preview that a range which is not known yet is not checked", async () => {
    expect(await findings(entrance({ cidrIpv4: unknownValue }))).to.deep.equal([
      notChecked("cidrIpv4", 'SecurityGroupIngressRule "entrance"', policy),
    ]);
  });
});
