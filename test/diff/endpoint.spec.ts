import { expect } from "chai";
import { publicKey } from "../publicKeys";
import { costs, said } from "./comparing";

const tenants = `tenants:\n  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`;

type Settings = Readonly<Record<string, string>>;

/** The lines about everybody when the settings of the endpoint go from one to another; unexplained ones are among them. */
async function saidOf(before: Settings, after: Settings): Promise<string[]> {
  const full = (settings: Settings) =>
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [`sftp-gateway:${name}`, value]));
  const { tenants: lines } = await said({ tenants, settings: full(before) }, { tenants, settings: full(after) });
  return lines.slice(1);
}

const vpc = { endpoint: "vpc", allowedCidrs: '["203.0.113.0/24"]' };
const given = {
  ...vpc,
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: '["subnet-0a1b2c3d4e5f60718","subnet-1a1b2c3d4e5f60718"]',
};
const allocations = (...digits: number[]) => JSON.stringify(digits.map((digit) => `eipalloc-${digit}a1b2c3d4e5f60718`));
const replaced =
  "breaking, dangerous: the server is replaced: its endpoint name and every host key that was not imported are lost, every user is recreated";
const openFirewalls = "partners must open their firewalls for what the output addresses names then";

describe("what a changed endpoint does", () => {
  const changes: Record<string, [before: Settings, after: Settings, lines: string[]]> = {
    "from public to vpc": [
      {},
      vpc,
      [
        "  breaking: 203.0.113.0/24 alone can get to the server, instead of everybody",
        `  breaking: the server stops for minutes and then has fixed addresses, which only those in allowedCidrs get to: ${openFirewalls}`,
        costs("229.80", "222.50"),
      ],
    ],
    "into another zone": [
      vpc,
      { ...vpc, zones: "3" },
      [
        `  breaking: the server stops for minutes and is then in 3 zones instead of 2; where it has fixed addresses, ${openFirewalls}`,
        costs("233.45", "229.80"),
      ],
    ],
    "out of a zone": [
      vpc,
      { ...vpc, zones: "1" },
      [
        `  breaking: the server stops for minutes and is then in 1 zone instead of 2; where it has fixed addresses, ${openFirewalls}`,
        costs("226.15", "229.80"),
        "  dangerous: gateway-zone-2 is deleted, and with it the address that partners' firewalls are open for",
      ],
    ],
    "to the same addresses in another order": [
      { ...vpc, addressAllocationIds: allocations(1, 2) },
      { ...vpc, addressAllocationIds: allocations(2, 1) },
      ["  the same addresses are listed in another order, of which the server takes no notice"],
    ],
    "to one other address": [
      { ...vpc, addressAllocationIds: allocations(1, 2) },
      { ...vpc, addressAllocationIds: allocations(1, 3) },
      [
        `  breaking: the server stops for minutes and then has the addresses of eipalloc-1a1b2c3d4e5f60718, eipalloc-3a1b2c3d4e5f60718 instead of the addresses of eipalloc-1a1b2c3d4e5f60718, eipalloc-2a1b2c3d4e5f60718: ${openFirewalls}`,
      ],
    ],
    "into other subnets": [
      given,
      { ...given, subnetIds: '["subnet-0a1b2c3d4e5f60718","subnet-2a1b2c3d4e5f60718"]' },
      [
        "  breaking: the server stops for minutes and is then in the subnets subnet-0a1b2c3d4e5f60718, subnet-2a1b2c3d4e5f60718 instead of the subnets subnet-0a1b2c3d4e5f60718, subnet-1a1b2c3d4e5f60718",
      ],
    ],
    "from a given VPC to one of its own": [
      given,
      vpc,
      [
        "  the server is then in the subnets of its own VPC",
        "  breaking: the endpoint is in a VPC of its own instead of vpc-0a1b2c3d4e5f60718",
        `  ${replaced}`,
      ],
    ],
    "to a part of a range": [
      vpc,
      { ...vpc, allowedCidrs: '["203.0.113.0/25"]' },
      ["  breaking: 203.0.113.0/24 can no longer get to the server, but for 203.0.113.0/25"],
    ],
    "to a wider range": [
      { ...vpc, allowedCidrs: '["203.0.113.0/25"]' },
      vpc,
      ["  dangerous: 203.0.113.0/24 can get to the server from now on"],
    ],
    "to a range beside the one that it is in": [
      vpc,
      { ...vpc, allowedCidrs: '["203.0.113.0/24","203.0.113.0/25"]' },
      ["  the ranges that can get to the server are written in another way; they hold the same addresses"],
    ],
    "to another partner": [
      vpc,
      { ...vpc, allowedCidrs: '["198.51.100.0/24"]' },
      ["  breaking, dangerous: 198.51.100.0/24 can get to the server from now on, and 203.0.113.0/24 no longer can"],
    ],
    "to nobody": [
      vpc,
      { ...vpc, allowedCidrs: "[]" },
      ["  breaking: nobody can get to the server any more: 203.0.113.0/24 could"],
    ],
    "without its host name": [
      { ...vpc, hostname: "sftp.acme.example", hostedZoneId: "Z0123456789ABC" },
      vpc,
      [
        "  breaking: the record of the host name in Z0123456789ABC is deleted: the name leads nowhere until another DNS has it",
        "  breaking: partners connect to AWS's own name instead of sftp.acme.example",
      ],
    ],
    "to IPv6": [{}, { dualStack: "true" }, ["  breaking: the server stops for minutes and then has IPv6 beside IPv4"]],
    "from internal to public": [
      { ...vpc, endpoint: "internal" },
      {},
      [
        "  dangerous: everybody can get to the server, instead of 203.0.113.0/24 alone",
        "  breaking, dangerous: the server is replaced by one at AWS's own addresses, which everybody gets to: the server, its endpoint name and every host key that was not imported are lost",
        `  ${replaced}`,
      ],
    ],
    "to the whole internet": [
      vpc,
      { ...vpc, allowedCidrs: '["0.0.0.0/0"]' },
      ["  dangerous: 0.0.0.0/0 (the whole internet) can get to the server from now on"],
    ],
    "to a host name": [
      vpc,
      { ...vpc, hostname: "sftp.acme.example", hostedZoneId: "Z0123456789ABC" },
      [
        "  the host name has its record in the hosted zone Z0123456789ABC",
        "  partners connect to sftp.acme.example instead of AWS's own name, which still leads to the server",
      ],
    ],
  };
  for (const [what, [before, after, lines]] of Object.entries(changes)) {
    it(`is told when it goes ${what}, and explains all that follows from it`, async () => {
      expect(await saidOf(before, after)).to.deep.equal(lines);
    });
  }

  it("is told to lose the server when it goes back to public", async () => {
    const lines = (await saidOf(vpc, {})).join("\n");
    expect(lines).to.include(
      "breaking, dangerous: the server is replaced by one at AWS's own addresses, which everybody gets to: the server, its endpoint name and every host key that was not imported are lost",
    );
    expect(lines).not.to.include("no sentence explains");
  });

  it("is told to give the addresses back when only the VPC reaches it", async () => {
    const lines = (await saidOf(vpc, { ...vpc, endpoint: "internal" })).join("\n");
    expect(lines).to.include("no partner gets to it over the internet");
    expect(lines).to.include("is deleted, and with it the address that partners' firewalls are open for");
    expect(lines).not.to.include("no sentence explains");
  });
});
