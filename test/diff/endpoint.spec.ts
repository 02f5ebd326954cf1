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
const openFirewalls = "partners must open their firewalls for what the output addresses names then";

describe("what a changed endpoint does", () => {
  const changes: Record<string, [before: Settings, after: Settings, lines: string[]]> = {
    "from public to vpc": [
      {},
      vpc,
      [
        "  dangerous: 203.0.113.0/24 can get to the server from now on",
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
    "to the whole internet": [
      vpc,
      { ...vpc, allowedCidrs: '["0.0.0.0/0"]' },
      [
        "  breaking, dangerous: 0.0.0.0/0 (the whole internet) can get to the server from now on, and 203.0.113.0/24 no longer can",
      ],
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
