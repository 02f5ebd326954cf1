import { expect } from "chai";
import { readdirSync } from "node:fs";
import { Client, type AnyAuthMethod, type ClientChannel } from "ssh2";
import { packetType } from "../../local/sftp/protocol";
import { serviceLimits } from "../../local/ssh/sshServer";
import { lengthPrefixed, uint32 } from "../../local/ssh/wire";
import { heldMemory } from "../fixtures/heldMemory";
import { bucket, deploymentOf } from "./setting/deployment";
import { loggedIn, opened, outcome, rawClient, status } from "./setting/protocol";
import { RunningGateway } from "./setting/running";

/** What ssh2's client can send below SFTP, and does not offer. */
interface Protocol {
  env(channel: number, name: string, value: string, wantReply: boolean): void;
  pty(channel: number, rows: number, columns: number, height: number, width: number, terminal: string): void;
  x11Forward(channel: number, options: object, wantReply: boolean): void;
  windowChange(channel: number, rows: number, columns: number, height: number, width: number): void;
  signal(channel: number, name: string): void;
  exec(channel: number, command: string, wantReply: boolean): void;
  subsystem(channel: number, name: string, wantReply: boolean): void;
  rekey(): void;
  tcpipForward(address: string, port: number, wantReply: boolean): void;
}

const protocolOf = (client: Client) => (client as unknown as { readonly _protocol: Protocol })._protocol;

const channelNumber = (channel: ClientChannel) =>
  (channel as unknown as { readonly outgoing: { readonly id: number } }).outgoing.id;

/** A request of SFTP, whatever its fields are. */
function request(type: number, id: number, ...fields: readonly Buffer[]): Buffer {
  return lengthPrefixed(Buffer.concat([Buffer.from([type]), uint32(id), ...fields]));
}

/** A plain channel on which SFTP is spoken, and the codes of the answers by the requests' ids. */
async function speaking(client: Client) {
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.subsys("sftp", (error, open) => (error ? reject(error) : resolve(open))),
  );
  const answers = new Map<number, Answer>();
  let received = Buffer.alloc(0);
  channel.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= 4 + received.readUInt32BE()) {
      const packet = received.subarray(4, 4 + received.readUInt32BE());
      received = received.subarray(4 + packet.length);
      if (packet[0] !== packetType.version) {
        answers.set(packet.readUInt32BE(1), answerOf(packet));
      }
    }
  });
  channel.write(lengthPrefixed(Buffer.from([packetType.init, 0, 0, 0, 3])));
  return { channel, answers };
}

interface Answer {
  readonly type: number;
  /** Of a status. */
  readonly code: number | undefined;
  /** Of a handle. */
  readonly handle: Buffer;
}

function answerOf(packet: Buffer): Answer {
  const [type, isStatus] = [packet[0]!, packet[0] === packetType.status];
  return { type, code: isStatus ? packet.readUInt32BE(5) : undefined, handle: packet.subarray(9) };
}

