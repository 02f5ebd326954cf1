import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { SFTPWrapper } from "ssh2";
import { grantsOf } from "../../access/grant";
import { sessionPolicy } from "../../access/documents";
import { publicKey } from "../publicKeys";
import { folder } from "../tenant";
import { bucket, deploymentOf } from "./setting/deployment";
import { connected, opened, outcome, rawClient, status } from "./setting/protocol";
import { RunningGateway } from "./setting/running";
import { newKeyPair } from "../../local/ssh/keyPair";

type Attempt = (sftp: SFTPWrapper) => Promise<number | undefined>;

describe("a symptom of docs/TROUBLESHOOTING.md", () => {
  let running: RunningGateway;
  let sftp: SFTPWrapper;
  before(async () => {
    const folders = [folder({ name: "inbox", access: "write-only" }), folder({ name: "outbox", access: "read-only" })];
    const { Statement } = sessionPolicy({ partition: "aws", bucket }, grantsOf({ name: "acme", folders, spaces: [] }));
    const mappings = { "/inbox": "tenants/acme/inbox", "/outbox": "tenants/acme/outbox" };
    const session = Statement as unknown as readonly Record<string, unknown>[];
    running = await RunningGateway.start(
      deploymentOf({ tenant: "acme", mappings, session, publicKeys: [publicKey(1).text] }),
    );
    for (const key of ["tenants/acme/inbox/a.csv", "tenants/acme/inbox/a.filepart"]) {
      mkdirSync(dirname(running.file(key)), { recursive: true });
      writeFileSync(running.file(key), "x");
    }
    ({ sftp } = await rawClient(running, "acme"));
  });
  after(() => running.stop());

  const denials: readonly (readonly [what: string, attempt: Attempt, reason: RegExp])[] = [
    [
      "put",
      (s) => outcome((done) => s.writeFile("/outbox/a", "x", done)),
      /^s3:PutObject: no statement of the session policy/,
    ],
    [
      "put beside the folders",
      (s) => outcome((done) => s.writeFile("/a", "x", done)),
      /^\/a lies in none of the user's folders/,
    ],
    [
      "mkdir",
      (s) => outcome((done) => s.mkdir("/outbox/new", done)),
      /^s3:PutObject: no statement of the session policy/,
    ],
    [
      "rename",
      (s) => outcome((done) => s.rename("/inbox/a.csv", "/inbox/b.csv", done)),
      /^s3:GetObject: no statement of the session policy/,
    ],
  ];
  for (const [what, attempt, reason] of denials) {
    it(`permission denied on ${what}`, async () => {
      expect(await attempt(sftp)).to.equal(status.denied);
      expect(running.eventsOf("ERROR").at(-1)?.["reason"]).to.match(reason);
    });
  }

  it("a wrong key, with its fingerprint in the log", async () => {
    const login = connected(running.port, "acme", newKeyPair("wrong").privateKey);
    expect(await login.catch(({ message }: Error) => message)).to.match(/authentication methods failed/);
    await running.until(() => running.eventsOf("AUTH_FAILURE").length > 0);
    expect(running.eventsOf("AUTH_FAILURE")[0]?.["message"]).to.match(/^not its key: SHA256:/);
  });

  it("a left over .filepart, which a drop box may rename", async () => {
    expect(await outcome((done) => sftp.rename("/inbox/a.filepart", "/inbox/done.csv", done))).to.equal(undefined);
  });

  it("an upload that is to be appended to", async () => {
    const failed = await opened(sftp, "/inbox/a.csv", "a").catch(({ code }: Error & { code?: number }) => code);
    expect(failed).to.equal(status.unsupported);
  });

  it("times that are not kept", async () => {
    expect(await outcome((done) => sftp.utimes("/inbox/a.csv", 1, 1, done))).to.equal(undefined);
    expect(running.eventsOf("SETSTAT")).to.have.lengthOf(1);
  });
});
