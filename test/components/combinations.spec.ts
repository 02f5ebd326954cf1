import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { faultsOfArguments } from "../../settings/bounds";
import { combinations } from "../../settings/combinations";
import { endpoints } from "../../settings/endpoint";
import { settings, type Settings } from "../../settings/table";
import { inputProblems } from "../fixtures/aws/operations";
import { acceptEndpoint } from "../fixtures/aws/networkTypes";
import { Service } from "../fixtures/aws/service";
import { findings } from "../policy/findings";
import { afterUpdate } from "../policy/seenByThePack";
import { tenant } from "../tenant";
import { coveringPairs, everyChoice } from "./covering";
import { gatewayStack, only } from "./gatewayStack";

const defaults = {
  ...Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, setting.default])),
  region: "eu-central-1",
} as unknown as Settings;

/** What a stack may say instead of a default, beside where its server listens. */
const others = {
  zones: 3,
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"],
  addressAllocationIds: ["eipalloc-0a1b2c3d4e5f60718", "eipalloc-1a1b2c3d4e5f60718"],
  allowedCidrs: ["203.0.113.0/24", "2001:db8:1::/48"],
  dualStack: true,
  hostname: "sftp.acme.example",
  hostedZoneId: "Z0123456789ABC",
  region: "us-gov-west-1",
  securityPolicy: "TransferSecurityPolicy-FIPS-2025-03",
  identityProvider: "lambda",
  authentication: "PASSWORD",
  encryption: "kms",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
} satisfies Partial<Settings>;

const names = Object.keys(others) as (keyof typeof others)[];

/** At each kind of endpoint, with each setting as it is by default or not. */
const everything = everyChoice({
  endpoint: endpoints,
  ...Object.fromEntries(names.map((name) => [name, [defaults[name], others[name]]])),
}) as unknown as Pick<Settings, "endpoint" | keyof typeof others>[];

const sound = everything.filter((choice) =>
  combinations.every(({ reason }) => reason({ ...defaults, ...choice }) === undefined),
);

/** At each kind of endpoint, any two values that AWS takes together there, in as few stacks as that takes. */
const taken = endpoints.flatMap((kind) => coveringPairs(sound.filter(({ endpoint }) => endpoint === kind)));

/** One that can log in, whoever knows the users. */
const acme = (identityProvider: string) =>
  identityProvider === "lambda" ? tenant("acme", { password: true, sshKeys: [] }) : tenant("acme");

describe("any two settings", () => {
  let service: Service;
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "combinations-"));
    service = Service.create(directory);
  });
  after(() => rmSync(directory, { recursive: true }));

  it("that AWS does not take together are refused with both names, both values and the reason", () => {
    const pairs = endpoints.flatMap((endpoint) =>
      names.flatMap((one, index) =>
        names.slice(index).map((other) => ({ ...defaults, endpoint, [one]: others[one], [other]: others[other] })),
      ),
    );
    const refused = pairs.flatMap(faultsOfArguments).map((line) => {
      const [, about, beside] = /^"(\w+)" is .+ and "(\w+)" .+; \S.+$/.exec(line) ?? [];
      expect(beside, line).not.to.equal(undefined);
      return `${about} ${beside}`;
    });
    const tried = new Set<string>(["endpoint", ...names]);
    const expected = combinations.filter(({ about, beside }) => tried.has(about) && tried.has(beside));
    expect(new Set(refused)).to.deep.equal(new Set(expected.map(({ about, beside }) => `${about} ${beside}`)));
  });

  it("that it takes stand together in one of some thirty stacks", () => {
    expect(taken.length).to.be.within(20, 40);
    const together = (choices: typeof sound, one: keyof typeof others, other: keyof typeof others) =>
      choices.some((each) => each[one] === others[one] && each[other] === others[other]);
    const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));
    const missing = pairs.filter((pair) => together(sound, ...pair) && !together(taken, ...pair));
    expect(missing).to.deep.equal([]);
  });

  for (const choice of taken) {
    const said = Object.fromEntries(
      Object.entries(choice).filter(([name, value]) => value !== defaults[name as keyof Settings]),
    );
    it(`are proven, hold to every policy, and ask AWS for nothing that it refuses: ${JSON.stringify(said)}`, async () => {
      const deployment = await gatewayStack({ ...choice, tenants: [acme(choice.identityProvider)] });
      acceptEndpoint(service, only(deployment, "Server").inputs);
      const custom = deployment.resources.filter((resource) => resource.custom);
      expect(custom.flatMap(({ type, name, inputs }) => inputProblems({ type, name }, inputs))).to.deep.equal([]);
      expect(await findings(afterUpdate(deployment))).to.deep.equal([]);
    });
  }
});
