import { expect } from "chai";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { ClientChannel } from "ssh2";
import { handleLimit } from "../../local/sftp/handles";
import { serviceLimits } from "../../local/ssh/sshServer";
import { newKeyPair } from "../../local/ssh/keyPair";
import { heldMemory } from "../fixtures/heldMemory";
import { deploymentOf } from "./setting/deployment";
import { closed, connected, loggedIn, opened, outcome, rawClient, status } from "./setting/protocol";
import { contentOf, RunningGateway } from "./setting/running";

describe("the gateway's bounds", () => {
  let running: RunningGateway;
  beforeEach(async () => {
    running = await RunningGateway.start(deploymentOf({ tenant: "acme" }));
  });
  afterEach(() => running.stop());

  it("leave room for 50 clients at once", async () => {
    const clients = await Promise.all(Array.from({ length: 50 }, () => running.client("acme")));
    const content = (index: number) => `${index}`.repeat(50_000);
    await Promise.all(clients.map((client, index) => client.put(Buffer.from(content(index)), `/file-${index}.txt`)));
    const files = await Promise.all(clients.map((client, index) => contentOf(client, `/file-${index}.txt`)));
    files.forEach((file, index) => expect(file).to.equal(content(index)));
  });

  it(`end at ${handleLimit} open handles, and closing one makes room`, async () => {
    const { client, sftp } = await rawClient(running, "acme");
    const handles = [];
    for (let count = 0; count < handleLimit; count += 1) {
      handles.push(await opened(sftp, `/${count}`, "w"));
    }
    expect(await outcome((done) => sftp.open("/one-more", "w", done))).to.equal(status.failure);
    expect(await outcome((done) => sftp.opendir("/", done))).to.equal(status.failure);
    await closed(sftp, handles[0]!);
    expect(await outcome((done) => sftp.open("/one-more", "w", done))).to.equal(undefined);
    client.end();
  });

  it("end at ten sessions of a connection", async () => {
    const client = await loggedIn(running, "acme");
    const open = () => outcome((done) => client.sftp(done));
    const codes = [];
    for (let count = 0; count <= serviceLimits.sessions; count += 1) {
      codes.push(await open());
    }
    expect(codes.filter((code) => code === undefined)).to.have.lengthOf(serviceLimits.sessions);
    client.end();
  });

  it("hold requests back while a client does not take the answers", async () => {
    const { client, sftp } = await rawClient(running, "acme");
    await outcome((done) => sftp.writeFile("/large", Buffer.alloc(1_000_000), done));
    const handle = await opened(sftp, "/large", "r");
    let answers = 0;
    for (let count = 0; count < 300; count += 1) {
      sftp.read(handle, Buffer.alloc(200_000), 0, 200_000, 0, () => (answers += 1));
    }
    const before = heldMemory();
    (client as unknown as { _sock: { pause(): void; resume(): void } })._sock.pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(heldMemory() - before, "MiB more").to.be.lessThan(30);
    (client as unknown as { _sock: { pause(): void; resume(): void } })._sock.resume();
    await running.until(() => answers === 300);
    client.end();
  });

  it("offer no shell, no commands, no forwarding and no other subsystem", async () => {
    const client = await loggedIn(running, "acme");
    expect(await outcome((done) => client.exec("id", done as never))).not.to.equal(undefined);
    expect(await outcome((done) => client.exec("scp -t /", done as never))).not.to.equal(undefined);
    expect(await outcome((done) => client.shell(done as never))).not.to.equal(undefined);
    expect(await outcome((done) => client.subsys("netconf", done))).not.to.equal(undefined);
    const forwarding = (done: (error?: Error, channel?: ClientChannel) => void) =>
      client.forwardOut("127.0.0.1", 1, "127.0.0.1", running.port, done);
    expect(await outcome(forwarding)).not.to.equal(undefined);
    client.end();
  });

  it("end a client that breaks the protocol, and nobody else", async () => {
    const client = await loggedIn(running, "acme");
    const channel = await new Promise<ClientChannel>((resolve, reject) =>
      client.subsys("sftp", (error, opened) => (error ? reject(error) : resolve(opened))),
    );
    const ended = new Promise((resolve) => channel.once("close", resolve));
    channel.write(Buffer.from("00000001ff", "hex"));
    channel.resume();
    await ended;
    const other = await running.client("acme");
    expect(await other.list("/")).to.deep.equal([]);
    client.end();
  });

  it("do not fall for bytes that are no SSH", async () => {
    await Promise.all(
      ["GET / HTTP/1.1\r\n\r\n", "\u0000".repeat(5000), `SSH-2.0-x\r\n${"z".repeat(100_000)}`].map(
        (bytes) =>
          new Promise((resolve) => {
            const socket = connect(running.port, "127.0.0.1", () => socket.write(bytes));
            socket.on("error", () => undefined).on("close", resolve);
            setTimeout(() => socket.destroy(), 200);
          }),
      ),
    );
    expect(await (await running.client("acme")).list("/")).to.deep.equal([]);
  });
});

