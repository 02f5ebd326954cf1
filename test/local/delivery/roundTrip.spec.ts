import { expect } from "chai";
import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { tenantPrefix } from "../../../access/grant";
import { partBytes } from "../../../local/objects/upload";
import { ListeningGateway, outside } from "../setting/listening";
import { opened, rawClient, written } from "../setting/protocol";

const md5OfHello = "5d41402abc4b2a76b9719d911017c592";
const hello = Buffer.from("hello");

describe("an upload is heard of", () => {
  let gateway: ListeningGateway;
  before(async () => (gateway = await ListeningGateway.start()));
  after(() => gateway?.stop());

  const pathsIn = (queue: string) => gateway.events(queue).map(({ path }) => path);

  it("in the queue of its tenant, and in no other one", async () => {
    await (await gateway.running.client("acme")).put(hello, "/a.txt");
    await (await gateway.running.client("acme-corp")).put(hello, "/b.txt");
    await gateway.until(() => gateway.events("tenant_acme-corp").length === 1);
    expect(pathsIn("tenant_acme")).to.deep.equal(["a.txt"]);
    expect(pathsIn("tenant_acme-corp")).to.deep.equal(["b.txt"]);
    expect(gateway.lines("space_catalogue")).to.deep.equal([]);
  });

  it("as the documented event, in SQS's terms, with the attributes that filters look at", () => {
    const [line] = gateway.lines("tenant_acme");
    const { sequencer, versionId, at, uploadId, ...event } = JSON.parse(line!.Body) as Record<string, string>;
    expect(event).to.deep.equal({
      owner: "tenant:acme",
      key: `${tenantPrefix("acme")}a.txt`,
      path: "a.txt",
      size: 5,
      etag: md5OfHello,
      complete: true,
    });
    expect([sequencer, versionId, at, uploadId].every((text) => text!.length > 0)).to.equal(true);
    expect(Object.keys(line!)).to.deep.equal(["MessageId", "SentTimestamp", "Body", "MessageAttributes"]);
    expect(line!.MessageAttributes).to.deep.equal({
      owner: { DataType: "String", StringValue: "tenant:acme" },
      complete: { DataType: "String", StringValue: "true" },
    });
    expect(statSync(gateway.queueFile("tenant_acme")).mode & 0o777).to.equal(0o600);
  });

  it("with the subscription that matched, the function's log and its metrics", () => {
    expect(gateway.told("delivered")).to.deep.include({
      event: "delivered",
      subscription: "gw-tenant-acme",
      protocol: "sqs",
      to: "queues/project-test_tenant_acme.jsonl",
      what: "a.txt of tenant:acme",
      owner: "tenant:acme",
    });
    expect(gateway.log).to.include("announced a.txt");
    expect(gateway.told("metrics")[0]).to.deep.equal({
      event: "metrics",
      function: "gw-on-upload",
      namespace: "project-test",
      dimensions: { service: "on-upload", owner: "tenant:acme" },
      values: { Files: 1, Bytes: 5 },
      owner: "tenant:acme",
    });
    expect(
      gateway.told("function-log").every(({ owner }) => owner === "tenant:acme" || owner === "tenant:acme-corp"),
    ).to.equal(true);
  });

  it("by the listeners of a space, who do not hear who wrote, or from where", async () => {
    await (await gateway.running.client("supplier")).put(hello, "/catalogue/prices.csv");
    await gateway.until(() => gateway.events("space_catalogue").length === 1);
    expect(gateway.events("space_catalogue")[0]).to.include({ owner: "space:catalogue", path: "prices.csv" });
    const [line] = readFileSync(gateway.queueFile("space_catalogue"), "utf8").split("\n");
    expect(line).not.to.match(/supplier|127\.0\.0\.1|AROA/);
    const ofSpace = gateway.told("delivered").filter(({ what }) => what.includes("prices.csv"));
    expect(ofSpace.map(({ to, owner }) => [to, owner])).to.deep.equal([
      ["gw-on-upload", "space:catalogue"],
      ["queues/project-test_space_catalogue.jsonl", "space:catalogue"],
    ]);
  });

  for (const name of ["two words.csv", "Größe 統計 🚀.csv", "1+1=2.csv", "100%.csv", "%20.csv", "it's (new)~*!.csv"]) {
    it(`under its name: ${name}`, async () => {
      const client = await gateway.running.client("acme");
      await client.put(hello, `/${name}`);
      await gateway.until(() => pathsIn("tenant_acme").includes(name));
      expect(gateway.events("tenant_acme").at(-1)).to.include({
        key: `${tenantPrefix("acme")}${name}`,
        etag: md5OfHello,
      });
    });
  }

  it("as one event when it is large enough to be sent in parts, with an etag that says so", async () => {
    const content = randomBytes(2 * partBytes + 1);
    await (await gateway.running.client("acme")).put(content, "/large.bin");
    await gateway.until(() => pathsIn("tenant_acme").includes("large.bin"));
    const events = gateway.events("tenant_acme").filter(({ path }) => path === "large.bin");
    expect(events.map(({ size }) => size)).to.deep.equal([content.length]);
    expect(events[0]!.etag).to.match(/^[0-9a-f]{32}-3$/);
  });

  it("under the new name when it is renamed, and not when it has a client's temporary name", async () => {
    const client = await gateway.running.client("acme");
    await client.put(hello, "/report.csv.filepart");
    await client.rename("/report.csv.filepart", "/report.csv");
    await gateway.until(() => pathsIn("tenant_acme").includes("report.csv"));
    expect(pathsIn("tenant_acme").filter((path) => path.startsWith("report"))).to.deep.equal(["report.csv"]);
    expect(gateway.events("tenant_acme").at(-1)).to.include({ size: 5, etag: md5OfHello });
  });

  it("again under another version when it is overwritten; the sequencer tells which is later", async () => {
    const client = await gateway.running.client("acme");
    await client.put(hello, "/again.txt");
    await client.put(Buffer.from("hello again"), "/again.txt");
    const both = () => gateway.events("tenant_acme").filter(({ path }) => path === "again.txt");
    await gateway.until(() => both().length === 2);
    const [first, second] = both();
    expect([first!.size, second!.size]).to.deep.equal([5, 11]);
    expect(second!.sequencer! > first!.sequencer!).to.equal(true);
    expect(second!.versionId).not.to.equal(first!.versionId);
    expect(second!.uploadId).not.to.equal(first!.uploadId);
  });

  it("but a new folder and a deletion are not", async () => {
    const client = await gateway.running.client("acme-corp");
    await client.mkdir("/folder");
    await client.delete("/b.txt");
    await gateway.until(() => gateway.log.includes(`ignored ${tenantPrefix("acme-corp")}folder/`));
    await client.put(hello, "/folder/after.txt");
    await gateway.until(() => pathsIn("tenant_acme-corp").includes("folder/after.txt"));
    expect(pathsIn("tenant_acme-corp")).to.deep.equal(["b.txt", "folder/after.txt"]);
  });

  it("a second time, as not complete, when its client vanished", async () => {
    const { client, sftp } = await rawClient(gateway.running, "acme");
    await written(sftp, await opened(sftp, "/half.bin", "w"), "the first half", 0);
    client.destroy();
    const both = () => gateway.events("tenant_acme").filter(({ path }) => path === "half.bin");
    await gateway.until(() => both().length === 2);
    expect(both().map(({ complete }) => complete)).to.have.members([true, false]);
    const [whole, part] = [true, false].map((complete) => both().find((event) => event.complete === complete)!);
    expect(whole).to.include({ size: 14 });
    expect(part).to.include({ size: 14, etag: whole!.etag, versionId: null, sequencer: null });
    expect(gateway.told("delivered").filter((each) => "rule" in each)).to.deep.equal([
      {
        event: "delivered",
        rule: "gw-partial-uploads",
        protocol: "lambda",
        to: "gw-on-upload",
        what: `/project-test-123456789012/${tenantPrefix("acme")}half.bin`,
        owner: "tenant:acme",
      },
    ]);
  });

  it("outside of this machine by nobody: what would be sent is told", async () => {
    await (await gateway.running.client("outward")).put(hello, "/o.txt");
    await gateway.until(() => gateway.told("not-sent").length === 4);
    const told = gateway.told("not-sent").map(({ protocol, to, what }) => [protocol, to, what]);
    expect(told).to.have.deep.members([
      ["email", outside.email, "o.txt of tenant:outward"],
      ["https", outside.https, "o.txt of tenant:outward"],
      ["sqs", outside.queue, "o.txt of tenant:outward"],
      ["lambda", outside.function, "o.txt of tenant:outward"],
    ]);
    expect(
      gateway.told("not-sent").every((each) => "subscription" in each && each.subscription.startsWith("gw-")),
    ).to.equal(true);
  });

  it("in a log of its own, which holds no address and no role's session", () => {
    const log = readFileSync(join(gateway.running.folder, ".gateway/delivery.jsonl"), "utf8");
    expect(log.trimEnd().split("\n")).to.have.lengthOf(gateway.running.deliveries.length);
    expect(log).not.to.match(/127\.0\.0\.1|AROA/);
    expect(readFileSync(join(gateway.running.folder, ".gateway/log.jsonl"), "utf8")).not.to.contain('"event"');
  });

  it("and nothing is set aside or lost", () => {
    expect([...gateway.told("dead-letter"), ...gateway.told("lost"), ...gateway.told("retry")]).to.deep.equal([]);
  });
});
