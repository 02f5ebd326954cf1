import { spawn } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { newKeyPair } from "../../local/ssh/keyPair";
import type { Deployment } from "../../synth/deployment";
import { nodeFlags } from "../../synth/process";
import { ProjectCopy } from "../fixtures/projectCopy";
import { besideProgram } from "../fixtures/projectFiles";
import { hasSftp, sftpTo } from "../local/setting/openssh";
import { writeHostKeys } from "../local/setting/running";
import { Run } from "./run";

describe("a stack with a host key of its own", () => {
  const pair = newKeyPair("old-server");
  const ciphertext = "v1:RWluIE5vbmNl:RWluIENoaWZmcmF0";
  let project: ProjectCopy;
  let deployment: Deployment;

  before(() => {
    project = new ProjectCopy(besideProgram);
    const lines = [
      `  sftp-gateway:hostKey: { secure: "${ciphertext}" }`,
      `  sftp-gateway:hostKeyPublic: ${pair.publicKey} old-server`,
      "  sftp-gateway:loginBanner: Authorised use only",
    ];
    appendFileSync(join(project.directory, "Pulumi.dev.yaml"), `${lines.join("\n")}\n`);
    const { status, stdout, stderr } = project.node(...nodeFlags, "cli/synth.ts", "--stack", "dev");
    expect(status, stderr).to.equal(0);
    expect(stdout + stderr).not.to.include(ciphertext);
    deployment = JSON.parse(stdout) as Deployment;
  });
  after(() => project.remove());

  it("is synthesised and checked without a passphrase, and shows neither the key nor its cipher text", () => {
    const { resources, outputs } = deployment;
    const server = resources.find(({ type }) => type === "aws:transfer/server:Server")!;
    expect(server.inputs).to.deep.include({
      hostKey: { secret: true },
      preAuthenticationLoginBanner: "Authorised use only",
    });
    expect(outputs["knownHosts"]).to.equal(`${String(outputs["endpoint"])} ${pair.publicKey}`);
    const check = project.node("cli/check.ts");
    expect(check.status, check.stderr).to.equal(0);
    expect(check.stdout + check.stderr).not.to.include(ciphertext);
  });

  it("is served with the key's file, so that OpenSSH connects by the published line, and shows the banner", async function () {
    if (!hasSftp()) {
      this.skip();
    }
    const { outputs } = deployment;
    const [published, file] = [join(project.directory, "published"), join(project.directory, "host_key")];
    writeFileSync(published, `${String(outputs["knownHosts"])}\n`);
    writeFileSync(file, pair.privateKey, { mode: 0o600 });
    const data = join(project.directory, "served");
    writeHostKeys(data);
    const flags = ["--json", "--port", "0", "--data", data, "--host-key", file];
    const args = ["-r", "./cli/typescript.cjs", "cli/start.ts", ...flags];
    const run = new Run(spawn(process.execPath, args, { cwd: project.directory, stdio: ["ignore", "pipe", "pipe"] }));
    try {
      const { port, tenants } = await run.ready();
      const [{ privateKey, userName }] = tenants as [(typeof tenants)[number]];
      const strict = [
        ...["-o", "StrictHostKeyChecking=yes", "-o", `UserKnownHostsFile=${published}`],
        ...["-o", `HostKeyAlias=${String(outputs["endpoint"])}`, "-i", privateKey, "-P", String(port)],
      ];
      const { stdout, stderr } = await sftpTo(`${userName}@127.0.0.1`, strict, "pwd");
      expect(stdout).to.match(/Remote working directory: \//);
      expect(stderr).to.include("Authorised use only");
    } finally {
      await run.end("SIGTERM");
    }
  });
});