describe("a client that does not log in", () => {
  it("is dropped in time, whether it speaks or not", async () => {
    const limits = { ...serviceLimits, loginSeconds: 0.2 };
    const running = await RunningGateway.start(deploymentOf({ tenant: "acme" }), { limits });
    try {
      for (const greeting of ["", "SSH-2.0-slow\r\n"]) {
        await new Promise((resolve) => {
          const socket = connect(running.port, "127.0.0.1", () => socket.write(greeting));
          socket
            .on("data", () => undefined)
            .on("error", () => undefined)
            .on("close", resolve);
        });
      }
    } finally {
      await running.stop();
    }
  });
});

describe("a client that does nothing", () => {
  it("is dropped after the idle time, and one that works is not", async function () {
    // It does nothing while another process has the processor.
    this.retries(3);
    const limits = { ...serviceLimits, idleSeconds: 0.4 };
    const running = await RunningGateway.start(deploymentOf({ tenant: "acme" }), { limits });
    try {
      const { sftp } = await rawClient(running, "acme");
      for (let count = 0; count < 5; count += 1) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        expect(await outcome((done) => sftp.stat("/", done))).to.equal(undefined);
      }
      await running.until(() => running.eventsOf("DISCONNECTED").length === 1);
    } finally {
      await running.stop();
    }
  });
});

describe("logging in", () => {
  let running: RunningGateway;
  const own = newKeyPair("own");
  beforeEach(async () => {
    running = await RunningGateway.start(
      deploymentOf({ tenant: "acme", userName: "ACME_batch", publicKeys: [own.publicKey] }, { tenant: "globex" }),
    );
  });
  afterEach(() => running.stop());

  const refused = async (userName: string, key: string) => {
    const message = await connected(running.port, userName, key).catch((error: Error) => error.message);
    expect(message).to.match(/authentication methods failed/);
    await running.until(() => running.eventsOf("AUTH_FAILURE").length === 1);
    expect(running.eventsOf("AUTH_FAILURE")[0]).to.include({ user: userName, method: "publickey" });
  };

  it("works with the deployed key, under the user's name", async () => {
    (await connected(running.port, "ACME_batch", own.privateKey)).end();
    await running.until(() => running.eventsOf("CONNECTED").length === 1);
    expect(running.eventsOf("CONNECTED")[0]).to.include({ user: "ACME_batch", "home-dir": "/" });
  });

  it("works with the key of this run", async () => {
    (await connected(running.port, "ACME_batch", running.privateKey("acme"))).end();
  });

  it("works with the key of this run in PEM", async () => {
    const pem = running.gateway.tenants.find(({ name }) => name === "acme")!.privateKeyPem!;
    (await connected(running.port, "ACME_batch", readFileSync(pem, "utf8"))).end();
  });

  it("fails with a key that is nobody's", () => refused("ACME_batch", newKeyPair("other").privateKey));
  it("fails with another tenant's key", () => refused("ACME_batch", running.privateKey("globex")));
  it("fails for a name nobody has, such as a suspended tenant's", () => refused("suspended", own.privateKey));
  it("fails under the tenant's name when the user has another", () => refused("acme", own.privateKey));
});
