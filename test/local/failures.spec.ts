import { execFile } from "node:child_process";
import { expect } from "chai";
import { promisify } from "node:util";
import { Client, type Algorithms } from "ssh2";
import { newKeyPair } from "../../local/ssh/keyPair";
import { parsedKey } from "../../local/ssh/sshKey";
import { fingerprintOf } from "../../tenancy/fingerprint";
import { bucket, deploymentOf } from "./setting/deployment";
import { hasSftp, openSshFlags } from "./setting/openssh";
import { connected, loggedIn, opened, outcome, rawClient } from "./setting/protocol";
import { RunningGateway } from "./setting/running";

const run = promisify(execFile);

let running: RunningGateway;

const absent = [
  { name: "initech", userName: "INI_batch", why: "suspended" },
  { name: "umbrella", userName: "umbrella", why: "of prod only" },
];

describe("a client without a common algorithm", () => {
  before(async () => (running = await RunningGateway.start(deploymentOf({ tenant: "acme" }))));
  after(() => running.stop());
  afterEach(() => running.events.splice(0));

  const refused = (algorithms: Algorithms) =>
    new Promise<string>((resolve) => {
      const client = new Client();
      client
        .on("error", (error) => resolve(error.message))
        .connect({ host: "127.0.0.1", port: running.port, username: "acme", password: "x", algorithms });
    });

  for (const [what, algorithms, message, had] of [
    [
      "key exchange",
      { kex: ["diffie-hellman-group14-sha256"] },
      "no matching key exchange algorithm",
      "diffie-hellman-group14-sha256",
    ],
    ["host key", { serverHostKey: ["ssh-dss"] }, "no matching host key format", "ssh-dss"],
    ["cipher", { cipher: ["aes128-cbc", "3des-cbc"] }, "no matching C->S cipher", "aes128-cbc,3des-cbc"],
    ["MAC", { cipher: ["aes256-ctr"], hmac: ["hmac-sha2-256"] }, "no matching C->S MAC", "hmac-sha2-256"],
  ] as const) {
    it(`is logged with the ${what} that it has`, async () => {
      await refused(algorithms as unknown as Algorithms);
      await running.until(() => running.eventsOf("KEX_FAILURE").length > 0);
      const [event, ...others] = running.events;
      expect(others).to.deep.equal([]);
      expect(event).to.include({
        "activity-type": "KEX_FAILURE",
        "source-ip": "127.0.0.1",
        message: `${message}; the client has ${had}`,
      });
      expect(event!["kex"], "what it has for the key exchange").to.match(/curve25519|group14/);
    });
  }

  it("is logged when it is OpenSSH", async function () {
    if (!hasSftp()) {
      this.skip();
    }
    const flags = [...openSshFlags(running, "acme"), "-o", "KexAlgorithms=diffie-hellman-group14-sha256"];
    await run("sftp", [...flags, "acme@127.0.0.1"]).catch(() => undefined);
    await running.until(() => running.eventsOf("KEX_FAILURE").length > 0);
    expect(running.eventsOf("KEX_FAILURE")[0]?.["message"]).to.match(
      /^no matching key exchange algorithm; the client has diffie-hellman-group14-sha256/,
    );
  });
});

describe("a failed login", () => {
  const own = newKeyPair("own");
  before(async () => {
    const users = [{ tenant: "acme", userName: "ACME_batch", publicKeys: [own.publicKey] }, { tenant: "globex" }];
    running = await RunningGateway.start(deploymentOf(...users), { absent });
  });
  after(() => running.stop());
  afterEach(() => running.events.splice(0));

  const causeFor = async (login: string, privateKey: string) => {
    const told = await connected(running.port, login, privateKey).catch((error: Error) => error.message);
    await running.until(() => running.eventsOf("AUTH_FAILURE").length > 0);
    return { told, cause: running.eventsOf("AUTH_FAILURE")[0]?.["message"] };
  };
  const same = "All configured authentication methods failed";

  for (const [login, cause] of [
    ["nobody", "no such user"],
    ["INI_batch", "the tenant initech is suspended"],
    ["initech", "the tenant initech is suspended"],
    ["umbrella", "the tenant umbrella is of prod only"],
    ["acme", "this is the name of a tenant, which logs in as ACME_batch"],
  ] as const) {
    it(`as ${login} says to the operator: ${cause}`, async () => {
      expect(await causeFor(login, own.privateKey)).to.deep.equal({ told: same, cause });
    });
  }

  it("with another key tells which", async () => {
    const other = newKeyPair("other");
    const fingerprint = fingerprintOf(parsedKey(other.publicKey).getPublicSSH());
    expect(await causeFor("ACME_batch", other.privateKey)).to.deep.equal({
      told: same,
      cause: `not its key: ${fingerprint}`,
    });
  });

  it("without a key is told as well", async () => {
    const client = new Client();
    await new Promise((resolve) => {
      client
        .on("error", resolve)
        .connect({ host: "127.0.0.1", port: running.port, username: "globex", authHandler: ["none"] });
    });
    await running.until(() => running.eventsOf("AUTH_FAILURE").length > 0);
    expect(running.eventsOf("AUTH_FAILURE")[0]).to.include({ method: "none", message: "the client offered no key" });
  });
});

