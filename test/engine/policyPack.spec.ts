import { expect } from "chai";
import { Project } from "./driver/project";
import type { Stack } from "./driver/stack";
import { tenantEntry, tenantsFile } from "./driver/tenants";

describe("the policy pack", () => {
  let project: Project;
  let prod: Stack;
  let restore: () => void;

  before(async () => {
    project = Project.create();
    project.write("tenants.yaml", tenantsFile([tenantEntry("acme"), tenantEntry("globex", { access: "read-only" })]));
    prod = project.stack("prod");
    await prod.init();
    restore = project.snapshot();
  });

  beforeEach(() => restore());
  after(() => project.remove());

  it("passes the first deployment of the program", async () => {
    const run = await prod.up("--policy-pack", "policy");
    expect(run.errors).to.deep.equal([]);
    expect(run.code, run.output).to.equal(0);
  });

  it("stops an update before it makes what is wrong, and names each rule that is broken", async () => {
    project.patch("components/users.ts", "policy: plan.sessionPolicy,", "");
    project.patch("components/server.ts", "args.securityPolicy", '"TransferSecurityPolicy-2018-11"');
    const run = await prod.preview("--policy-pack", "policy");
    expect(run.code).not.to.equal(0);
    expect(run.errors.join("\n"))
      .to.include("transfer-user-has-session-policy")
      .and.to.include("transfer-server-has-current-security-policy");
  });
});
