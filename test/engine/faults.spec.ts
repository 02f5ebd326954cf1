import { expect } from "chai";
import type { Fault } from "../fixtures/aws/faults";
import { discrepancies } from "../fixtures/driver/comparison";
import { Rehearsal } from "../fixtures/driver/rehearsal";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

const user = "aws:transfer/user:User";
const server = "aws:transfer/server:Server";

describe("an up that fails", () => {
  let rehearsal: Rehearsal;

  before(async () => {
    rehearsal = await Rehearsal.of(
      tenantsFile([tenantEntry("acme"), tenantEntry("globex", { retentionDays: 30, access: "read-only" })]),
    );
  });

  beforeEach(() => rehearsal.restart());
  after(() => rehearsal.project.remove());

  const repeated: Record<string, Fault> = {
    "AWS throttles a request for too long": { kind: "throttling", change: 12 },
    "AWS denies a request": { kind: "accessDenied", change: 7 },
    "the server does not come online in time": { kind: "incomplete", change: 1, type: server },
    "the provider crashes before it creates the server": { kind: "crash", change: 1, type: server },
    "the provider crashes after it has changed a bucket setting": {
      kind: "crashAfterChange",
      change: 1,
      type: "aws:s3/bucketVersioning:BucketVersioning",
    },
    "the answer that a role has its policy is lost": {
      kind: "lostResponse",
      change: 1,
      type: "aws:iam/rolePolicy:RolePolicy",
    },
  };
  for (const [what, fault] of Object.entries(repeated)) {
    it(`converges by another up when ${what}`, async () => {
      const failed = await rehearsal.stack.upWith(fault);
      expect(failed.code, failed.output).not.to.equal(0);
      expect((await rehearsal.stack.up()).errors).to.deep.equal([]);
      rehearsal.expectConvergence();
    });
  }

  it("says that a user exists when the answer to its creation was lost, and converges once it is imported", async () => {
    const { stack, project } = rehearsal;
    await stack.upWith({ kind: "lostResponse", change: 1, type: user });
    expect((await stack.up()).errors.join()).to.include("ResourceExistsException");
    const { resources } = stack.state();
    const known = resources.filter(({ type }) => type === user).map(({ id }) => id);
    const orphan = project.service.all(user).find(({ id }) => !known.includes(id));
    await stack.import([
      {
        type: user,
        name: `gateway-${String(orphan?.inputs["userName"])}`,
        id: orphan?.id ?? "",
        parent: resources.find(({ type }) => type.endsWith(":GatewayUsers"))?.urn ?? "",
      },
    ]);
    expect((await stack.up()).errors).to.deep.equal([]);
    rehearsal.expectConvergence();
  });

  it("leaves a second server, recognisable by its Name, when the answer to its creation was lost", async () => {
    const { stack, project } = rehearsal;
    await stack.upWith({ kind: "lostResponse", change: 1, type: server });
    expect((await stack.up()).errors).to.deep.equal([]);
    const { resources } = stack.state();
    const known = resources.find(({ type }) => type === server)?.id;
    const orphans = project.service.all(server).filter(({ id }) => id !== known);
    expect(orphans.map(({ inputs }) => inputs["tags"])).to.deep.equal([{ Name: "sftp-gateway-dev" }]);
    expect(discrepancies(project.service, resources)).to.deep.equal([`orphaned: ${server} ${orphans[0]?.id}`]);
  });
});
