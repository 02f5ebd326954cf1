import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";

const key = publicKey(1);
const endpoint = "s-0123456789abcdef0.server.transfer.eu-central-1.amazonaws.com";
const outputs = {
  endpoint,
  hostKeyFingerprint: publicKey("host").fingerprint,
  tenants: {
    acme: { userName: "acme", homeDirectory: "/", prefixes: ["tenants/acme/"], keyFingerprints: [key.fingerprint] },
  },
};

describe("npm run sheet", () => {
  let repository: Repository;
  before(() => {
    repository = new Repository();
    repository.write("other.yaml", `tenants:\n  - { name: acme, sshKeys: ["${key.text}"] }\n`);
    repository.write("outputs.json", JSON.stringify(outputs));
  });
  after(() => repository.remove());

  function writeKnownHosts(data: string): void {
    const own = join(repository.directory, data, ".gateway");
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "known_hosts"), `[127.0.0.1]:2222 ${publicKey("host").text}\n`);
  }

  const sheet = (...flags: string[]) => repository.call("sheet", ...flags);
  const ofStack = ["acme", "--stack", "dev", "--tenants", "other.yaml", "--outputs", "outputs.json"];

  it("writes the sheet of a tenant from the outputs of its stack", async () => {
    const { code, stdout, stderr } = await sheet(...ofStack, "--format", "text");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(new RegExp(`^ {2}Host +${endpoint.replaceAll(".", "\\.")}$`, "m"));
    expect(stdout).to.include(key.fingerprint).and.not.to.include("Questions");
  });

  it("names whom to ask, by the stack's setting", async () => {
    const { stdout } = await sheet(...ofStack, "--format", "html");
    expect(stdout)
      .to.match(/^<!doctype html>/)
      .and.not.to.include("Questions");
    const file = "Pulumi.dev.yaml";
    const before = readFileSync(join(repository.directory, file), "utf8");
    repository.write(file, `${before}  sftp-gateway:supportContact: EDI team, edi@acme.example\n`);
    const asked = await sheet(...ofStack);
    repository.write(file, before);
    expect(asked.stdout).to.match(/## Questions\n\nEDI team, edi&#64;/);
  });

  it("exits with 1 where the stack has something else than the working tree", async () => {
    const { acme } = outputs.tenants;
    const other = { ...outputs, tenants: { acme: { ...acme, prefixes: ["tenants/acme/inbox/"] } } };
    repository.write("other.json", JSON.stringify(other));
    const { code, stdout, stderr } = await sheet(...ofStack.slice(0, -1), "other.json");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.equal(
      'error: stack dev does not have the folders of "acme" as they are in the working tree: deploy it, or check out what is deployed\n',
    );
  });

  it("exits with 1 where no gateway has run on this machine, and says what to do", async () => {
    const { code, stderr } = await sheet("acme", "--stack", "dev", "--data", "nowhere");
    expect(code).to.equal(1);
    expect(stderr).to.equal(
      "error: nowhere/.gateway/known_hosts: there is no such file; npm start writes it, or give the stack's outputs by --outputs\n",
    );
  });

  it("exits with 1 where the gateway on this machine has served another stack alone", async () => {
    writeKnownHosts("served");
    mkdirSync(join(repository.directory, "served", "sftp-gateway-dev-123456789012"));
    const ofServed = (stack: string) => sheet("acme", "--stack", stack, "--data", "served", "--tenants", "other.yaml");
    expect((await ofServed("dev")).code).to.equal(0);
    expect(await ofServed("prod")).to.deep.equal({
      code: 1,
      stdout: "",
      stderr:
        "error: served has no bucket of stack prod: npm start -- --stack prod makes it, or give the stack's outputs by --outputs\n",
    });
  });

  it("exits with 1 and the problems of the tenants file", async () => {
    repository.write("wrong.yaml", "tenants:\n  - { name: acme }\n");
    writeKnownHosts("here");
    const { code, stderr } = await sheet("acme", "--stack", "dev", "--tenants", "wrong.yaml", "--data", "here");
    expect(code).to.equal(1);
    expect(stderr).to.match(/^wrong\.yaml:2:13: error: tenant "acme" has no SSH key/);
  });

  it("exits with 2 without a tenant or a stack", async () => {
    const nobody = await sheet("--stack", "dev");
    expect(nobody.code).to.equal(2);
    expect(nobody.stderr).to.match(/^error: whom the sheet is for is missing: the name of a tenant\n/);
    const nowhere = await sheet("acme");
    expect(nowhere.code).to.equal(2);
    expect(nowhere.stderr).to.match(/^error: which stack is meant is missing: --stack STACK; there are dev and prod\n/);
  });

  it("exits with 2 with a data folder beside the outputs, since one host is meant", async () => {
    const { code, stderr } = await sheet("acme", "--stack", "dev", "--outputs", "outputs.json", "--data", "data");
    expect(code).to.equal(2);
    expect(stderr).to.match(
      /^error: --data and --outputs exclude each other: a host is on this machine, or deployed\n/,
    );
  });
});
