import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import SftpClient from "ssh2-sftp-client";
import { newKeyPair } from "../../local/ssh/keyPair";
import { Repository } from "../fixtures/repository";
import { contentOf } from "../local/setting/running";
import { Run } from "./run";

const page = readFileSync(resolve(__dirname, "../../docs/ADOPTION.md"), "utf8");
const [, commands = ""] = /From a folder of keys to a gateway.*?```sh\n([\s\S]*?)```/s.exec(page) ?? [];
const [install = "", importing = "", serving = "", writingSheet = ""] = commands.trimEnd().split("\n");

describe("a newcomer with a folder of 20 keys, who types what docs/ADOPTION.md says", () => {
  const partners = Array.from({ length: 20 }, (_, index) => ({
    login: `partner-${index + 1}`,
    pair: newKeyPair(`partner-${index + 1}`),
  }));
  const partner = partners[6]!;
  let repository: Repository;
  let gateway: Run | undefined;
  let port = 0;

  before(() => {
    repository = new Repository();
    const keys = join(repository.directory, "..", "keys");
    mkdirSync(keys);
    for (const { login, pair } of partners) {
      writeFileSync(join(keys, `${login}.pub`), `${pair.publicKey} ${login}\n`);
    }
  });
  after(async () => {
    await gateway?.end("SIGTERM");
    repository.remove();
  });

  /** Runs a command as a shell does in the project's folder. */
  function typed(command: string) {
    return spawnSync("bash", ["-c", command], { cwd: repository.directory, encoding: "utf8" });
  }

  it("takes three commands to a served gateway", () => {
    expect([install, importing, serving]).to.deep.equal(["npm ci", "npm run import -- ../keys --replace", "npm start"]);
  });

  it("can install what the lock file pins", () => {
    // The packages are here already; whether they would be installed, npm tells without a network.
    const folder = mkdtempSync(join(tmpdir(), "newcomer-"));
    try {
      ["package.json", "package-lock.json"].forEach((name) =>
        cpSync(join(repository.directory, name), join(folder, name)),
      );
      const { status, stderr } = spawnSync(`${install} --dry-run --offline`, {
        cwd: folder,
        shell: true,
        encoding: "utf8",
      });
      expect(status, stderr).to.equal(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("makes a tenant of each key", () => {
    const { status, stdout, stderr } = typed(importing);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(stdout).to.include("is a folder of public keys: 20 of 20 users become tenants, 0 of them suspended.\n");
    expect(typed("npm -s run check").stdout).to.equal(
      "tenants.yaml: 20 tenants, 2 stacks, no problems\n" +
        "Pulumi.prod.yaml: needs 2 Elastic IPs; an account has 5 in a region at first\n",
    );
  });

  it("serves each of them, and lets a partner in with the key that it has", async () => {
    // Another gateway may have the port that npm start takes by itself.
    const child = spawn("bash", ["-c", `exec ${serving} -- --port 0`], { cwd: repository.directory });
    gateway = new Run(child);
    await gateway.until(() => gateway!.lines.some((line) => line.includes("ssh_config partner-9")));
    const told = gateway.lines.join("\n");
    port = Number(/serves 127\.0\.0\.1:(\d+)\./.exec(told)?.[1]);
    expect(partners.filter(({ login }) => !told.includes(`ssh_config ${login}`))).to.deep.equal([]);
    const client = new SftpClient();
    try {
      await client.connect({ host: "127.0.0.1", port, username: partner.login, privateKey: partner.pair.privateKey });
      await client.put(Buffer.from("hello"), "/order.csv");
      expect(await contentOf(client, "/order.csv")).to.equal("hello");
    } finally {
      await client.end();
    }
  });

  it("takes one more to the sheet of a partner", () => {
    const { status, stderr } = typed(writingSheet);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    const sheet = readFileSync(join(repository.directory, "partner-7.md"), "utf8").replace(/&#(\d+);/g, (_, code) =>
      String.fromCharCode(Number(code)),
    );
    expect(sheet).to.include(`sftp -P ${port} -i KEY `).and.to.include(` ${partner.login}@127.0.0.1\n`);
    const [, blob = ""] = partner.pair.publicKey.split(" ");
    const fingerprint = createHash("sha256").update(Buffer.from(blob, "base64")).digest("base64").replace(/=+$/, "");
    expect(sheet).to.include(`SHA256:${fingerprint} (ssh-ed25519 partner-7, no end)`);
  });
});
