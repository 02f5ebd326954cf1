import { spawn } from "node:child_process";
import { expect } from "chai";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { partBytes } from "../../../local/objects/upload";
import { ListeningGateway } from "../setting/listening";
import { hasSftp, openSshFlags, sftp as sftpAs } from "../setting/openssh";
import { temporaryFolder } from "../setting/running";

describe("uploads by OpenSSH's sftp", () => {
  let gateway: ListeningGateway;
  let local: ReturnType<typeof temporaryFolder>;

  before(async function () {
    if (!hasSftp()) {
      this.skip();
    }
    gateway = await ListeningGateway.start();
    local = temporaryFolder();
    writeFileSync(join(local.path, "source"), "hello");
  });
  after(async () => {
    await gateway?.stop();
    local?.remove();
  });

  const sftp = (tenant: string, ...commands: string[]) => sftpAs(gateway.running, tenant, ...commands);
  const heard = (queue: string) => gateway.events(queue).map(({ path, complete }) => `${path} ${complete}`);

  it("are in the right queue only, under their names, once each", async () => {
    const names = ["plain.csv", "two words.csv", "Größe 統計.csv", "1+1=2.csv", "100%.csv"];
    await sftp("acme-corp", ...names.map((name) => `put ${local.path}/source "/${name}"`));
    await sftp("acme", `put ${local.path}/source /other.csv`);
    await gateway.until(() => heard("tenant_acme").length === 1 && heard("tenant_acme-corp").length === names.length);
    expect(heard("tenant_acme")).to.deep.equal(["other.csv true"]);
    expect(heard("tenant_acme-corp")).to.deep.equal(names.map((name) => `${name} true`));
    expect(
      gateway.told("metrics").filter(({ dimensions }) => dimensions["owner"] === "tenant:acme-corp"),
    ).to.have.lengthOf(names.length);
  });

  it("into a space are heard of by the space's listeners alone", async () => {
    await sftp("supplier", `put ${local.path}/source /catalogue/prices.csv`, `put ${local.path}/source /home/own.csv`);
    await gateway.until(() => gateway.log.includes("announced own.csv"));
    expect(heard("space_catalogue")).to.deep.equal(["prices.csv true"]);
  });

  it("of many parts, renamed, and into a new folder", async () => {
    const before = heard("tenant_acme").length;
    truncateSync(join(local.path, "source"), 3 * partBytes);
    await sftp("acme", "mkdir /folder", `put ${local.path}/source /folder/large`, "rename /folder/large /folder/done");
    await gateway.until(() => heard("tenant_acme").length === before + 2);
    expect(heard("tenant_acme").slice(before)).to.deep.equal(["folder/large true", "folder/done true"]);
  });

  it("whose client is killed are marked", async () => {
    const child = spawn("sftp", [...openSshFlags(gateway.running, "acme"), "-l", "400", "acme@127.0.0.1"], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    child.stdin.write(`put ${local.path}/source /half.bin\n`);
    await gateway.until(() => gateway.running.eventsOf("OPEN").some(({ path }) => path?.endsWith("half.bin") === true));
    child.kill("SIGKILL");
    await gateway.until(() => heard("tenant_acme").filter((line) => line.startsWith("half.bin")).length === 2);
    expect(heard("tenant_acme")).to.include.members(["half.bin true", "half.bin false"]);
  });
});
