import { expect } from "chai";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tenantPrefix } from "../../../access/grant";
import { readableDelivery } from "../../../local/delivery/readable";
import { resource } from "../setting/deployment";
import { gatewayOfEachTest, listeningDeployment } from "../setting/listening";

const hello = Buffer.from("hello");
const account = "eu-central-1:123456789012";

describe("deliveries that fail", () => {
  const started = gatewayOfEachTest();

  describe("in a hook that throws", () => {
    it("are repeated twice and then set aside with the error; the announcement is made once", async () => {
      const running = await started({ hook: 'throw new RangeError("no room for " + event.path)' });
      await running.put("acme", "/a.txt");
      await running.until(() => running.told("dead-letter").length === 1);
      expect(
        running.told("retry").map(({ attempt, attempts, error, seconds }) => [attempt, attempts, error, seconds]),
      ).to.deep.equal([
        [1, 3, "RangeError: no room for a.txt", 0.01],
        [2, 3, "RangeError: no room for a.txt", 0.02],
      ]);
      expect(running.events("tenant_acme").map(({ path }) => path)).to.deep.equal(["a.txt"]);
      expect(running.told("dead-letter")).to.deep.equal([
        {
          event: "dead-letter",
          function: "gw-on-upload",
          to: "queues/project-test_on-upload_dlq.jsonl",
          what: `/project-test-123456789012/${tenantPrefix("acme")}a.txt`,
          owner: "tenant:acme",
          reason: "failed 3 times: RangeError: no room for a.txt",
        },
      ]);
    });

    it("leave a dead letter in the shape of Lambda's destinations, whose payload can be sent again", async () => {
      const running = await started({ hook: 'throw new RangeError("no room")' });
      await running.put("acme", "/a.txt");
      await running.until(() => running.lines("on-upload_dlq").length === 1);
      const record = JSON.parse(running.lines("on-upload_dlq")[0]!.Body) as Record<string, Record<string, unknown>>;
      const { requestId, ...context } = record["requestContext"]!;
      expect(requestId).to.match(/^[0-9a-f-]{36}$/);
      expect(context).to.deep.equal({
        functionArn: `arn:aws:lambda:${account}:function:project-test-on-upload:$LATEST`,
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
      });
      expect(record["responsePayload"]).to.include({ errorType: "RangeError", errorMessage: "no room" });
      const { Sns } = (record["requestPayload"] as { Records: { Sns: { Message: string } }[] }).Records[0]!;
      const { Records } = JSON.parse(Sns.Message) as { Records: { s3: { object: { key: string } } }[] };
      expect(Records[0]!.s3.object.key).to.equal(`${tenantPrefix("acme")}a.txt`);
    });

    it("are over when a repetition goes well, and hold up nobody else", async () => {
      const hook = 'globalThis.n = (globalThis.n ?? 0) + 1; if (globalThis.n === 1) throw new Error("not yet")';
      const running = await started({ hook, options: { retryDelaysMs: [500, 500] } });
      await running.put("acme", "/first.txt");
      await running.put("acme-corp", "/second.txt");
      await running.until(() => running.events("tenant_acme-corp").length === 1 && running.told("retry").length === 1);
      await running.running.close();
      expect(running.told("dead-letter")).to.deep.equal([]);
      expect(running.told("unfinished")).to.deep.equal([]);
      expect(running.events("tenant_acme")).to.have.lengthOf(1);
    });
  });

  describe("in the function's process", () => {
    it("cost one attempt when it ends, and a new process takes the next", async () => {
      const running = await started({ hook: 'if (event.path === "bad.txt") process.exit(3)' });
      await running.put("acme", "/bad.txt");
      await running.until(() => running.told("dead-letter").length === 1);
      expect(running.told("dead-letter")[0]!.reason).to.match(
        /^failed 3 times: Runtime\.ExitError: RequestId: \S+ Error: Runtime exited with error: exit status 3$/,
      );
      await running.put("acme-corp", "/good.txt");
      await running.until(() => running.events("tenant_acme-corp").length === 1);
    });

    it("do not keep the next upload from being served when somebody kills it", async () => {
      const running = await started({
        hook: "console.log(JSON.stringify({ message: String(process.pid), path: event.path }))",
      });
      const pids = () => running.log.flatMap((line) => /^\d+(?= )/.exec(line) ?? []);
      await running.put("acme", "/one.txt");
      await running.until(() => pids().length === 1);
      process.kill(Number(pids()[0]), "SIGKILL");
      await running.put("acme", "/two.txt");
      // Killed before its answer was heard, the first invocation is repeated in the new process.
      await running.until(() => new Set(pids()).size === 2 && running.events("tenant_acme").length >= 2);
      expect(running.events("tenant_acme").map(({ path }) => path)).to.include.members(["one.txt", "two.txt"]);
    });

    it("end with the deployed timeout, also in code that never waits", async () => {
      const deployment = await listeningDeployment();
      resource(deployment, "Function").inputs["timeout"] = 1;
      resource(deployment, "FunctionEventInvokeConfig").inputs["maximumRetryAttempts"] = 0;
      const running = await started({ deployment, hook: "for (;;);" });
      await running.put("acme", "/a.txt");
      await running.until(() => running.told("dead-letter").length === 1);
      expect(running.told("dead-letter")[0]!.reason).to.match(
        /^failed once: Sandbox\.Timedout: RequestId: \S+ Error: Task timed out after 1\.00 seconds$/,
      );
    });

    it("cannot use what the shell of the gateway knows", async () => {
      process.env["AWS_SECRET_ACCESS_KEY"] = "of the shell";
      try {
        const hook = "console.log(JSON.stringify({ message: Object.keys(process.env).sort().join() }))";
        const running = await started({ hook });
        await running.put("acme", "/a.txt");
        await running.until(() => running.log.some((line) => line.includes("TOPIC_ARN")));
        // Powertools sets the one with UA.
        expect(
          running.log
            .find((line) => line.includes("TOPIC_ARN"))!
            .trim()
            .split(","),
        ).to.deep.equal([
          ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_REGION", "AWS_SDK_UA_APP_ID", "PATH", "POWERTOOLS_METRICS_NAMESPACE"],
          ...["TABLE_NAME", "TOPIC_ARN", "TZ"],
        ]);
      } finally {
        delete process.env["AWS_SECRET_ACCESS_KEY"];
      }
    });

    it("have two seconds to be over when the gateway ends, and are told when they are not", async () => {
      const running = await started({ hook: "await new Promise(() => {})" });
      await running.put("acme", "/a.txt");
      await running.until(() => running.events("tenant_acme").length === 1);
      await running.running.close();
      expect(running.told("unfinished")).to.deep.equal([
        { event: "unfinished", function: "gw-on-upload", invocations: 1 },
      ]);
    });
  });

  describe("at the disk", () => {
    it("take no session along: what a queue cannot keep goes to its dead letters", async () => {
      const running = await started();
      mkdirSync(running.queueFile("tenant_acme"));
      const client = await running.running.client("acme");
      await client.put(hello, "/a.txt");
      await running.until(() => running.told("dead-letter").length === 1);
      expect(running.told("dead-letter")[0]).to.include({
        subscription: "gw-tenant-acme",
        reason: "queues/project-test_tenant_acme.jsonl cannot be written (EISDIR)",
      });
      expect(running.events("tenant_acme_dlq").map(({ path }) => path)).to.deep.equal(["a.txt"]);
      expect((await client.list("/")).map(({ name }) => name)).to.deep.equal(["a.txt"]);
    });
  });

  it("or not, show nothing but printable characters", async () => {
    const running = await started({ hook: 'throw new Error("\\u001b[2J")' });
    await running.put("acme", "/red\u001b[31m\u202egpj.txt");
    await running.until(() => running.told("dead-letter").length === 1);
    const shown = [
      ...running.running.deliveries.map((event) => readableDelivery(event, new Date())),
      readFileSync(running.queueFile("tenant_acme"), "utf8").trimEnd(),
      readFileSync(running.queueFile("on-upload_dlq"), "utf8").trimEnd(),
      ...readFileSync(join(running.running.folder, ".gateway/delivery.jsonl"), "utf8").trimEnd().split("\n"),
    ];
    for (const line of shown) {
      expect(line).not.to.match(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
    expect(shown.some((line) => line.includes("put red\\u{1b}[31m\\u{202e}gpj.txt of tenant:acme into"))).to.equal(
      true,
    );
  });
});
