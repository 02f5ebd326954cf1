import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import { awsPorts } from "../../functions/on-upload/aws";
import { environment, FakeAws } from "./fakeAws";
import { arrivalOf, confidential, s3Record, s3TestMessage, snsInvocation, transferEvent } from "./invocations";
import { Trial } from "./trial";

const orders = { key: `${tenantPrefix("acme")}orders 1.csv`, versionId: "v1", sequencer: "01", size: 10 };
const corrected = { ...orders, versionId: "v2", sequencer: "02", size: 20 };

const pathsOf = (events: readonly { path: string }[]) => events.map(({ path }) => path);
const versionsOf = (events: readonly { versionId: string | null }[]) => events.map(({ versionId }) => versionId);

describe("on-upload", () => {
  it("announces an upload with its owner as an attribute, and calls the hook with the same event", async () => {
    const trial = new Trial();
    expect((await trial.invoke(arrivalOf(orders))).error).to.equal(undefined);
    expect(trial.aws.published.map(({ attributes }) => attributes)).to.deep.equal([
      { owner: "tenant:acme", complete: "true" },
    ]);
    expect(pathsOf(trial.announced)).to.deep.equal(["orders 1.csv"]);
    expect(trial.hooked).to.deep.equal(trial.announced);
  });

  it("announces nothing, and asks the table nothing, for folders, temporary files and S3's test", async () => {
    const trial = new Trial();
    const puts = [`${tenantPrefix("acme")}inbox/`, `${tenantPrefix("acme")}a.filepart`].map((key) => ({
      Records: [s3Record({ key })],
    }));
    expect((await trial.invoke(snsInvocation(...puts, s3TestMessage))).error).to.equal(undefined);
    expect([trial.announced, trial.hooked, trial.aws.table.items.size]).to.deep.equal([[], [], 0]);
  });

  it("marks a path whose client vanished with a second event, once", async () => {
    const trial = new Trial();
    await trial.invoke(arrivalOf(orders));
    await trial.invoke(transferEvent({ key: orders.key }));
    await trial.invoke(transferEvent({ key: orders.key }));
    expect(trial.announced.map(({ path, complete }) => [path, complete])).to.deep.equal([
      ["orders 1.csv", true],
      ["orders 1.csv", false],
    ]);
  });

  it("keeps what was done in the table until long after every copy of the record has arrived", async () => {
    const trial = new Trial();
    await trial.invoke(arrivalOf(orders));
    const days = [...trial.aws.table.items.values()].map(({ expiration }) =>
      expiration !== undefined && "N" in expiration ? (Number(expiration.N) - Date.now() / 1000) / 86_400 : 0,
    );
    expect(days.map(Math.round)).to.deep.equal([30, 30]);
  });
});

describe("duplicates and reversed order", () => {
  it("redelivery of an invocation announces nothing and calls no hook", async () => {
    const trial = new Trial();
    await trial.invoke(arrivalOf(orders));
    expect((await trial.invoke(arrivalOf(orders))).error).to.equal(undefined);
    expect([trial.announced.length, trial.hooked.length]).to.deep.equal([1, 1]);
  });

  it("the same upload twice in one invocation is announced once", async () => {
    const trial = new Trial();
    await trial.invoke(arrivalOf(orders, orders));
    expect(versionsOf(trial.announced)).to.deep.equal(["v1"]);
  });

  it("versions that arrive in reversed order, and again, are announced once each; the sequencer orders them", async () => {
    const trial = new Trial();
    for (const put of [corrected, orders, corrected, orders]) {
      await trial.invoke(arrivalOf(put));
    }
    expect(versionsOf(trial.announced)).to.deep.equal(["v2", "v1"]);
    const [newest] = trial.announced.sort((a, b) => ((a.sequencer ?? "") < (b.sequencer ?? "") ? 1 : -1));
    expect(newest?.versionId).to.equal("v2");
  });

  it("two invocations at once announce once: one of them fails, and has nothing left to do when repeated", async () => {
    const trial = new Trial(() => delay(20));
    const results = await Promise.all([trial.invoke(arrivalOf(orders)), trial.invoke(arrivalOf(orders))]);
    expect(results.filter(({ error }) => error !== undefined).length).to.equal(1);
    expect((await trial.invoke(arrivalOf(orders))).error).to.equal(undefined);
    expect([trial.announced.length, trial.hooked.length]).to.deep.equal([1, 1]);
  });
});

