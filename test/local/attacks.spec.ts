import { expect } from "chai";
import { linkSync, mkdirSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import type { AnyAuthMethod, Client, SFTPWrapper } from "ssh2";
import { promisify } from "node:util";
import { Quota } from "../../local/quota";
import { serviceLimits } from "../../local/ssh/sshServer";
import { heldMemory } from "../fixtures/heldMemory";
import { deploymentOf } from "./setting/deployment";
import { inLambdaMode } from "./setting/lambdaMode";
import { clientOf, connected, loggedIn, outcome, rawClient, status } from "./setting/protocol";
import { contentOf, RunningGateway } from "./setting/running";
import { inEachWay, type Start } from "./setting/ways";

/** What ssh2's client keeps to itself. */
interface Internals {
  readonly _sock: Socket;
  readonly _protocol: { ping(): void };
}

const socketOf = (client: Client) => (client as unknown as Internals)._sock;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const sessions = (client: Client, count: number) =>
  Promise.all(Array.from({ length: count }, () => promisify<SFTPWrapper>((done) => client.sftp(done as never))()));

const opendir = (sftp: SFTPWrapper, path: string) => outcome((done) => sftp.opendir(path, done));

/** The attacker has files in the folder `/many`. */
function writeManyFiles(running: RunningGateway, count: number): void {
  const folder = join(running.file("tenants/attacker"), "many");
  mkdirSync(folder, { recursive: true });
  // Names of one file: a file system takes much longer to make a file than to give it a further name.
  const fileOf = (number: number) => join(folder, `a-file-with-a-name-of-usual-length-${number}.csv`);
  writeFileSync(fileOf(0), "");
  for (let number = 1; number < count; number += 1) {
    linkSync(fileOf(0), fileOf(number));
  }
}

describe("a client that takes what it can get", () => {
  inEachWay((startServing) => {
    let running: RunningGateway;
    afterEach(() => running.stop());
    const start = async (options: Parameters<Start>[1] = {}) =>
      (running = await startServing(deploymentOf({ tenant: "attacker" }, { tenant: "acme" }), options));

    it("opens handles in many sessions, and is stopped at 512 in all", async () => {
      await start();
      const clients = await Promise.all([rawClient(running, "attacker"), rawClient(running, "attacker")]);
      await outcome((done) => clients[0].sftp.writeFile("/a", "content", done));
      const opened = await Promise.all(clients.map(({ client }) => sessions(client, 5)));
      const codes = await Promise.all(
        opened
          .flat()
          .flatMap((session) => Array.from({ length: 60 }, () => outcome((done) => session.open("/a", "r", done)))),
      );
      expect(codes.filter((code) => code === undefined)).to.have.lengthOf(512);
      await (await running.client("acme")).put(Buffer.from("mine"), "/mine.txt");
      clients.forEach(({ client }) => client.end());
    });

    it("connects as often as it can, and others still get in", async () => {
      await start({ clientLimits: { ofUser: 10, ofAll: 15, halfOpen: 60 } });
      const key = running.privateKey("attacker");
      const logins = await Promise.allSettled(
        Array.from({ length: 16 }, () => connected(running.port, "attacker", key)),
      );
      const inside = logins.flatMap((login) => (login.status === "fulfilled" ? [login.value] : []));
      expect(inside).to.have.lengthOf(10);
      await running.until(() => running.eventsOf("AUTH_FAILURE").length === 6);
      expect(running.eventsOf("AUTH_FAILURE")[0]?.["message"]).to.equal("too many connections of this user, or in all");
      (await loggedIn(running, "acme")).end();
      inside.forEach((client) => client.end());
    });

    it("never logs in on many connections, of which the oldest are dropped", async () => {
      await start({ clientLimits: { ofUser: 20, ofAll: 30, halfOpen: 10 } });
      const acme = await running.client("acme");
      const closed: number[] = [];
      const sockets = Array.from({ length: 200 }, (_, index) => {
        const socket = connect(running.port, "127.0.0.1");
        return socket
          .resume()
          .on("error", () => undefined)
          .on("close", () => closed.push(index));
      });
      await running.until(() => closed.length === 190);
      expect(Math.max(...closed)).to.equal(189);
      (await loggedIn(running, "acme")).end();
      expect(await acme.list("/"), "who is in stays in").to.deep.equal([]);
      sockets.forEach((socket) => socket.destroy());
    });

    it("asks for the costliest all the time, while 10 clients finish their work", async () => {
      // That they finish at all is what counts: how fast, depends on what else the machine does.
      await start({ limits: { ...serviceLimits, loginSeconds: 110 } });
      writeManyFiles(running, 2_000);
      const attackers = await Promise.all(Array.from({ length: 4 }, () => rawClient(running, "attacker")));
      let attacks = 0;
      let attacked = true;
      const attack = async (sftp: SFTPWrapper, path: string) => {
        while (attacked) {
          await outcome((done) => sftp.writeFile(path, "", done));
          attacks += (await opendir(sftp, "/many")) === undefined ? 1 : 0;
        }
      };
      const attacking = attackers.map(({ sftp }, index) => attack(sftp, `/many/changed-${index}`));
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          const client = await running.client("acme");
          await client.put(Buffer.from(`${index}`.repeat(10_000)), `/file-${index}.txt`);
          expect(await contentOf(client, `/file-${index}.txt`)).to.equal(`${index}`.repeat(10_000));
        }),
      );
      attacked = false;
      attackers.forEach(({ client }) => client.destroy());
      await Promise.race([Promise.all(attacking), pause(1000)]);
      expect(attacks).to.be.greaterThan(0);
    });

    it("opens a folder of 2,000 files 500 times, and it is kept once", async () => {
      await start();
      writeManyFiles(running, 2_000);
      const { client, sftp } = await rawClient(running, "attacker");
      await opendir(sftp, "/many");
      const before = heldMemory();
      const others = await sessions(client, 4);
      const codes = await Promise.all(
        others.flatMap((session) => Array.from({ length: 124 }, () => opendir(session, "/many"))),
      );
      expect(codes.filter((code) => code !== undefined)).to.deep.equal([]);
      expect(heldMemory() - before, "MiB more for a million names").to.be.lessThan(40);
      client.end();
    });

    it("changes the folder in between, and is stopped at so many names, others not", async () => {
      await start({ listedNames: { ofUser: 20_000, ofAll: 1_000_000 } });
      writeManyFiles(running, 2_000);
      const { client, sftp } = await rawClient(running, "attacker");
      // In two connections, as the limit is the user's.
      const { client: second, sftp: secondSftp } = await rawClient(running, "attacker");
      const codes: (number | undefined)[] = [];
      for (let count = 0; count < 12; count += 1) {
        await outcome((done) => sftp.writeFile(`/many/new-${count}`, "", done));
        codes.push(await opendir(count % 2 === 0 ? sftp : secondSftp, "/many"));
      }
      expect(codes).to.deep.equal(codes.map((_, index) => (index < 9 ? undefined : status.failure)));
      expect(await (await running.client("acme")).list("/")).to.deep.equal([]);
      client.end();
      second.end();
      await running.until(() => running.eventsOf("DISCONNECTED").length === 2);
      const { client: again, sftp: anew } = await rawClient(running, "attacker");
      expect(await opendir(anew, "/many"), "all is given back").to.equal(undefined);
      again.end();
    });

    it("asks below SFTP and takes no answers, and is not read any more", async () => {
      await start();
      const client = await loggedIn(running, "attacker");
      const socket = socketOf(client);
      socket.pause();
      const before = heldMemory();
      const protocol = (client as unknown as Internals)._protocol;
      // It asks until nothing of what it asks is taken any more.
      let stuck = 0;
      for (const ends = Date.now() + 90_000; stuck < 50 && Date.now() < ends;) {
        const waiting = socket.writableLength;
        socket.cork();
        for (let count = 0; count < 5000 && socket.writableLength < 300_000; count += 1) {
          protocol.ping();
        }
        socket.uncork();
        await pause(10);
        stuck = waiting >= 300_000 && socket.writableLength === waiting ? stuck + 1 : 0;
      }
      expect(stuck, "not read for half a second").to.equal(50);
      expect(heldMemory() - before, "MiB more").to.be.lessThan(100);
      expect(await (await running.client("acme")).list("/")).to.deep.equal([]);
      client.destroy();
    });

    it("names a path of 50,000 characters, and the log tells its beginning and its length", async () => {
      const lines: string[] = [];
      await start({
        onLogLine: (line: string) => {
          lines.push(line);
        },
      });
      const { client, sftp } = await rawClient(running, "attacker");
      await outcome((done) => sftp.opendir(`/${"\u0001".repeat(50_000)}`, done));
      await running.until(() => lines.some((line) => line.includes('"ERROR"')));
      const error = lines.find((line) => line.includes('"ERROR"'))!;
      expect(error.length).to.be.lessThan(20_000);
      expect(error).to.match(/\.\.\. \(cut, 50,\d\d\d characters\)/);
      client.end();
    });
  })();
});

