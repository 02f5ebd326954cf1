import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { discrepancies } from "../fixtures/driver/comparison";
import { Project } from "../fixtures/driver/project";
import type { Stack } from "../fixtures/driver/stack";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

const functionType = "aws:lambda/function:Function";
const serverType = "aws:transfer/server:Server";
const tableType = "aws:dynamodb/table:Table";
const userType = "aws:transfer/user:User";
const keyType = "aws:transfer/sshKey:SshKey";
const example = "examples/identity-provider";

describe("the example of a stack whose logins a function decides", () => {
  const stackFile = "Pulumi.partners.yaml";
  let project: Project;
  let stack: Stack;

  before(async () => {
    project = Project.create();
    project.write(stackFile, readFileSync(join(project.directory, example, stackFile), "utf8"));
    stack = project.stack("partners");
    await stack.init();
  });

  after(() => project.remove());

  it("is deployed, and settles at once", async () => {
    expect((await stack.up()).errors).to.deep.equal([]);
    const { resources, text } = stack.state();
    expect(discrepancies(project.service, resources)).to.deep.equal([]);
    expect(project.service.all(serverType).map(({ inputs }) => inputs["identityProviderType"])).to.deep.equal([
      "AWS_LAMBDA",
    ]);
    // Records are files: no text of theirs stands in the state.
    expect(text).to.not.include('\\"userName\\":\\"acme\\"');
    expect((await stack.preview()).steps).to.deep.equal([]);
  });

  it("changes one resource for one more tenant, the function", async () => {
    const file = `${example}/tenants.yaml`;
    const tenants = readFileSync(join(project.directory, file), "utf8");
    project.write(file, `${tenants}\n  - name: initech\n    password: true\n`);
    const run = await stack.up();
    expect(run.errors).to.deep.equal([]);
    expect(run.steps).to.deep.equal([`update ${functionType} gateway-identity-provider`]);
  });

  it("is destroyed, and nothing is left", async () => {
    expect((await stack.destroy()).errors).to.deep.equal([]);
    expect(project.service.inventory()).to.deep.equal([]);
    expect(stack.state().resources).to.deep.equal([]);
  });
});

describe("a stack that moves over to a function", () => {
  let project: Project;
  let dev: Stack;
  let restore: () => void;

  before(async () => {
    project = Project.create();
    project.write("tenants.yaml", tenantsFile([tenantEntry("acme")]));
    dev = project.stack("dev");
    await dev.init();
    await dev.setConfig("sftp-gateway:protect", "true");
    expect((await dev.up()).errors).to.deep.equal([]);
    await dev.setConfig("sftp-gateway:identityProvider", "lambda");
    restore = project.snapshot();
  });

  beforeEach(() => restore());
  after(() => project.remove());

  it("replaces the server, which protection stops before anything happens to it", async () => {
    const [server] = project.service.all(serverType);
    const run = await dev.up();
    expect(run.code).not.to.equal(0);
    expect(run.errors.join()).to.include("marked for protection");
    expect(project.service.all(serverType)).to.deep.equal([server]);
  });

  /** The way around that docs/IDENTITY.md describes, up to the update that makes the rest. */
  async function changeTypeInPlace(): Promise<void> {
    const made = await dev.up(
      "--target",
      "**IdentityProvider**",
      "--target",
      "**Permission::gateway-identity-provider",
    );
    expect(made.errors).to.deep.equal([]);
    const [asked] = project.service.all(functionType).filter(({ id }) => id.endsWith("-identity-provider"));
    const service = project.service;
    const [server] = service.all(serverType);
    // What `aws transfer update-server` does.
    service.put({
      ...server!,
      inputs: {
        ...server!.inputs,
        identityProviderType: "AWS_LAMBDA",
        function: asked!.computed["arn"],
        sftpAuthenticationMethods: "PUBLIC_KEY_OR_PASSWORD",
      },
    });
    expect((await dev.refresh()).errors).to.deep.equal([]);
  }

  it("keeps its server when AWS changes the type in place before the update does", async () => {
    const [before] = project.service.all(serverType);
    await changeTypeInPlace();
    const run = await dev.up();
    expect(run.errors).to.deep.equal([]);
    expect(run.steps.filter((step) => step.includes(serverType))).to.deep.equal([]);
    expect((await dev.preview()).steps).to.deep.equal([]);
    expect(project.service.all(serverType).map(({ id }) => id)).to.deep.equal([before!.id]);
    expect(discrepancies(project.service, dev.state().resources)).to.deep.equal([]);
    expect(project.service.all(userType)).to.deep.equal([]);
  });

  it("keeps it where AWS no longer lets the former users be deleted, which leave the state alone", async () => {
    const [before] = project.service.all(serverType);
    await changeTypeInPlace();
    project.service.keepsFormerUsers = true;
    expect((await dev.up()).errors.join()).to.include("knows no users of its own");
    const { resources } = dev.state();
    for (const type of [keyType, userType]) {
      for (const { urn } of resources.filter((resource) => resource.type === type)) {
        await dev.succeed(["state", "delete", urn, "--yes", "--stack", "dev"]);
      }
    }
    expect((await dev.up()).errors).to.deep.equal([]);
    expect((await dev.preview()).steps).to.deep.equal([]);
    expect(project.service.all(serverType).map(({ id }) => id)).to.deep.equal([before!.id]);
    expect(project.service.all(userType).map(({ inputs }) => inputs["userName"])).to.deep.equal(["acme"]);
  });

  /** The same back, up to the update that makes the users again. */
  async function changeTypeBack(): Promise<void> {
    await dev.setConfig("sftp-gateway:identityProvider", "service-managed");
    const { service } = project;
    const [server] = service.all(serverType);
    const ofFunction = ["function", "sftpAuthenticationMethods"];
    const kept = Object.entries(server!.inputs).filter(([name]) => !ofFunction.includes(name));
    service.put({
      ...server!,
      inputs: { ...Object.fromEntries(kept), identityProviderType: "SERVICE_MANAGED" },
    });
    expect((await dev.refresh()).errors).to.deep.equal([]);
  }

  it("goes back in place too, once its table may be deleted", async () => {
    const [before] = project.service.all(serverType);
    await changeTypeInPlace();
    expect((await dev.up()).errors).to.deep.equal([]);
    await changeTypeBack();
    expect((await dev.up()).errors.join())
      .to.include("Table::gateway-identity-provider")
      .and.include("is protected");
    const [table] = project.service.all(tableType).filter(({ id }) => id.endsWith("-identity-provider"));
    // What `aws dynamodb update-table` does.
    project.service.put({ ...table!, inputs: { ...table!.inputs, deletionProtectionEnabled: false } });
    const { resources } = dev.state();
    const urn = resources.find(({ type, id }) => type === tableType && id === table!.id)!.urn;
    await dev.succeed(["state", "unprotect", urn, "--yes", "--stack", "dev"]);
    expect((await dev.up()).errors).to.deep.equal([]);
    expect((await dev.preview()).steps).to.deep.equal([]);
    expect(project.service.all(serverType).map(({ id }) => id)).to.deep.equal([before!.id]);
    expect(project.service.all(userType).map(({ inputs }) => inputs["userName"])).to.deep.equal(["acme"]);
    expect(discrepancies(project.service, dev.state().resources)).to.deep.equal([]);
  });
});