describe("failures", () => {
  it("of one record are repeated without announcing the others again", async () => {
    const trial = new Trial();
    const input = arrivalOf(orders, { key: `${tenantPrefix("globex")}b` }, { key: `${tenantPrefix("umbrella")}c` });
    trial.aws.failNext("Publish");
    expect((await trial.invoke(input)).error)
      .to.be.an("error")
      .with.property("name", "AuthorizationErrorException");
    expect(pathsOf(trial.announced)).to.deep.equal(["b", "c"]);
    expect((await trial.invoke(input)).error).to.equal(undefined);
    expect(pathsOf(trial.announced)).to.deep.equal(["b", "c", "orders 1.csv"]);
    expect(pathsOf(trial.hooked)).to.deep.equal(["b", "c", "orders 1.csv"]);
  });

  it("of several records are reported together", async () => {
    const trial = new Trial(() => Promise.reject(new Error("the hook is out of order")));
    const { error } = await trial.invoke(arrivalOf(orders, { key: `${tenantPrefix("globex")}b` }));
    expect(error)
      .to.be.an.instanceOf(AggregateError)
      .with.property("message", "2 records failed: Error: the hook is out of order; Error: the hook is out of order");
  });

  it("of a record that cannot be read reach the dead-letter queue too", async () => {
    const trial = new Trial();
    const { error } = await trial.invoke(snsInvocation("not JSON", { Records: [s3Record(orders)] }));
    expect(error).to.be.an.instanceOf(SyntaxError);
    expect(trial.announced.length).to.equal(1);
  });

  it("of the hook come after the announcement, and only the hook is repeated", async () => {
    const answers = [new Error("down"), new Error("still down"), undefined];
    const trial = new Trial(() => {
      const answer = answers.shift();
      return answer ? Promise.reject(answer) : Promise.resolve();
    });
    const errors = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      errors.push((await trial.invoke(arrivalOf(orders))).error);
    }
    expect(errors.map((error) => (error as Error | undefined)?.message)).to.deep.equal([
      "down",
      "still down",
      undefined,
      undefined,
    ]);
    expect([trial.announced.length, trial.hooked.length]).to.deep.equal([1, 3]);
  });

  it("of the table before the announcement announce nothing", async () => {
    const trial = new Trial();
    trial.aws.failNext("PutItem");
    expect((await trial.invoke(arrivalOf(orders))).error)
      .to.be.an("error")
      .with.property("name", "IdempotencyPersistenceLayerError");
    expect(trial.announced).to.deep.equal([]);
    expect((await trial.invoke(arrivalOf(orders))).error).to.equal(undefined);
    expect(trial.announced.length).to.equal(1);
  });
});

describe("a crash between announcing and remembering", () => {
  it("announces again under the same upload id: at least once, never not at all", async () => {
    const trial = new Trial();
    trial.aws.failNext("UpdateItem");
    expect((await trial.invoke(arrivalOf(orders), 1)).error).to.be.an("error");
    // The time that was left to the invocation has passed, as it has when Lambda repeats one.
    await delay(5);
    expect((await trial.invoke(arrivalOf(orders))).error).to.equal(undefined);
    expect(trial.announced.length).to.equal(2);
    expect(new Set(trial.announced.map(({ uploadId }) => uploadId)).size).to.equal(1);
  });

  it("is not taken over while the first invocation may still be running", async () => {
    const trial = new Trial();
    trial.aws.failNext("UpdateItem");
    await trial.invoke(arrivalOf(orders), 30_000);
    expect((await trial.invoke(arrivalOf(orders))).error)
      .to.be.an("error")
      .with.property("name", "IdempotencyAlreadyInProgressError");
    expect(trial.announced.length).to.equal(1);
  });

  it("is no different when SNS has the message but its answer is lost", async () => {
    const trial = new Trial();
    trial.aws.failNext("Publish", "lost");
    expect((await trial.invoke(arrivalOf(orders))).error).to.be.an("error");
    expect((await trial.invoke(arrivalOf(orders))).error).to.equal(undefined);
    expect(trial.announced.map(({ uploadId }) => uploadId)).to.have.length(2);
    expect(trial.announced[0]).to.deep.equal(trial.announced[1]);
  });
});