/** Numbers that look drawn and are the same in every run. Source: Numerical Recipes, the linear congruential generator. */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("a client that breaks every custom", () => {
  let running: RunningGateway;
  let client: Client;
  beforeEach(async () => {
    running = await RunningGateway.start(deploymentOf({ tenant: "attacker" }, { tenant: "acme" }));
    client = await loggedIn(running, "attacker");
  });
  afterEach(async () => {
    client.destroy();
    await running.stop();
  });

  const othersWork = async () => {
    const other = await running.client("acme");
    await other.put(Buffer.from("mine"), "/mine.txt");
    expect((await other.list("/")).map(({ name }) => name)).to.deep.equal(["mine.txt"]);
  };

  it("asks for whatever comes to its mind, and is answered or loses its channel", async () => {
    const draw = drawing(7);
    const types = [...Object.values(packetType).filter((type) => type > 2), 0, 99, 255];
    const names = ["/", "", "/a", "/a/b", "/../../../x", "/\0", `/${"n".repeat(3000)}`, "/./..//a/", "\u202e", "/%"];
    const fields = [
      () => uint32(draw(2 ** 32)),
      () => lengthPrefixed(names[draw(names.length)]!),
      () => lengthPrefixed(uint32(draw(20))),
      () => lengthPrefixed(Buffer.from([0xff, 0xfe, draw(256)])),
    ];
    const field = () => fields[draw(fields.length)]!();
    let answered = 0;
    for (let round = 0; round < 40; round += 1) {
      const { channel, answers } = await speaking(client);
      const gone = new Promise((resolve) => channel.once("close", resolve));
      for (let id = 0; id < 30; id += 1) {
        const first = lengthPrefixed(names[draw(names.length)]!);
        channel.write(request(types[draw(types.length)]!, id, first, field(), field(), field()));
      }
      // Too long for any packet, which ends the session once the others are answered.
      channel.write(uint32(0xffffffff));
      await gone;
      answered += answers.size;
    }
    expect(answered).to.be.greaterThan(100);
    await othersWork();
    expect(readdirSync(running.folder).sort(), "nothing lies elsewhere").to.deep.equal([".gateway", bucket]);
    expect(readdirSync(running.file("tenants")).sort()).to.deep.equal(["acme", "attacker"]);
  });

  it("sends requests that end too early, and loses its channel", async () => {
    for (const type of [packetType.open, packetType.write, packetType.rename, packetType.close, packetType.stat]) {
      const { channel } = await speaking(client);
      const gone = new Promise((resolve) => channel.once("close", resolve));
      channel.write(request(type, 1, uint32(0xffffffff)));
      await gone;
    }
    await othersWork();
  });

  it("uses handles of another session, and its own after it has closed them", async () => {
    const { client: acme, sftp } = await rawClient(running, "acme");
    const foreign = await opened(sftp, "/theirs.txt", "w");
    const { channel, answers } = await speaking(client);
    channel.write(request(packetType.write, 1, lengthPrefixed(foreign), Buffer.alloc(8), lengthPrefixed("mine")));
    channel.write(request(packetType.close, 2, lengthPrefixed(foreign)));
    channel.write(request(packetType.open, 3, lengthPrefixed("/own"), uint32(2 | 8 | 16), uint32(0)));
    await running.until(() => answers.has(3));
    const { handle } = answers.get(3)!;
    const own = lengthPrefixed(handle);
    channel.write(request(packetType.close, 4, own));
    channel.write(request(packetType.write, 5, own, Buffer.alloc(8), lengthPrefixed("late")));
    channel.write(request(packetType.close, 6, own));
    await running.until(() => answers.has(6));
    expect([1, 2, 4, 5, 6].map((id) => answers.get(id)?.code)).to.deep.equal([
      ...[status.failure, status.failure, 0, status.failure, status.failure],
    ]);
    expect(await outcome((done) => sftp.close(foreign, done))).to.equal(undefined);
    acme.end();
  });

  it("asks for all that SSH can do, and gets SFTP alone", async () => {
    const { channel, answers } = await speaking(client);
    const [protocol, number] = [protocolOf(client), channelNumber(channel)];
    for (let count = 0; count < 500; count += 1) {
      protocol.env(number, "LD_PRELOAD", "x".repeat(1000), false);
      protocol.pty(number, 1, 1, 1, 1, "xterm");
      protocol.x11Forward(number, { single: false, protocol: "p", cookie: "c", screen: 0 }, false);
      protocol.windowChange(number, 1, 1, 1, 1);
      protocol.signal(number, "KILL");
      protocol.exec(number, "id", false);
      protocol.subsystem(number, "sftp", false);
      protocol.tcpipForward("0.0.0.0", 1024 + count, false);
    }
    channel.write(request(packetType.stat, 1, lengthPrefixed("/")));
    await running.until(() => answers.has(1) || running.eventsOf("DISCONNECTED").length === 1);
    await othersWork();
  });

  it("opens and closes sessions without an end, and the memory does not grow with them", async () => {
    const round = async (times: number) => {
      for (let count = 0; count < times; count += 1) {
        const { channel, answers } = await speaking(client);
        channel.write(request(packetType.opendir, 1, lengthPrefixed("/")));
        await running.until(() => answers.has(1));
        const gone = new Promise((resolve) => channel.once("close", resolve));
        channel.close();
        await gone;
      }
    };
    await round(30);
    const before = heldMemory();
    await round(120);
    expect(heldMemory() - before, "MiB more").to.be.lessThan(30);
    await othersWork();
  });

  it("agrees on new keys again and again, and others still work", async () => {
    let agreed = 0;
    client
      .on("error", () => undefined)
      .on("handshake", () => {
        agreed += 1;
        protocolOf(client).rekey();
      });
    protocolOf(client).rekey();
    await running.until(() => agreed > 20);
    await othersWork();
  });
});

describe("a client that tries to log in in ways that there are not", () => {
  let running: RunningGateway;
  before(async () => {
    const limits = { ...serviceLimits, loginSeconds: 1 };
    running = await RunningGateway.start(deploymentOf({ tenant: "acme" }), { limits });
  });
  after(() => running.stop());

  for (const type of ["none", "password", "keyboard-interactive"] as const) {
    it(`is ended: ${type}`, async () => {
      const methods: Readonly<Record<typeof type, object>> = {
        none: {},
        password: { password: "x".repeat(10_000) },
        "keyboard-interactive": { prompt: () => undefined },
      };
      const attempt = { type, username: "acme", ...methods[type] } as AnyAuthMethod;
      const ended = await new Promise((resolve) => {
        const client = new Client();
        client.on("ready", () => resolve("let in")).on("error", () => undefined);
        client.on("close", () => resolve("ended"));
        // It does not tire by itself.
        client.connect({
          host: "127.0.0.1",
          port: running.port,
          username: "acme",
          authHandler: (_, __, next) => next(attempt),
        });
      });
      expect(ended).to.equal("ended");
    });
  }
});
