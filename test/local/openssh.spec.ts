import { execFile } from "node:child_process";
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { sftpCommand } from "../../local/welcome";
import { deploymentOf } from "./setting/deployment";
import { hasSftp, openSshFlags, sftp as sftpAs } from "./setting/openssh";
import { RunningGateway, temporaryFolder } from "./setting/running";

const run = promisify(execFile);

describe("OpenSSH's clients", () => {
  let running: RunningGateway;
  let local: ReturnType<typeof temporaryFolder>;

  before(async function () {
    if (!hasSftp()) {
      this.skip();
    }
    running = await RunningGateway.start(deploymentOf({ tenant: "acme" }));
    local = temporaryFolder();
  });
  after(async () => {
    await running?.stop();
    local?.remove();
  });

  const options = () => openSshFlags(running, "acme");
  const sftp = (...commands: string[]) => sftpAs(running, "acme", ...commands);

  const file = (name: string, content: string) => {
    writeFileSync(join(local.path, name), content);
    return join(local.path, name);
  };

  it("upload, list and download", async () => {
    const { stdout } = await sftp(`put ${file("a.txt", "hello")} /a.txt`, "ls -l /", `get /a.txt ${local.path}/b.txt`);
    expect(stdout).to.match(/-rw-r--r--\s.*\s5\s.*a\.txt/);
    expect(readFileSync(join(local.path, "b.txt"), "utf8")).to.equal("hello");
  });

  it("work with folders", async () => {
    const source = file("a.txt", "x");
    await sftp("mkdir /inbox", "cd /inbox", `put ${source}`, "rename a.txt b.txt", "rm b.txt", "cd /", "rmdir /inbox");
    expect(running.eventsOf("RMDIR")).to.have.lengthOf(1);
  });

  it("transfer whole trees", async () => {
    const tree = temporaryFolder();
    try {
      writeFileSync(join(tree.path, "one"), "1");
      await sftp("mkdir /tree", `put -R ${tree.path} /tree`, `get -R /tree ${local.path}/back`);
      expect(readFileSync(join(local.path, "back", tree.path.split("/").pop()!, "one"), "utf8")).to.equal("1");
    } finally {
      tree.remove();
    }
  });

  it("are told what they may not do, and what AWS does not support", async () => {
    const source = file("a.txt", "longer than before");
    await sftp(`put ${file("short.txt", "short")} /r.txt`);
    const { stderr } = await sftp(
      "-ln -s /r.txt /s.txt",
      "-ls /nothing",
      `-reput ${source} /r.txt`,
      "-rename /r.txt /r.txt",
    );
    expect(stderr).to.match(/symlink.*unsupported|does not support/i);
    expect(stderr).to.match(/not found|No such file/);
    expect(stderr).to.match(/open.*unsupported/i);
    expect(stderr).to.match(/rename.*Failure/i);
    expect(readFileSync(running.file("tenants/acme/r.txt"), "utf8")).to.equal("short");
  });

  it("copy with scp, times included", async () => {
    const source = file("c.txt", "by scp");
    const scp = (...paths: string[]) => run("scp", ["-s", "-p", ...options(), ...paths]);
    await scp(source, "acme@127.0.0.1:/c.txt");
    await scp("acme@127.0.0.1:/c.txt", join(local.path, "d.txt"));
    expect(readFileSync(join(local.path, "d.txt"), "utf8")).to.equal("by scp");
  });

  it("are refused what is not SFTP", async () => {
    const flags = options().map((option) => (option === "-P" ? "-p" : option));
    const ssh = run("ssh", [...flags, "acme@127.0.0.1", "id"]);
    expect(
      await ssh.then(
        () => "done",
        (error: Error) => error.message,
      ),
    ).to.match(/exec request failed/);
  });

  it("work with the command that a newcomer is shown", async () => {
    const command = sftpCommand("acme", join(running.folder, ".gateway/ssh_config"));
    const shell = run("sh", ["-c", command.replace(/acme$/, "-b - acme")]);
    shell.child.stdin!.end("pwd\n");
    expect((await shell).stdout).to.match(/Remote working directory: \//);
  });
});