describe("an error in the log", () => {
  before(async () => (running = await RunningGateway.start(deploymentOf({ tenant: "acme" }))));
  after(() => running.stop());
  afterEach(() => running.events.splice(0));

  const below = (name: string) => `/${bucket}/tenants/acme/${name}`;

  it("says which operation failed on what, whatever it was", async () => {
    const { client, sftp } = await rawClient(running, "acme");
    await outcome((done) => sftp.writeFile("/there", "content", done));
    const broken = await opened(sftp, "/broken", "w");
    running.events.splice(0);
    await outcome((done) => sftp.opendir("/there/", done));
    await outcome((done) => sftp.open("/missing", "r", done));
    await outcome((done) => sftp.rename("/missing", "/there", done));
    await outcome((done) => sftp.readlink("/there", done));
    await outcome((done) => sftp.symlink("/there", "/link", done));
    await outcome((done) => sftp.write(broken, Buffer.from("x"), 0, 1, 5, done));
    await outcome((done) => sftp.close(broken, done));
    await outcome((done) => sftp.close(broken, done));
    client.end();
    const told = running.eventsOf("ERROR").map(({ operation, path }) => `${operation} ${path}`);
    expect(told).to.deep.equal([
      `OPENDIR ${below("there")}`,
      `OPEN ${below("missing")}`,
      `RENAME ${below("missing")}`,
      `READLINK ${below("there")}`,
      `SYMLINK ${below("link")}`,
      `WRITE ${below("broken")}`,
      `CLOSE ${below("broken")}`,
      "CLOSE -",
    ]);
    expect(running.eventsOf("ERROR")[2]).to.include({ "new-path": below("there") });
  });
});

describe("a refused command", () => {
  before(async () => (running = await RunningGateway.start(deploymentOf({ tenant: "acme" }))));
  after(() => running.stop());
  afterEach(() => running.events.splice(0));

  /** What ssh2 keeps to itself: whether a reply is asked for, and what the server closes by itself. */
  interface Internals {
    readonly _protocol: {
      exec(channel: number, command: string, wantReply: boolean): void;
      readonly _handlers: Record<string, (...parts: unknown[]) => void>;
    };
  }

  /** Resolves when the server closes the channel. */
  const closedByServer = (client: Client, wantReply: boolean) =>
    new Promise<void>((resolve) => {
      const protocol = (client as unknown as Internals)._protocol;
      const handlers = protocol._handlers;
      const exec = protocol.exec.bind(protocol);
      const handleClose = handlers["CHANNEL_CLOSE"]!;
      protocol.exec = (channel, command) => exec(channel, command, wantReply);
      handlers["CHANNEL_CLOSE"] = (...parts) => {
        resolve();
        handleClose(...parts);
      };
      client.exec("id -u", () => undefined);
    });

  for (const wantReply of [true, false]) {
    it(`has its channel closed when the client ${wantReply ? "asks for" : "wants no"} reply`, async () => {
      const client = await loggedIn(running, "acme");
      await closedByServer(client, wantReply);
      expect(running.eventsOf("ERROR")[0]).to.include({
        operation: "EXEC",
        path: "id -u",
        message: "only SFTP is served",
      });
      expect(await outcome((done) => client.sftp(done)), "another channel works").to.equal(undefined);
      client.end();
    });
  }

  it("and another after it leave room for sessions on the same connection", async () => {
    const client = await loggedIn(running, "acme");
    for (let count = 0; count < 30; count += 1) {
      expect(await outcome((done) => client.exec("id", done as never))).not.to.equal(undefined);
    }
    expect(await outcome((done) => client.subsys("netconf", done))).not.to.equal(undefined);
    expect(await outcome((done) => client.shell(false, done as never))).not.to.equal(undefined);
    expect(await outcome((done) => client.sftp(done))).to.equal(undefined);
    expect(
      running
        .eventsOf("ERROR")
        .slice(-2)
        .map(({ operation, path }) => [operation, path]),
    ).to.deep.equal([
      ["SUBSYSTEM", "netconf"],
      ["SHELL", "-"],
    ]);
    client.end();
  });
});
