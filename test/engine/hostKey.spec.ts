import { expect } from "chai";
import { newKeyPair } from "../../local/ssh/keyPair";
import { Project } from "../fixtures/driver/project";
import type { Stack } from "../fixtures/driver/stack";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

const [hostKey, hostKeyPublic] = ["sftp-gateway:hostKey", "sftp-gateway:hostKeyPublic"];

describe("a host key of one's own", () => {
  const [first, second] = [newKeyPair("first"), newKeyPair("second")];
  let project: Project;
  let dev: Stack;

  before(async () => {
    project = Project.create();
    project.write("tenants.yaml", tenantsFile([tenantEntry("acme")]));
    dev = project.stack("dev");
    await dev.init();
  });
  after(() => project.remove());

  /** The middle of a private key, which no text may show. */
  const secret = ({ privateKey }: typeof first) => privateKey.split("\n")[2]!;

  async function give({ privateKey, publicKey }: typeof first): Promise<void> {
    await dev.setConfig(hostKey, privateKey, "--secret");
    await dev.setConfig(hostKeyPublic, publicKey);
  }

  const keyAtAws = () => project.service.all("aws:transfer/server:Server").map(({ inputs }) => inputs["hostKey"]);

  it("reaches AWS, and stands neither in the state nor in what is printed", async () => {
    await give(first);
    const { errors, output } = await dev.up();
    expect(errors).to.deep.equal([]);
    expect(keyAtAws()).to.deep.equal([first.privateKey]);
    const { text } = dev.state();
    expect(text + output).not.to.include(secret(first));
    const { endpoint, knownHosts } = await dev.outputs();
    expect(knownHosts).to.equal(`${String(endpoint)} ${first.publicKey}`);
  });

  it("goes to the same server when it changes, and stays there when it is taken out", async () => {
    await give(second);
    const changed = await dev.up();
    expect(changed.errors).to.deep.equal([]);
    expect(changed.steps).to.deep.equal(["update aws:transfer/server:Server gateway"]);
    expect(changed.output).not.to.include(secret(first)).and.not.to.include(secret(second));
    await dev.succeed(["config", "rm", "--stack", "dev", hostKey]);
    await dev.succeed(["config", "rm", "--stack", "dev", hostKeyPublic]);
    const removed = await dev.up();
    expect(removed.errors).to.deep.equal([]);
    expect(removed.steps).to.deep.equal(["update aws:transfer/server:Server gateway"]);
    expect(await dev.outputs()).not.to.have.property("knownHosts");
  });

  it("is refused before any resource where the halves do not fit, or where it is not encrypted", async () => {
    await dev.setConfig(hostKey, first.privateKey, "--secret");
    await dev.setConfig(hostKeyPublic, second.publicKey);
    const apart = await dev.preview();
    expect(apart.code).not.to.equal(0);
    expect(apart.output).to.match(
      /Pulumi\.dev\.yaml:\d+:\d+: error: "sftp-gateway:hostKeyPublic" is .*halves of two keys/,
    );
    await dev.setConfig(hostKey, first.privateKey, "--plaintext");
    const plain = await dev.preview();
    expect(plain.code).not.to.equal(0);
    expect(plain.output).to.match(/Pulumi\.dev\.yaml:\d+:\d+: error: "sftp-gateway:hostKey" is not encrypted; /);
    expect(apart.output + plain.output).not.to.include(secret(first));
  });
});
