import { execFile, spawnSync } from "node:child_process";
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SFTPWrapper } from "ssh2";
import { readableLine } from "../../local/journal/readable";
import { deploymentOf, resource } from "./setting/deployment";
import { openSshFlags } from "./setting/openssh";
import { closed, opened, outcome, rawClient, status, written } from "./setting/protocol";
import { RunningGateway, temporaryFolder } from "./setting/running";

const run = promisify(execFile);
const content = "0123456789";
const openFor = { write: 2, writeOrCreate: 2 | 8, writeExclusively: 2 | 8 | 32, writeAnew: 2 | 8 | 16 };

describe("opening a file without TRUNCATE", () => {
  let running: RunningGateway;
  let sftp: SFTPWrapper;
  beforeEach(async () => {
    running = await RunningGateway.start(deploymentOf({ tenant: "acme" }));
    ({ sftp } = await rawClient(running, "acme"));
    await outcome((done) => sftp.writeFile("/a.txt", content, done));
  });
  afterEach(() => running.stop());

  const stored = (name = "a.txt") => readFileSync(running.file(`tenants/acme/${name}`), "utf8");
  const lastLine = (type: "CLOSE" | "PARTIAL_CLOSE") => readableLine(running.eventsOf(type).at(-1)!, new Date());
  const uploads = () => running.deliveries.length + running.eventsOf("PARTIAL_CLOSE").length;

  for (const flags of [openFor.write, openFor.writeOrCreate]) {
    it(`and sending nothing leaves it whole, with flags ${flags}`, async () => {
      const handle = await opened(sftp, "/a.txt", flags);
      const before = uploads();
      expect(await closed(sftp, handle)).to.equal(undefined);
      expect(stored()).to.equal(content);
      expect(uploads()).to.equal(before);
      expect(lastLine("CLOSE")).to.match(/^\S+ acme wrote nothing to \S+\/a\.txt, which is as it was$/);
    });
  }

  it("and vanishing leaves it whole", async () => {
    const { client, sftp: other } = await rawClient(running, "acme");
    await opened(other, "/a.txt", openFor.writeOrCreate);
    client.destroy();
    await running.until(() => running.eventsOf("PARTIAL_CLOSE").length === 1);
    expect(stored()).to.equal(content);
    expect(lastLine("PARTIAL_CLOSE")).to.match(/ acme broke off; wrote nothing to \S+, which is as it was$/);
  });

  it("and going on at its end is refused, and leaves it whole", async () => {
    const handle = await opened(sftp, "/a.txt", openFor.write);
    expect(await written(sftp, handle, "ab", content.length)).to.equal(status.failure);
    expect(await closed(sftp, handle)).to.equal(status.failure);
    expect(stored()).to.equal(content);
  });

  it("and writing from its beginning puts what was written in its place", async () => {
    const handle = await opened(sftp, "/a.txt", openFor.write);
    expect(await written(sftp, handle, "abc", 0)).to.equal(undefined);
    expect(await closed(sftp, handle)).to.equal(undefined);
    expect(stored()).to.equal("abc");
  });

  it("makes an empty one where there is none", async () => {
    for (const flags of [openFor.writeOrCreate, openFor.writeExclusively]) {
      await closed(sftp, await opened(sftp, `/new-${flags}`, flags));
      expect(stored(`new-${flags}`)).to.equal("");
    }
  });

  it("is not the same as opening it with TRUNCATE, which empties it", async () => {
    await closed(sftp, await opened(sftp, "/a.txt", openFor.writeAnew));
    expect(stored()).to.equal("");
    expect(lastLine("CLOSE")).to.match(/ acme uploaded 0 bytes to \S+\/a\.txt$/);
  });
});

/** A client that can go on with an upload; resolves to whether it says that it succeeded. */
interface ResumingClient {
  readonly name: string;
  readonly command: string;
  readonly resume: (gateway: RunningGateway, file: string) => Promise<unknown>;
}

function withInput(command: string, flags: readonly string[], input: string): Promise<unknown> {
  const ended = promisify(execFile)(command, flags, { timeout: 20_000 });
  ended.child.stdin!.end(input);
  return ended;
}

const clients: readonly ResumingClient[] = [
  {
    name: "OpenSSH's reput",
    command: "sftp",
    resume: (gateway, file) =>
      withInput("sftp", [...openSshFlags(gateway, "acme"), "-b", "-", "acme@127.0.0.1"], `reput ${file} /a.txt\n`),
  },
  {
    name: "lftp's put -c",
    command: "lftp",
    resume: (gateway, file) => {
      const [identity, port] = [openSshFlags(gateway, "acme").filter((flag) => flag !== "-P"), gateway.port];
      const ssh = ["ssh", "-a", "-x", ...identity.filter((flag) => flag !== String(port))].join(" ");
      return run("lftp", [
        "-c",
        `set net:max-retries 1; set cmd:fail-exit yes; set sftp:connect-program "${ssh}"; ` +
          `open -p ${port} sftp://acme:@127.0.0.1; put -c ${file} -o /a.txt`,
      ]);
    },
  },
  {
    name: "curl's -C -",
    command: "curl",
    resume: (gateway, file) =>
      run("curl", [
        ...["-sS", "-C", "-", "-T", file, "--insecure", "--key", gateway.keyFile("acme"), "--pubkey", ""],
        `sftp://acme@127.0.0.1:${gateway.port}/a.txt`,
      ]),
  },
];

/** Whether it is there, and speaks SFTP: curl may be built without. */
function has(command: string): boolean {
  const { error, stdout } = spawnSync(command, [command === "sftp" ? "-h" : "--version"], { encoding: "utf8" });
  return error === undefined && (command !== "curl" || /^Protocols:.* sftp/m.test(stdout));
}

for (const { name, command, resume } of clients) {
  describe(name, () => {
    let running: RunningGateway;
    let local: ReturnType<typeof temporaryFolder>;
    before(async function () {
      if (!has(command)) {
        this.skip();
      }
      const deployment = deploymentOf({ tenant: "acme" });
      // curl's library of 2021, libssh2 1.10, has neither AES-GCM nor -etm MACs.
      resource(deployment, "Server").inputs["securityPolicyName"] = "TransferSecurityPolicy-2022-03";
      running = await RunningGateway.start(deployment);
      local = temporaryFolder();
    });
    after(async () => {
      await running?.stop();
      local?.remove();
    });

    const resumed = async (there: string) => {
      const { sftp, client } = await rawClient(running, "acme");
      await outcome((done) => sftp.writeFile("/a.txt", there, done));
      client.end();
      await running.until(() => running.eventsOf("DISCONNECTED").length === running.eventsOf("CONNECTED").length);
      const logins = running.eventsOf("CONNECTED").length;
      const file = join(local.path, "a.txt");
      writeFileSync(file, content);
      const succeeded = await resume(running, file).then(
        () => true,
        () => false,
      );
      expect(running.eventsOf("CONNECTED"), "logins").to.have.lengthOf(logins + 1);
      return { succeeded, stored: readFileSync(running.file("tenants/acme/a.txt"), "utf8") };
    };

    it("of a complete upload leaves it whole", async () => {
      expect((await resumed(content)).stored).to.equal(content);
    });

    it("of a part fails and leaves the part, since S3 cannot go on with an object", async () => {
      expect(await resumed(content.slice(0, 4))).to.deep.equal({ succeeded: false, stored: content.slice(0, 4) });
    });
  });
}
