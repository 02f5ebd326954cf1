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
    const found = discrepancies(project.service, dev.state().resources);
    expect(found.filter((each) => each !== `orphaned: ${existingVpc.type} ${existingVpc.id}`)).to.deep.equal([]);
    return run;
  }

  const vpc = { endpoint: "vpc", allowedCidrs: ["203.0.113.0/24"] };
  const given = {
    ...vpc,
    vpcId: existingVpc.id,
    subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"],
  };

  /** Deploys the one under protection; the other would replace the server, which then stays. */
  async function expectRefusedWhereProtected(deployed: Values, wanted: Values): Promise<void> {
    await deploy({ ...deployed, protect: true });
    const before = project.service.all(server);
    set({ ...wanted, protect: true });
    const run = await dev.up();
    expect(run.errors.join()).to.match(/unable to replace resource .*::gateway"?\n?.*protect/s);
    expect(project.service.all(server)).to.deep.equal(before);
  }

  /** Of what a run makes anew in the place of another, the type. */
  function replacedIn({ steps }: Run): string[] {
    return steps.filter((step) => step.startsWith("replace")).map((step) => step.split(" ")[1] ?? "");
  }

  /** The server, and what bears its id: its log, its users and their keys. */
  const ofServer = ["aws:cloudwatch/logGroup:LogGroup", server, "aws:transfer/sshKey:SshKey", "aws:transfer/user:User"];
  const ofVpc = ["aws:ec2/securityGroup:SecurityGroup", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"];

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

      const replacing: Record<string, [values: Values, replaced: readonly string[]]> = {
        "back to public": [{ endpoint: "public" }, ofServer],
        "to another VPC": [given, [...ofServer, ...ofVpc]],
      };
      for (const [what, [values, replaced]] of Object.entries(replacing)) {
        it(`${what} replaces the server with what bears its id or the VPC's, and no address`, async () => {
          expect(replacedIn(await deploy(values))).to.have.members(replaced);
        });

        it(`${what} is refused where the stack is protected, and nothing is lost`, async () => {
          await expectRefusedWhereProtected(vpc, values);
        });
      }
    });
  });

  describe("that goes from public to internal, and on to vpc", () => {
    before(() => restore());

    it("keeps the server both times, and makes the addresses with the second", async () => {
      for (const endpoint of ["internal", "vpc"]) {
        const run = await deploy({ ...vpc, endpoint });
        expect(run.steps).to.include(`update ${server} gateway`);
        expect(replacedIn(run)).to.deep.equal([]);
        expect(project.service.all(address)).to.have.length(endpoint === "vpc" ? 2 : 0);
      }
    });
  });

  describe("in a VPC that is given", () => {
    let restoreGiven: () => void;
    before(async () => {
      restore();
      await deploy(given);
      restoreGiven = project.snapshot();
    });
    beforeEach(() => restoreGiven());

    const keeping: Record<string, [values: Values, steps: readonly string[]]> = {
      "other subnets": [
        { ...given, subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-2a1b2c3d4e5f60718"] },
        [`update ${server} gateway`],
      ],
      "the same subnets in another order": [{ ...given, subnetIds: [...given.subnetIds].reverse() }, []],
    };
    for (const [what, [values, steps]] of Object.entries(keeping)) {
      it(`goes into ${what} in place`, async () => {
        expect((await deploy(values)).steps).to.deep.equal(steps);
      });
    }

    it("keeps its addresses where two are swapped in the list, and the server with another one", async () => {
      const among = (...digits: number[]) => ({
        ...given,
        addressAllocationIds: digits.map((digit) => `eipalloc-${digit}a1b2c3d4e5f60718`),
      });
      await deploy(among(0, 1));
      expect((await deploy(among(1, 0))).steps).to.deep.equal([]);
      const other = await deploy(among(1, 2));
      expect(other.steps).to.deep.equal([`update ${server} gateway`]);
    });

    it("replaces the server with what bears its id or the VPC's for a VPC of its own, and no address", async () => {
      expect(replacedIn(await deploy(vpc))).to.have.members([...ofServer, ...ofVpc]);
    });

    it("refuses that where the stack is protected, and loses nothing", async () => {
      await expectRefusedWhereProtected(given, vpc);
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
