import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import program from "../index";
import { readConfigurationFiles } from "../settings/files";
import type { DeployedResource, Deployment } from "../synth/deployment";
import { synthesised } from "./fixtures/synthesised";
import { ofType, projectDirectory } from "./components/gatewayStack";
import { publicKey } from "./publicKeys";

const today = "2026-06-01";

/** What differs between two deployments, by urn: `+` gained, `-` lost, `~` changed. */
function difference(before: Deployment, after: Deployment): string[] {
  const old = new Map(before.resources.map((resource) => [resource.urn, resource]));
  const now = new Map(after.resources.map((resource) => [resource.urn, resource]));
  const label = ({ type, name }: DeployedResource) => `${type.split(":").pop()} ${name}`;
  return [
    ...after.resources.filter(({ urn }) => !old.has(urn)).map((resource) => `+ ${label(resource)}`),
    ...before.resources.filter(({ urn }) => !now.has(urn)).map((resource) => `- ${label(resource)}`),
    ...after.resources
      .filter(({ urn, inputs }) => old.has(urn) && JSON.stringify(inputs) !== JSON.stringify(old.get(urn)?.inputs))
      .map((resource) => `~ ${label(resource)}`),
  ].sort();
}

describe("the program", () => {
  let directory: string;
  before(() => (directory = mkdtempSync(join(tmpdir(), "program-"))));
  after(() => rmSync(directory, { recursive: true }));

  function deploy(tenants: string, stack = "dev", overrides: Record<string, string> = {}): Promise<Deployment> {
    const file = join(directory, "tenants.yaml");
    writeFileSync(file, tenants);
    return synthesised({
      directory: projectDirectory,
      stack,
      overrides: { "sftp-gateway:today": today, ...overrides, "sftp-gateway:tenantsFile": file },
      program,
    });
  }

  const [keyA, keyB, keyC, keyD] = [publicKey(1), publicKey(2), publicKey(3), publicKey(4)];
  const acme = `  - { name: acme, sshKeys: ["${keyA.text}"] }\n`;
  const corp = `  - { name: acme-corp, sshKeys: ["${keyB.text}"] }\n`;
  const globex = `  - { name: globex, sshKeys: ["${keyC.text}"] }\n`;

  it("changes one key's resource alone when one key is exchanged", async () => {
    const before = await deploy(`tenants:\n${acme}${corp}`);
    const after = await deploy(`tenants:\n${acme}${corp.replace(keyB.text, keyD.text)}`);
    expect(difference(before, after)).to.deep.equal([
      `+ SshKey gateway-acme-corp-${keyD.fingerprint}`,
      `- SshKey gateway-acme-corp-${keyB.fingerprint}`,
    ]);
  });

  it("changes nothing but its user when a folder's path changes, and nothing of others", async () => {
    const folder = (path: string) =>
      `  - { name: acme, folders: [{ name: out${path}, access: read-only }], sshKeys: ["${keyA.text}"] }\n`;
    const before = await deploy(`tenants:\n${folder("")}${corp}`);
    const after = await deploy(`tenants:\n${folder(", path: /Out/From_Us")}${corp}`);
    expect(difference(before, after)).to.deep.equal(["~ User gateway-acme"]);
  });

  it("touches only the resources of a tenant that goes, first in the list or not", async () => {
    const before = await deploy(`tenants:\n${acme}${corp}${globex}`);
    const after = await deploy(`tenants:\n${corp}${globex}`);
    expect(difference(before, after)).to.deep.equal([
      `- SshKey gateway-acme-${keyA.fingerprint}`,
      "- User gateway-acme",
    ]);
  });

  it("touches nothing when the file's order changes", async () => {
    const before = await deploy(`tenants:\n${acme}${corp}${globex}`);
    const after = await deploy(`tenants:\n${globex}${acme}${corp}`);
    expect(after).to.deep.equal(before);
  });

  it("touches nothing when a key's comment changes", async () => {
    const before = await deploy(`tenants:\n${acme}`);
    const after = await deploy(`tenants:\n${acme.replace(keyA.text, `${keyA.text} new-laptop`)}`);
    expect(after).to.deep.equal(before);
  });

  it("deploys a tenant and a key in their environments alone", async () => {
    const tenants = `tenants:
  - { name: acme, environments: [dev], sshKeys: ["${keyA.text}"] }
  - name: globex
    sshKeys:
      - "${keyB.text}"
      - { key: "${keyC.text}", environments: [dev] }
`;
    const names = (deployment: Deployment) => ofType(deployment, "SshKey").map(({ name }) => name);
    expect(names(await deploy(tenants, "dev"))).to.have.members([
      `gateway-acme-${keyA.fingerprint}`,
      `gateway-globex-${keyB.fingerprint}`,
      `gateway-globex-${keyC.fingerprint}`,
    ]);
    expect(names(await deploy(tenants, "prod"))).to.deep.equal([`gateway-globex-${keyB.fingerprint}`]);
  });

  it("deploys a key up to and on its last day", async () => {
    const tenants = `tenants:
  - name: acme
    sshKeys: ["${keyA.text}", { key: "${keyB.text}", expires: 2026-06-01 }]
`;
    const lastDay = await deploy(tenants);
    const dayAfter = await deploy(tenants, "dev", { "sftp-gateway:today": "2026-06-02" });
    expect(difference(lastDay, dayAfter)).to.deep.equal([`- SshKey gateway-acme-${keyB.fingerprint}`]);
  });

  it("deploys a listener in its environments alone, and a space's in every stack", async () => {
    const tenants = `spaces:
  - { name: catalogue, notify: [{ email: prices@acme.example }] }
tenants:
  - name: acme
    environments: [dev, prod]
    sshKeys: ["${keyA.text}"]
    notify: [{ queue: true, environments: [prod] }, { email: ops@acme.example, environments: [dev] }]
`;
    const listeners = (deployment: Deployment) =>
      ofType(deployment, "TopicSubscription")
        .filter(({ inputs }) => inputs["filterPolicy"] !== undefined)
        .map(({ inputs }) => `${String(inputs["protocol"])} ${String(inputs["filterPolicy"])}`)
        .sort();
    expect(listeners(await deploy(tenants, "dev"))).to.deep.equal([
      'email {"owner":["space:catalogue"]}',
      'email {"owner":["tenant:acme"]}',
    ]);
    expect(listeners(await deploy(tenants, "prod"))).to.deep.equal([
      'email {"owner":["space:catalogue"]}',
      'sqs {"owner":["tenant:acme"]}',
    ]);
  });

  it("names the topics of arrivals, uploads and alarms among its outputs", async () => {
    const { outputs } = await deploy(`tenants:\n${acme}`);
    const topics = "arn:aws:sns:eu-central-1:123456789012:sftp-gateway-dev";
    expect(outputs).to.include({
      arrivalsTopicArn: `${topics}-arrivals`,
      uploadsTopicArn: `${topics}-uploads`,
      alarmsTopicArn: `${topics}-alarms`,
    });
  });

  for (const [setting, value, message] of [
    ["onUploadConcurrency", "0", "is 0; it is 1 or more, or -1 for no limit"],
    ["alarmEmail", "ops", 'is "ops"; it is one mail address, as ops@acme.example'],
  ] as const) {
    it(`refuses the setting ${setting} ${value}`, async () => {
      const failure = await deploy(`tenants:\n${acme}`, "dev", { [`sftp-gateway:${setting}`]: value }).then(
        () => "",
        (error: Error) => error.message,
      );
      expect(failure).to.equal(`nothing is deployed:\nerror: "sftp-gateway:${setting}" ${message}`);
    });
  }

  it("takes user and keys from a suspended tenant, and its retention stays", async () => {
    const active = `tenants:\n  - { name: acme, retentionDays: 30, sshKeys: ["${keyA.text}"] }\n`;
    const before = await deploy(active);
    const after = await deploy(active.replace("retentionDays", "state: suspended, retentionDays"));
    expect(difference(before, after)).to.deep.equal([
      `- SshKey gateway-acme-${keyA.fingerprint}`,
      "- User gateway-acme",
    ]);
    expect(after.outputs["tenants"]).to.deep.equal({});
  });

  it("fails with each problem's place, and registers nothing, when tenants.yaml is wrong", async () => {
    const failure = await deploy(`tenants:\n${acme}  - { name: acme, sshKeys: ["${keyB.text}"] }\n`).then(
      () => "",
      (error: Error) => error.message,
    );
    expect(failure).to.match(/tenants\.yaml:3:13: error: /);
    expect(failure).not.to.include(keyB.body);
  });

  it("gives stacks that differ only by what their stack files say", async () => {
    const tenants = `tenants:\n${acme}`;
    const { values } = readConfigurationFiles(projectDirectory, "dev");
    const likeDev = await deploy(tenants, "prod", { ...values, "sftp-gateway:today": today });
    expect(masked(likeDev)).to.equal(masked(await deploy(tenants, "dev")));
  });
});

/** A deployment without what follows from the stack's name: the name itself and what is drawn at random from it. */
function masked(deployment: Deployment): string {
  return JSON.stringify(deployment, null, 1)
    .replaceAll(/(?<![a-z])(prod|dev)(?![a-z])/g, "STACK")
    .replaceAll(/\bs-[0-9a-f]{17}/g, "s-ID")
    .replaceAll(/AROA[0-9A-F]{17}/g, "AROA")
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "UUID")
    .replaceAll(/"hostKeyFingerprint": ".*"/g, "HOST KEY");
}