describe("a client that guesses passwords", () => {
  it("on many connections, is refused in each and locks nobody out, while others log in", async () => {
    const running = await RunningGateway.start(
      await inLambdaMode(deploymentOf({ tenant: "acme" }, { tenant: "globex" })),
    );
    try {
      const { port } = running;
      const guesses = ["acme", "acme", "nobody"].map((username) => {
        const authHandler = Array.from({ length: 2 }, (_, guess): AnyAuthMethod => ({
          type: "password",
          username,
          password: `guess-${guess}`,
        }));
        return clientOf({ port, username, authHandler, readyTimeout: 50_000 });
      });
      const globex = running.client("globex");
      const refused = await Promise.allSettled(guesses);
      expect(refused.map(({ status }) => status)).to.deep.equal(["rejected", "rejected", "rejected"]);
      await (await globex).put(Buffer.from("mine"), "/mine.txt");
      const { userName: username, password } = running.gateway.tenants.find(({ name }) => name === "acme")!;
      (await clientOf({ port, username, password: password!, readyTimeout: 50_000 })).end();
      const denials = () =>
        running.deliveries.filter(
          (event) => event.event === "function-log" && (event.line as { message?: string }).message === "denied",
        );
      await running.until(() => denials().length === 6);
    } finally {
      await running.stop();
    }
  });
});

describe("a quota", () => {
  it("holds for each and for all, and gives back once", () => {
    const quota = new Quota(2, 3);
    const [first, second] = [quota.take("a"), quota.take("a")];
    expect([first, second]).not.to.include(undefined);
    expect(quota.take("a"), "one's own").to.equal(undefined);
    expect(quota.take("b", 2), "of all").to.equal(undefined);
    expect(quota.take("b")).not.to.equal(undefined);
    first!();
    first!();
    expect(quota.take("a")).not.to.equal(undefined);
    expect(quota.take("a")).to.equal(undefined);
  });
});
