import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { SftpGatewayArgs } from "../../components/gatewayArgs";
import { combinations } from "../../settings/combinations";
import { endpoints } from "../../settings/endpoint";
import type { Deployment } from "../../synth/deployment";
import { inputProblems } from "../fixtures/aws/operations";
import { acceptEndpoint } from "../fixtures/aws/networkTypes";
import { Service } from "../fixtures/aws/service";
import { gatewayStack, only } from "./gatewayStack";

/** What a stack may say beside where its server listens. */
const choices: readonly SftpGatewayArgs[] = [
  { zones: 3 },
  { vpcId: "vpc-0a1b2c3d4e5f60718" },
  { subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"] },
  { addressAllocationIds: ["eipalloc-0a1b2c3d4e5f60718", "eipalloc-1a1b2c3d4e5f60718"] },
  { allowedCidrs: ["203.0.113.0/24", "2001:db8:1::/48"] },
  { dualStack: true },
  { hostname: "sftp.acme.example" },
  { hostedZoneId: "Z0123456789ABC" },
  { region: "us-gov-west-1" },
  { securityPolicy: "TransferSecurityPolicy-FIPS-2025-03" },
  { identityProvider: "lambda" },
  { authentication: "PASSWORD" },
];

/** Every pair of choices, at each kind of endpoint. */
const generated = endpoints.flatMap((endpoint) =>
  choices.flatMap((one, index) =>
    choices.slice(index).map((other): SftpGatewayArgs => ({ endpoint, ...one, ...other })),
  ),
);

/** What came of it: a deployment, or why there is none. */
async function outcomeOf(args: SftpGatewayArgs): Promise<Deployment | string> {
  return gatewayStack({ ...args, tenants: [] }).catch((error: Error) => error.message);
}

describe("any two settings", function () {
  this.timeout(600_000);

  const outcomes: { readonly args: SftpGatewayArgs; readonly outcome: Deployment | string }[] = [];
  let directory: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "combinations-"));
    for (const args of generated) {
      outcomes.push({ args, outcome: await outcomeOf(args) });
    }
  });

  after(() => rmSync(directory, { recursive: true }));

  it("that AWS does not take together are refused with both names, both values and the reason", () => {
    const refused = outcomes.flatMap(({ outcome }) =>
      typeof outcome === "string" ? outcome.split("\n").slice(1) : [],
    );
    const pairs = refused.map((line) => {
      const [, about, beside] = /^"(\w+)" is .+ and "(\w+)" .+; \S.+$/.exec(line) ?? [];
      expect(beside, line).not.to.equal(undefined);
      return `${about} ${beside}`;
    });
    const tried = new Set<string>(["endpoint", ...choices.flatMap((choice) => Object.keys(choice))]);
    const expected = combinations.filter(({ about, beside }) => tried.has(about) && tried.has(beside));
    expect(new Set(pairs)).to.deep.equal(new Set(expected.map(({ about, beside }) => `${about} ${beside}`)));
  });

  it("that it takes are proven and planned, and ask AWS for nothing that its API refuses", () => {
    const service = Service.create(directory);
    const deployments = outcomes.flatMap(({ args, outcome }) =>
      typeof outcome === "string" ? [] : [{ args, outcome }],
    );
    expect(deployments.length).to.be.above(40);
    for (const { args, outcome } of deployments) {
      const what = JSON.stringify(args);
      acceptEndpoint(service, only(outcome, "Server").inputs);
      const custom = outcome.resources.filter((resource) => resource.custom);
      expect(
        custom.flatMap(({ type, name, inputs }) => inputProblems({ type, name }, inputs)),
        what,
      ).to.deep.equal([]);
    }
  });
});
