import { expect } from "chai";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Client } from "ssh2";
import { type Algorithms, type SFTPWrapper } from "ssh2";
import { sessionPolicy } from "../../access/documents";
import { grantsOf } from "../../access/grant";
import { newKeyPair } from "../../local/ssh/keyPair";
import { serviceLimits } from "../../local/ssh/sshServer";
import { publicKey } from "../publicKeys";
import { folder } from "../tenant";
import { bucket, deploymentOf } from "./setting/deployment";
import { gatewayOfEachTest } from "./setting/listening";
import { clientOf, connected, loggedIn, opened, outcome, rawClient, status, written } from "./setting/protocol";
import { RunningGateway } from "./setting/running";

const page = readFileSync(join(__dirname, "../../docs/TROUBLESHOOTING.md"), "utf8");

/** What is seen, of each row of the page. */
const rows = [...page.matchAll(/^\| (.*?) +\|/gm)]
  .map(([, seen]) => seen!)
  .filter((seen) => !/^(what is seen|-+)$/.test(seen));

/** The tests of each row. */
const symptoms: Readonly<Record<string, () => void>> = {
  "`Permission denied` on `ls`": () =>
    denied([
      [
        "of a folder that may not be listed",
        (sftp) => outcome((done) => sftp.readdir("/blind", done)),
        noStatement("s3:ListBucket"),
      ],
    ]),
  "`Permission denied` on `put`": () =>
    denied([
      [
        "where the access does not write",
        (sftp) => outcome((done) => sftp.writeFile("/outbox/a", "x", done)),
        noStatement("s3:PutObject"),
      ],
      [
        "beside the folders",
        (sftp) => outcome((done) => sftp.writeFile("/a", "x", done)),
        /^\/a lies in none of the user's folders/,
      ],
    ]),
  "`Permission denied` on `mkdir`": () =>
    denied([
      [
        "where the access does not write",
        (sftp) => outcome((done) => sftp.mkdir("/outbox/new", done)),
        noStatement("s3:PutObject"),
      ],
    ]),
  "`Permission denied` on `rename`": () => {
    denied([
      [
        "in a drop box",
        (sftp) => outcome((done) => sftp.rename("/inbox/a.csv", "/inbox/b.csv", done)),
        noStatement("s3:GetObject"),
      ],
    ]);
    it("save of .filepart", async () => {
      expect(await outcome((done) => sftp.rename("/inbox/a.filepart", "/inbox/done.csv", done))).to.equal(undefined);
    });
  },
  "connection closed before a login": () => {
    it("after too many refused keys", () =>
      withGateway({ limits: { ...serviceLimits, refusals: 1 } }, async (gateway) => {
        await failure(connected(gateway.port, "acme", newKeyPair("wrong").privateKey));
        expect(await reasonOf(gateway, "AUTH_FAILURE")).to.match(/SHA256:\S{43} is nobody's of the deployment/);
      }));
    it("beyond the connections of a user", () =>
      withGateway({ clientLimits: { ofUser: 1, ofAll: 9, halfOpen: 9 } }, async (gateway) => {
        const first = await loggedIn(gateway, "acme");
        await failure(loggedIn(gateway, "acme"));
        expect(await reasonOf(gateway, "AUTH_FAILURE")).to.equal("too many connections of this user, or in all");
        first.end();
      }));
    it("without an algorithm in common", () =>
      withGateway({}, async (gateway) => {
        expect(await offering(gateway, { cipher: ["aes128-cbc"] })).to.match(/./);
        expect(await reasonOf(gateway, "KEX_FAILURE")).to.match(/the client has aes128-cbc/);
      }));
  },
  "`no matching host key type`, `cipher`, `MAC` or `key exchange method`": () => {
    const unknown: readonly (readonly [Algorithms, said: RegExp, reason: RegExp])[] = [
      [{ serverHostKey: ["ssh-dss"] }, /host key/, /the client has ssh-dss/],
      [{ cipher: ["aes128-cbc"] }, /cipher/, /has the ciphers aes256-gcm@openssh\.com, .*, the client has aes128-cbc/],
      [
        { hmac: ["hmac-md5"], cipher: ["aes256-ctr"] },
        /MAC/,
        /has the MACs hmac-sha2-256-etm@openssh\.com, .*, the client has hmac-md5/,
      ],
      [
        { kex: ["diffie-hellman-group1-sha1"] },
        /key exchange/,
        /has the key exchange methods mlkem768x25519-sha256, .*, the client has diffie-hellman-group1-sha1/,
      ],
    ];
    for (const [algorithms, said, reason] of unknown) {
      it(`tells what the client has: ${JSON.stringify(algorithms)}`, () =>
        withGateway({}, async (gateway) => {
          await offering(gateway, algorithms);
          expect(await reasonOf(gateway, "KEX_FAILURE")).to.match(reason);
          expect(gateway.eventsOf("KEX_FAILURE")[0]?.["message"]).to.match(said);
        }));
    }
  },
  "`Permission denied (publickey)`": () => {
    const logins: readonly (readonly [what: string, login: string, reason: RegExp])[] = [
      ["an unknown login", "nobody", /^no such user$/],
      ["a suspended tenant", "initech", /^the tenant initech is suspended$/],
      ["another stack's tenant", "umbrella", /^the tenant umbrella is of prod only$/],
      ["another tenant's key", "acme", /SHA256:\S{43} is a key of globex$/],
    ];
    for (const [what, login, reason] of logins) {
      it(`for ${what}, which only the operator is told`, async () => {
        running.events.splice(0);
        const told = await failure(connected(running.port, login, running.privateKey("globex")));
        expect(told).to.match(/authentication methods failed/);
        expect(await reasonOf(running, "AUTH_FAILURE")).to.match(reason);
      });
    }
  },
  "the file is there, but nobody heard": () => {
    const start = gatewayOfEachTest();
    it("of a temporary name or a folder, and of one that broke off twice", async () => {
      const gateway = await start();
      const { client, sftp: sending } = await rawClient(gateway.running, "acme");
      expect(await outcome((done) => sending.mkdir("/new", done))).to.equal(undefined);
      expect(await outcome((done) => sending.writeFile("/a.csv.filepart", "x", done))).to.equal(undefined);
      await written(sending, await opened(sending, "/half.csv", "w"), "half", 0);
      client.destroy();
      await gateway.until(() => gateway.events("tenant_acme").length === 2);
      const told = gateway.events("tenant_acme").map(({ path, complete }) => `${path} ${complete}`);
      expect(told).to.have.members(["half.csv true", "half.csv false"]);
      expect(gateway.running.eventsOf("PARTIAL_CLOSE")).to.have.lengthOf(1);
    });
  },
  "a `.partial` or `.filepart` is left over": () => {
    denied([
      [
        "of a client that may not rename its .partial",
        (sftp) => outcome((done) => sftp.rename("/inbox/a.partial", "/inbox/done.csv", done)),
        noStatement("s3:GetObject"),
      ],
    ]);
    it("of a client that broke off before it renamed", async () => {
      const { client, sftp: sending } = await rawClient(running, "acme");
      await written(sending, await opened(sending, "/inbox/b.filepart", "w"), "half", 0);
      client.destroy();
      await running.until(() => running.eventsOf("PARTIAL_CLOSE").length === 1);
      expect(readFileSync(running.file("tenants/acme/inbox/b.filepart"), "utf8")).to.equal("half");
    });
  },
  "an upload does not resume": () => {
    it("since nothing can be appended, and the object stays whole", async () => {
      const failed = await opened(sftp, "/inbox/a.csv", "a").catch(({ code }: Error & { code?: number }) => code);
      expect(failed).to.equal(status.unsupported);
      expect(running.eventsOf("ERROR").at(-1)).to.include({ operation: "OPEN" });
      const handle = await opened(sftp, "/inbox/a.csv", 2);
      expect(await written(sftp, handle, "more", 1)).not.to.equal(undefined);
      expect(running.eventsOf("ERROR").at(-1)).to.include({ operation: "WRITE" });
      expect(readFileSync(running.file("tenants/acme/inbox/a.csv"), "utf8")).to.equal("x");
    });
  },
  "times are those of the upload": () => {
    it("since setting them succeeds and does nothing", async () => {
      expect(await outcome((done) => sftp.utimes("/inbox/a.csv", 1, 1, done))).to.equal(undefined);
      expect(running.eventsOf("SETSTAT")).to.have.lengthOf(1);
    });
  },
};

let running: RunningGateway;
let sftp: SFTPWrapper;

type Attempt = (sftp: SFTPWrapper) => Promise<number | undefined>;

const noStatement = (action: string) => new RegExp(`^${action}: no statement of the session policy`);

function denied(attempts: readonly (readonly [what: string, attempt: Attempt, reason: RegExp])[]): void {
  for (const [what, attempt, reason] of attempts) {
    it(what, async () => {
      expect(await attempt(sftp)).to.equal(status.denied);
      expect(running.eventsOf("ERROR").at(-1)?.["reason"]).to.match(reason);
    });
  }
}

async function withGateway(
  options: Parameters<typeof RunningGateway.start>[1],
  run: (gateway: RunningGateway) => Promise<void>,
): Promise<void> {
  const gateway = await RunningGateway.start(deploymentOf({ tenant: "acme" }), options);
  try {
    await run(gateway);
  } finally {
    await gateway.stop();
  }
}

async function reasonOf(
  gateway: RunningGateway,
  activity: "AUTH_FAILURE" | "KEX_FAILURE",
): Promise<string | undefined> {
  await gateway.until(() => gateway.eventsOf(activity).length > 0);
  return gateway.eventsOf(activity)[0]?.["reason"];
}

function failure(login: Promise<Client>): Promise<string> {
  return login.then(
    () => "let in",
    ({ message }: Error) => message,
  );
}

function offering(gateway: RunningGateway, algorithms: Algorithms): Promise<string> {
  return failure(clientOf({ port: gateway.port, username: "acme", password: "-", algorithms }));
}

describe("a symptom of docs/TROUBLESHOOTING.md", () => {
  before(async () => {
    const folders = [folder({ name: "inbox", access: "write-only" }), folder({ name: "outbox", access: "read-only" })];
    const { Statement } = sessionPolicy({ partition: "aws", bucket }, grantsOf({ name: "acme", folders, spaces: [] }));
    const [inbox, outbox, blind] = ["inbox", "outbox", "blind"].map((name) => `tenants/acme/${name}`);
    const mappings = { "/inbox": inbox!, "/outbox": outbox!, "/blind": blind! };
    const session = Statement as unknown as readonly Record<string, unknown>[];
    const absent = [
      { name: "initech", userName: "initech", why: "suspended" },
      { name: "umbrella", userName: "umbrella", why: "of prod only" },
    ];
    const acme = { tenant: "acme", mappings, session, publicKeys: [publicKey(1).text] };
    running = await RunningGateway.start(deploymentOf(acme, { tenant: "globex" }), { absent });
    for (const name of ["a.csv", "a.filepart", "a.partial"]) {
      const file = running.file(`tenants/acme/inbox/${name}`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, "x");
    }
    ({ sftp } = await rawClient(running, "acme"));
  });
  after(() => running.stop());

  it("is reproduced for every row of the page, and for no other", () => {
    expect(Object.keys(symptoms)).to.deep.equal(rows);
  });

  for (const [seen, tests] of Object.entries(symptoms)) {
    describe(seen, tests);
  }
});
