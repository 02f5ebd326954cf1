import { expect } from "chai";
import { inventoryOf } from "../../inventory/inventory";
import type { LogEvent } from "../../local/journal/event";
import { readableLine } from "../../local/journal/readable";
import type { Deployment } from "../../synth/deployment";
import type { Answer } from "../../why/answer";
import { questionsOfLog } from "../../why/logLine";
import { answerTo } from "../../why/why";
import { TenantEntries } from "../../tenancy/entries";
import { newKeyPair } from "../../local/ssh/keyPair";
import { publicKey } from "../publicKeys";
import { deploymentOf, readWriteBelow } from "./setting/deployment";
import { connected, outcome, rawClient, status } from "./setting/protocol";
import { inEachWay } from "./setting/ways";

/** The reason of a denial, which the log, the terminal and the whole answer by the line have. */
function answerBy(event: LogEvent | undefined, deployment: Deployment): Answer {
  expect(readableLine(event!, new Date())).to.include(event!["reason"]);
  const inventory = inventoryOf(deployment);
  const [question] = questionsOfLog(JSON.stringify(event), inventory, new Date());
  return answerTo(question!, { inventory, entries: undefined });
}

const [listBelow] = readWriteBelow("tenants/acme/");

describe(
  "a denied request",
  inEachWay((start) => {
    it("has its reason in the log and on a terminal, and a full answer by its line", async () => {
      const deployment = deploymentOf({ tenant: "acme", session: [listBelow!] });
      const running = await start(deployment);
      try {
        const { sftp } = await rawClient(running, "acme");
        expect(await outcome((done) => sftp.writeFile("/a.txt", "x", done))).to.equal(status.denied);
        const [event] = running.eventsOf("ERROR");
        expect(event?.["reason"]).to.match(
          /^s3:PutObject: no statement of the session policy \(User ".*acme", "policy"\) allows it$/,
        );
        expect(readableLine(event!, new Date())).to.include(" acme OPEN to write /");
        expect(answerBy(event, deployment)).to.include({ operation: "put", verdict: "denied" });
      } finally {
        await running.stop();
      }
    });

    it("has it for a login as well, of which the client is told nothing", async () => {
      const deployment = deploymentOf({ tenant: "acme" }, { tenant: "globex" });
      const running = await start(deployment);
      try {
        const shown = running.privateKey("globex");
        const told = await connected(running.port, "acme", shown).catch(({ message }: Error) => message);
        expect(told).to.equal("All configured authentication methods failed");
        await running.until(() => running.eventsOf("AUTH_FAILURE").length === 1);
        const [event] = running.eventsOf("AUTH_FAILURE");
        expect(event?.["reason"]).to.match(
          /^asked whether the key that is shown is one of the tenant's: no, SHA256:\S+ is a key of globex$/,
        );
        expect(answerBy(event, deployment)).to.include({ about: "login", verdict: "denied", cause: "wrong-key" });
      } finally {
        await running.stop();
      }
    });

    const old = newKeyPair("old");
    const file = `tenants:
  - name: acme
    access: read-only
    sshKeys:
      - { key: "${old.publicKey}", expires: 2020-01-31 }
      - ${publicKey("acme").text}
`;
    const entries = TenantEntries.ofText("tenants.yaml", file);

    it("has the line of tenants.yaml that it comes from, of a renaming also the new path", async () => {
      const running = await start(deploymentOf({ tenant: "acme", session: [listBelow!] }), { entries });
      try {
        const { sftp } = await rawClient(running, "acme");
        expect(await outcome((done) => sftp.rename("/a.txt", "/b.txt", done))).to.equal(status.denied);
        const [event] = running.eventsOf("ERROR");
        expect(event?.["reason"]).to.match(/^\/ is read-only by tenants\.yaml:3:13; s3:GetObject: no statement of /);
        expect(readableLine(event!, new Date())).to.match(
          /^\S+ acme RENAME \/\S+\/tenants\/acme\/a\.txt to \/\S+\/tenants\/acme\/b\.txt: Access denied: \/ is read-only by /,
        );
        await running.gateway.change(deploymentOf({ tenant: "acme", session: [listBelow!] }), []);
        const later = await rawClient(running, "acme");
        await outcome((done) => later.sftp.rename("/a.txt", "/b.txt", done));
        expect(running.eventsOf("ERROR").at(-1)?.["reason"]).to.match(/^s3:GetObject: /);
      } finally {
        await running.stop();
      }
    });

    it("has that the key has expired, which the deployment does not know any more", async () => {
      const running = await start(deploymentOf({ tenant: "acme" }), { entries });
      try {
        await connected(running.port, "acme", old.privateKey).catch(() => undefined);
        await running.until(() => running.eventsOf("AUTH_FAILURE").length === 1);
        expect(running.eventsOf("AUTH_FAILURE")[0]?.["reason"]).to.match(
          /: no, its last day was 2020-01-31, today is \S+ \(tenants\.yaml:5:9\)$/,
        );
      } finally {
        await running.stop();
      }
    });

    it("has the line of a tenant that is not served", async () => {
      const absent = [{ name: "initech", userName: "INI", why: "suspended" }];
      const others = TenantEntries.ofText("tenants.yaml", "tenants:\n  - name: initech\n    userName: INI\n");
      const running = await start(deploymentOf({ tenant: "acme" }), { entries: others, absent });
      try {
        await connected(running.port, "INI", old.privateKey).catch(() => undefined);
        await running.until(() => running.eventsOf("AUTH_FAILURE").length === 1);
        expect(running.eventsOf("AUTH_FAILURE")[0]?.["reason"]).to.equal(
          "the tenant initech is suspended (tenants.yaml:2:11)",
        );
      } finally {
        await running.stop();
      }
    });

    it("reads no entry of others for a key that is nobody's", async () => {
      let read = 0;
      const counted = {
        file: entries.file,
        find: (text: string, wanted: Parameters<typeof entries.find>[1]) =>
          entries.find(text, (tenant) => {
            read += 1;
            return wanted(tenant);
          }),
      };
      const running = await start(deploymentOf({ tenant: "acme" }, { tenant: "globex" }), { entries: counted });
      try {
        await connected(running.port, "globex", newKeyPair("wrong").privateKey).catch(() => undefined);
        await running.until(() => running.eventsOf("AUTH_FAILURE").length === 1);
        expect(running.eventsOf("AUTH_FAILURE")[0]?.["reason"]).to.match(/is nobody's of the deployment$/);
        expect(read).to.equal(0);
      } finally {
        await running.stop();
      }
    });

    it("has one whatever a client names, and the session goes on", async () => {
      const running = await start(deploymentOf({ tenant: "acme", mappings: { "/in": "tenants/acme/in" } }));
      try {
        const { sftp } = await rawClient(running, "acme");
        for (const path of [
          "/other-123456789012/a",
          "/sftp-gateway-test-999999999999/tenants/globex/a",
          "/a\u001b[2J",
        ]) {
          expect(await outcome((done) => sftp.writeFile(path, "x", done))).to.equal(status.denied);
          expect(running.eventsOf("ERROR").at(-1)?.["reason"]).to.match(/ lies in none of the user's folders: /);
        }
        expect(await outcome((done) => sftp.writeFile("/in/a", "x", done))).to.equal(undefined);
      } finally {
        await running.stop();
      }
    });
  }),
);
