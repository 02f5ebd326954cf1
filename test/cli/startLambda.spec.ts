import { spawn } from "node:child_process";
import { expect } from "chai";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ProjectCopy } from "../fixtures/projectCopy";
import { besideProgram } from "../fixtures/projectFiles";
import { clientOf } from "../local/setting/protocol";
import { writeHostKeys } from "../local/setting/running";
import { newKeyPair } from "../../local/ssh/keyPair";
import { Run } from "./run";

const tenantsFile = `tenants:
  - name: acme
    userName: ACME_batch
    password: true
    sshKeys:
      - ${newKeyPair("own").publicKey} own
  - name: globex
    allowedCidrs: [203.0.113.0/24]
    sshKeys:
      - ${newKeyPair("other").publicKey} other
`;

describe("npm start of a stack whose logins a function decides", () => {
  let project: ProjectCopy;
  let run: Run | undefined;

  before(() => {
    project = new ProjectCopy(besideProgram);
    writeHostKeys(join(project.directory, "data"));
    writeFileSync(join(project.directory, "tenants.yaml"), tenantsFile);
    const stackFile = join(project.directory, "Pulumi.dev.yaml");
    writeFileSync(stackFile, `${readFileSync(stackFile, "utf8")}  sftp-gateway:identityProvider: lambda\n`);
  });
  afterEach(async () => {
    if (run?.child.exitCode === null) {
      await run.end("SIGKILL");
    }
  });
  after(() => project.remove());

  function start(...flags: string[]): Run {
    const args = ["-r", "./cli/typescript.cjs", "cli/start.ts", "--port", "0", ...flags];
    const options = { cwd: project.directory, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"] };
    return (run = new Run(spawn(process.execPath, args, options)));
  }

  it("lets in by the password of the ready event, which it writes nowhere else", async () => {
    const started = start("--json");
    const { tenants, port, tableEndpoint } = await started.ready();
    expect(tableEndpoint).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    const [acme, globex] = tenants as { userName: string; privateKey: string; password?: string }[];
    expect(Object.keys(acme!)).to.deep.equal(["name", "userName", "privateKey", "privateKeyPem", "password"]);
    expect(Object.keys(globex!)).to.deep.equal(["name", "userName", "privateKey", "privateKeyPem"]);
    const password = acme!.password!;
    (await clientOf({ port, username: "ACME_batch", password })).end();
    (await clientOf({ port, username: "ACME_batch", privateKey: readFileSync(acme!.privateKey, "utf8") })).end();
    const elsewhere = await clientOf({ port, username: "globex", privateKey: readFileSync(globex!.privateKey, "utf8") })
      .then(() => "in")
      .catch((error: Error) => error.message);
    expect(elsewhere).to.equal("All configured authentication methods failed");
    await started.until(() => started.lines.some((line) => line.includes('"cause":"address"')));
    expect(await started.end("SIGTERM")).to.equal(0);
    expect(started.lines.slice(1).join("")).not.to.include(password);
    expect(started.errors).not.to.include(password);
    for (const file of ["log.jsonl", "delivery.jsonl"]) {
      expect(readFileSync(join(project.directory, "data/.gateway", file), "utf8")).not.to.include(password);
    }
    expect(existsSync(join(project.directory, "data/.gateway/identity-provider"))).to.equal(false);
  });

  it("shows a person how each tenant logs in, and from where alone", async () => {
    const started = start();
    await started.until(() => started.lines.some((line) => line.includes("203.0.113.0/24")));
    const shown = started.lines.map((line) => line.replace(/(\w{4}-){6}\w{4}/, "PASSWORD"));
    const first = shown.indexOf("  acme    sftp -F data/.gateway/ssh_config acme");
    expect(shown.slice(first, first + 5)).to.deep.equal([
      "  acme    sftp -F data/.gateway/ssh_config acme",
      "          or with the password PASSWORD",
      "          by sftp -F data/.gateway/ssh_config -o PubkeyAuthentication=no acme",
      "  globex  sftp -F data/.gateway/ssh_config globex",
      "          from 203.0.113.0/24 alone; whoever logs in here comes from 127.0.0.1",
    ]);
    expect(await started.end("SIGTERM")).to.equal(0);
  });
});
