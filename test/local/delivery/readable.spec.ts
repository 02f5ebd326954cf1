import { expect } from "chai";
import type { DeliveryEvent } from "../../../local/delivery/event";
import { functionLogEvent } from "../../../local/function/functionLog";
import { readableDelivery } from "../../../local/delivery/readable";

const what = "inbox/orders.csv of tenant:acme";
const sentences: [event: DeliveryEvent, sentence: string][] = [
  [
    { event: "delivered", subscription: "gw-tenant-acme", protocol: "sqs", to: "queues/a.jsonl", what },
    `subscription gw-tenant-acme put ${what} into queues/a.jsonl`,
  ],
  [
    { event: "delivered", rule: "gw-partial-uploads", protocol: "lambda", to: "gw-on-upload", what: "/b/k" },
    "rule gw-partial-uploads handed /b/k to function gw-on-upload",
  ],
  [
    { event: "not-sent", subscription: "s", protocol: "email", to: "orders@acme.example", what },
    `subscription s would mail orders@acme.example about ${what}`,
  ],
  [
    { event: "not-sent", subscription: "s", protocol: "https", to: "https://acme.example/", what },
    `subscription s would post ${what} to https://acme.example/`,
  ],
  [
    { event: "not-sent", function: "f", protocol: "dead letter", to: "arn:aws:sqs:r:1:q", what },
    `function f would hand ${what} to arn:aws:sqs:r:1:q, which is not part of the deployment`,
  ],
  [
    { event: "retry", function: "f", what, attempt: 1, attempts: 3, error: "Error: no", seconds: 1 },
    `function f failed at ${what} (attempt 1 of 3): Error: no; again in 1 s`,
  ],
  [
    { event: "dead-letter", function: "f", to: "queues/q.jsonl", what, reason: "failed 3 times: Error: no" },
    `function f set ${what} aside in queues/q.jsonl: failed 3 times: Error: no`,
  ],
  [{ event: "lost", bucket: "gw", what: "/b/k", reason: "no" }, "bucket gw lost /b/k: no"],
  [
    { event: "unfinished", function: "f", invocations: 2 },
    "function f was ended before it was done with 2 of its events",
  ],
];

describe("a delivery as a person reads it", () => {
  for (const [event, sentence] of sentences) {
    it(sentence, () => {
      expect(readableDelivery(event, new Date(2026, 0, 1, 12, 3, 44))).to.equal(`12:03:44 ${sentence}`);
    });
  }
});

describe("a line of a function's log", () => {
  const read = (line: string) => readableDelivery(functionLogEvent("f", line), new Date()).slice(9);
  const directive = { Namespace: "n", Dimensions: [["service"], ["service", "owner"]], Metrics: [{ Name: "Files" }] };

  for (const [line, sentence] of [
    [
      { service: "on-upload", level: "INFO", message: "announced", path: "a", owner: "tenant:x", size: 1 },
      "on-upload announced a of tenant:x (1 bytes)",
    ],
    [
      { service: "on-upload", level: "WARN", message: "ignored", reason: "why", key: "k" },
      "on-upload warn: ignored k (why)",
    ],
    [{ level: "ERROR", message: "bad", error: { message: "no" } }, "f error: bad: no"],
    [{ anything: "else" }, 'f {"anything":"else"}'],
    [
      { _aws: { CloudWatchMetrics: [directive] }, service: "on-upload", owner: "tenant:x", Files: 1 },
      "on-upload counted Files 1 for tenant:x",
    ],
  ] as const) {
    it(`reads: ${sentence}`, () => {
      expect(read(JSON.stringify(line))).to.equal(sentence);
    });
  }

  it("may be any text", () => {
    expect(read("plain \u001b[2J")).to.equal("f: plain \\u{1b}[2J");
    expect(read("[1]")).to.equal("f: [1]");
    expect(read("null")).to.equal("f: null");
  });
});
