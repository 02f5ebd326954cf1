import { expect } from "chai";
import fc from "fast-check";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LogEvent } from "../../local/journal/event";
import { Journal } from "../../local/journal/journal";
import { printable } from "../../invisible";
import { printableJson } from "../../local/journal/printableJson";
import { readableLine } from "../../local/journal/readable";
import { bucket, deploymentOf, roleArn, serverId } from "./setting/deployment";
import { RunningGateway, temporaryFolder } from "./setting/running";
import { anyCharacter } from "../fixtures/anyCharacter";

const dangerous = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

describe("the structured log", () => {
  it("tells of a session as the service does", async () => {
    const running = await RunningGateway.start(deploymentOf({ tenant: "acme", userName: "ACME_batch" }));
    try {
      const client = await running.client("acme");
      await client.put(Buffer.from("12345"), "/a.txt");
      await client.get("/a.txt");
      await client.rename("/a.txt", "/b.txt");
      await client.mkdir("/folder");
      await client.rmdir("/folder");
      await client.delete("/b.txt");
      await client.end();
      await running.until(() => running.eventsOf("DISCONNECTED").length === 1);

      const path = `/${bucket}/tenants/acme/a.txt`;
      expect(running.eventsOf("CONNECTED")[0]).to.deep.include({ role: roleArn, "source-ip": "127.0.0.1" });
      expect(running.eventsOf("CONNECTED")[0]!["ssh-public-key-fingerprint"]).to.match(/^SHA256:.{43}$/);
      expect(running.eventsOf("OPEN")[0]).to.include({ path, mode: "CREATE|TRUNCATE|WRITE" });
      expect(running.eventsOf("CLOSE")[0]).to.include({ path, "bytes-in": "5" });
      expect(running.eventsOf("CLOSE")[1]).to.include({ path, "bytes-out": "5" });
      expect(running.eventsOf("RENAME")[0]).to.include({ path, "new-path": `/${bucket}/tenants/acme/b.txt` });
      for (const type of ["MKDIR", "RMDIR", "DELETE"] as const) {
        expect(running.eventsOf(type), type).to.have.lengthOf(1);
      }
      const sessions = new Set(running.events.map((event) => event["session-id"]));
      expect(sessions.size).to.equal(1);
      for (const event of running.events) {
        expect(event).to.include({ user: "ACME_batch" });
        expect(event["resource-arn"]).to.match(new RegExp(`server/${serverId}$`));
      }
      const lines = readFileSync(join(running.folder, ".gateway/log.jsonl"), "utf8").trimEnd().split("\n");
      expect(lines.map((line) => (JSON.parse(line) as LogEvent)["activity-type"])).to.deep.equal(
        running.events.map((event) => event["activity-type"]),
      );
    } finally {
      await running.stop();
    }
  });

  it("names who is denied what", async () => {
    const running = await RunningGateway.start(deploymentOf({ tenant: "acme", session: [] }));
    try {
      const client = await running.client("acme");
      await client.list("/").catch(() => undefined);
      expect(running.eventsOf("ERROR")[0]).to.include({ user: "acme", operation: "OPENDIR", message: "Access denied" });
    } finally {
      await running.stop();
    }
  });

  it("keeps the run before and no more", () => {
    const folder = temporaryFolder();
    try {
      const file = join(folder.path, "log.jsonl");
      for (const user of ["first", "second", "third"]) {
        const journal = new Journal(file, () => undefined);
        journal.write({ "activity-type": "CONNECTED", user });
        journal.close();
      }
      expect(readFileSync(file, "utf8")).to.include("third");
      expect(readFileSync(join(folder.path, "log.previous.jsonl"), "utf8")).to.include("second");
      expect(existsSync(join(folder.path, "log.previous.previous.jsonl"))).to.equal(false);
    } finally {
      folder.remove();
    }
  });
});

describe("names from outside", () => {
  const anyText = fc.string({ unit: anyCharacter });

  it("give no orders to a terminal", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(text)).not.to.match(dangerous);
        const event: LogEvent = { "activity-type": "OPEN", user: text, path: text, mode: "READ" };
        expect(readableLine(event, new Date())).not.to.match(dangerous);
        expect(printableJson({ text })).not.to.match(dangerous);
      }),
    );
    expect(printable("a\u001b[31m\u202egpj.exe")).to.equal("a\\u{1b}[31m\\u{202e}gpj.exe");
  });

  it("are the same for a program that reads the JSON", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(JSON.parse(printableJson({ text }))).to.deep.equal({ text });
      }),
    );
  });
});
