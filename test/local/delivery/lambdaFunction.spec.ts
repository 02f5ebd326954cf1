import { expect } from "chai";
import { DeadLetters } from "../../../local/delivery/deadLetters";
import type { DeliveryEvent } from "../../../local/delivery/event";
import { LambdaFunction, waitingLimit } from "../../../local/delivery/function/lambdaFunction";
import type { Outcome } from "../../../local/function/functionProcess";

const account = "123456789012";
const arn = `arn:aws:lambda:eu-central-1:${account}:function:f`;
const sns = {
  service: "sns.amazonaws.com",
  sourceArn: `arn:aws:sns:eu-central-1:${account}:t`,
  sourceAccount: account,
};
const policy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: arn,
      Condition: { ArnLike: { "aws:SourceArn": sns.sourceArn } },
    },
  ],
} as const;

/** A function whose process does what the test says, and what is told of it. */
function lambdaFunction(invoke: () => Promise<Outcome>, maximumAgeSeconds = 60) {
  const told: DeliveryEvent[] = [];
  const report = (event: DeliveryEvent) => told.push(event);
  const lambda = new LambdaFunction(
    {
      name: "f",
      guarded: { label: 'Function "f"', arn, account, policy },
      process: { invoke, end: () => Promise.resolve() },
      retries: 2,
      maximumAgeSeconds,
      retryDelaysMs: [1, 1],
      deadLetters: new DeadLetters({ function: "f" }, undefined, report),
      sendRecord: () => undefined,
    },
    report,
  );
  return { lambda, told };
}

describe("a function that is invoked asynchronously", () => {
  it("takes no more than a bounded number of events, so that the memory of the gateway stays bounded", () => {
    const { lambda } = lambdaFunction(() => new Promise(() => undefined));
    for (let count = 0; count < waitingLimit; count += 1) {
      lambda.invoke(sns, {}, { what: "an upload" });
    }
    expect(() => lambda.invoke(sns, {}, { what: "an upload" })).to.throw('10000 events wait for Function "f" already');
  });

  it("admits who has a permission, for its source alone", () => {
    const { lambda } = lambdaFunction(() => Promise.resolve({}));
    const other = `arn:aws:sns:eu-central-1:${account}:other`;
    for (const invoker of [
      { ...sns, sourceArn: other },
      { ...sns, service: "events.amazonaws.com" },
    ]) {
      expect(() => lambda.invoke(invoker, {}, { what: "an upload" })).to.throw(
        `${invoker.service} may not do lambda:InvokeFunction on Function "f" for ${invoker.sourceArn}`,
      );
    }
  });

  it("is not invoked again with an event that is too old by then", async () => {
    const { lambda, told } = lambdaFunction(
      () => Promise.resolve({ error: { errorType: "Error", errorMessage: "no" } }),
      0,
    );
    lambda.invoke(sns, {}, { what: "an upload" });
    await lambda.end(5000);
    expect(told).to.deep.equal([{ event: "lost", function: "f", what: "an upload", reason: "failed once: Error: no" }]);
  });

  it("is waited for at the end, repetitions included", async () => {
    let attempts = 0;
    const { lambda, told } = lambdaFunction(() => {
      attempts += 1;
      return Promise.resolve(attempts < 3 ? { error: { errorType: "Error", errorMessage: "not yet" } } : {});
    });
    lambda.invoke(sns, {}, { what: "an upload" });
    await lambda.end(5000);
    expect(attempts).to.equal(3);
    expect(told.map(({ event }) => event)).to.deep.equal(["retry", "retry"]);
  });
});