describe("what the function writes", () => {
  it("counts files and bytes for all owners and for each, once an upload", async () => {
    const trial = new Trial();
    const { lines } = await trial.invoke(
      arrivalOf(orders, orders, { key: `${spacePrefix("catalogue")}list.csv`, size: 5 }),
    );
    const metrics = lines.filter((line) => "_aws" in line);
    expect(metrics.map(({ owner, Files, Bytes }) => ({ owner, Files, Bytes }))).to.deep.equal([
      { owner: "tenant:acme", Files: 1, Bytes: 10 },
      { owner: "space:catalogue", Files: 1, Bytes: 5 },
    ]);
    expect(metrics[0]?.["service"]).to.equal("on-upload");
    expect(metrics[0]?.["_aws"]).to.have.nested.property("CloudWatchMetrics[0].Namespace", "sftp-gateway-dev");
    expect(metrics[0]?.["_aws"]).to.have.deep.nested.property("CloudWatchMetrics[0].Dimensions", [
      ["service"],
      ["service", "owner"],
    ]);
    expect(metrics[0]?.["_aws"]).to.have.deep.nested.property("CloudWatchMetrics[0].Metrics", [
      { Name: "Files", Unit: "Count" },
      { Name: "Bytes", Unit: "Bytes" },
    ]);
  });

  it("counts nothing that was not announced", async () => {
    const trial = new Trial();
    trial.aws.failNext("Publish");
    const { lines } = await trial.invoke(arrivalOf(orders));
    expect(lines.filter((line) => "_aws" in line)).to.deep.equal([]);
  });

  it("counts an upload cut short apart, and its bytes not twice", async () => {
    const { lines } = await new Trial().invoke(transferEvent({ key: orders.key }));
    const [metric] = lines.filter((line) => "_aws" in line);
    expect(metric).to.include({ owner: "tenant:acme", PartialFiles: 1 }).and.not.to.have.any.keys("Files", "Bytes");
  });

  it("logs what was announced, and warns of a key that is nobody's", async () => {
    const { lines } = await new Trial().invoke(arrivalOf(orders, { key: "x" }));
    const logged = lines.filter(({ level }) => level !== undefined);
    expect(logged.map(({ level, message, owner, key }) => ({ level, message, owner, key }))).to.deep.equal([
      { level: "INFO", message: "announced", owner: "tenant:acme", key: undefined },
      { level: "WARN", message: "ignored", owner: undefined, key: "x" },
    ]);
  });

  it("logs a failure with the upload that it is about", async () => {
    const { lines } = await new Trial(() => Promise.reject(new Error("down"))).invoke(arrivalOf(orders));
    const failure = lines.find(({ level }) => level === "ERROR");
    expect(failure).to.include({ owner: "tenant:acme", path: "orders 1.csv" });
    expect(failure?.["error"]).to.include({ message: "down" });
  });

  it("tells neither listeners nor the log who wrote, or from where", async () => {
    const trial = new Trial(() => Promise.reject(new Error("down")));
    const outputs = [
      await trial.invoke(arrivalOf(orders, { key: "x" })),
      await trial.invoke(transferEvent({ key: orders.key })),
    ];
    const written = JSON.stringify([outputs.map(({ lines }) => lines), trial.aws.published]);
    expect(written).not.to.contain(confidential.sourceIp).and.not.to.contain(confidential.session);
  });
});

describe("the environment of the function", () => {
  for (const name of Object.keys(environment)) {
    it(`must hold ${name}`, () => {
      expect(() => awsPorts({ ...environment, [name]: "" }, new FakeAws().clients)).to.throw(
        `the environment variable ${name} is not set`,
      );
    });
  }
});
