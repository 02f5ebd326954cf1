import { expect } from "chai";
import { discrepancies } from "../fixtures/driver/comparison";
import { Project } from "../fixtures/driver/project";
import type { Run } from "../fixtures/driver/run";
import type { Stack } from "../fixtures/driver/stack";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

const server = "aws:transfer/server:Server";
const address = "aws:ec2/eip:Eip";

/** A setting's value; a list by its texts. */
type Values = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One that was there before the gateway. */
const existingVpc = { type: "aws:ec2/vpc:Vpc", id: "vpc-0a1b2c3d4e5f60718", inputs: {}, computed: {} };

describe("the endpoint of a server", () => {
  let project: Project;
  let dev: Stack;
  let restore: () => void;

  before(async () => {
    project = Project.create();
    project.service.put(existingVpc);
    project.write("tenants.yaml", tenantsFile([tenantEntry("acme")]));
    dev = project.stack("dev");
    await dev.init();
    expect((await dev.up()).errors).to.deep.equal([]);
    restore = project.snapshot();
  });

  after(() => project.remove());

  /** Writes the settings into the stack file, as a person does. */
  function set(values: Values): void {
    const all = { protect: false, logRetentionDays: 14, noncurrentVersionDays: 7, ...values };
    const lines = Object.entries(all).map(([name, value]) => `  sftp-gateway:${name}: ${JSON.stringify(value)}\n`);
    project.write("Pulumi.dev.yaml", `${salt()}config:\n  aws:region: eu-central-1\n${lines.join("")}`);
  }

  /** What the CLI wrote into the stack file beside the configuration. */
  let kept: string | undefined;
  function salt(): string {
    kept ??= /^encryptionsalt:.*\n/m.exec(project.read("Pulumi.dev.yaml"))?.[0] ?? "";
    return kept;
  }

  /** Deploys the settings; afterwards AWS and the state must agree. */
  async function deploy(values: Values): Promise<Run> {
    set(values);
    const run = await dev.up();
    expect(run.errors).to.deep.equal([]);
    const found = discrepancies(project.service, (await dev.state()).resources);
    expect(found.filter((each) => each !== `orphaned: ${existingVpc.type} ${existingVpc.id}`)).to.deep.equal([]);
    return run;
  }

  const vpc = { endpoint: "vpc", allowedCidrs: ["203.0.113.0/24"] };

  describe("that goes from public to vpc", () => {
    let run: Run;
    before(async () => (run = await deploy(vpc)));

    it("keeps the server, whose host key and name partners know", () => {
      expect(run.steps).to.include(`update ${server} gateway`);
      expect(run.steps.filter((step) => step.startsWith("replace"))).to.deep.equal([]);
    });

    it("tells the addresses for partners' firewalls, and shows nothing on a second run", async () => {
      const { addresses } = await dev.outputs();
      expect(addresses).to.have.members(project.service.all(address).map(({ computed }) => computed["publicIp"]));
      expect((await dev.up()).steps).to.deep.equal([]);
    });

    describe("and then", () => {
      let restoreVpc: () => void;
      before(() => (restoreVpc = project.snapshot()));
      beforeEach(() => restoreVpc());

      const changes: Record<string, [values: Values, steps: readonly string[]]> = {
        "to internal in the same VPC": [
          { ...vpc, endpoint: "internal" },
          [`delete ${address} gateway-zone-1`, `delete ${address} gateway-zone-2`, `update ${server} gateway`],
        ],
        "into another zone": [
          { ...vpc, zones: 3 },
          [
            `create ${address} gateway-zone-3`,
            "create aws:ec2/route:Route gateway-public-3",
            "create aws:ec2/routeTable:RouteTable gateway-public-3",
            "create aws:ec2/routeTableAssociation:RouteTableAssociation gateway-public-3",
            "create aws:ec2/subnet:Subnet gateway-public-3",
            `update ${server} gateway`,
          ],
        ],
        "to other addresses": [
          { ...vpc, addressAllocationIds: ["eipalloc-0a1b2c3d4e5f60718", "eipalloc-1a1b2c3d4e5f60718"] },
          [`delete ${address} gateway-zone-1`, `delete ${address} gateway-zone-2`, `update ${server} gateway`],
        ],
        "to other ranges": [
          { ...vpc, allowedCidrs: ["198.51.100.0/24"] },
          [
            "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule gateway-198.51.100.0/24",
            "delete aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule gateway-203.0.113.0/24",
          ],
        ],
        "to a host name": [
          { ...vpc, hostname: "sftp.acme.example", hostedZoneId: "Z0123456789ABC" },
          [
            "create aws:route53/record:Record gateway",
            "create sftp-gateway:components:HostName gateway",
            `update ${server} gateway`,
          ],
        ],
      };
      for (const [what, [values, steps]] of Object.entries(changes)) {
        it(`${what} replaces neither the server nor an address`, async () => {
          expect((await deploy(values)).steps).to.deep.equal(steps);
        });
      }

      const replacing: Record<string, Values> = {
        "back to public": { endpoint: "public" },
        "to another VPC": {
          ...vpc,
          vpcId: existingVpc.id,
          subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"],
        },
      };
      for (const [what, values] of Object.entries(replacing)) {
        it(`${what} replaces the server`, async () => {
          expect((await deploy(values)).steps).to.include(`replace ${server} gateway`);
        });

        it(`${what} is refused where the stack is protected, and nothing is lost`, async () => {
          await deploy({ ...vpc, protect: true });
          const before = project.service.all(server);
          set({ ...values, protect: true });
          const run = await dev.up();
          expect(run.errors.join()).to.match(/unable to replace resource .*::gateway"?\n?.*protect/s);
          expect(project.service.all(server)).to.deep.equal(before);
        });
      }
    });
  });

  it("is refused with the reason before anything is asked of AWS, where AWS would refuse it", async () => {
    restore();
    set({ allowedCidrs: ["203.0.113.0/24"] });
    const run = await dev.up();
    expect(run.code).not.to.equal(0);
    expect(run.output).to.match(
      /"sftp-gateway:allowedCidrs" is \["203\.0\.113\.0\/24"\] and "sftp-gateway:endpoint" "public"/,
    );
    expect(run.steps).to.deep.equal([]);
  });
});
