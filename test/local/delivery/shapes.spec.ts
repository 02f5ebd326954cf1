import { expect } from "chai";
import { invocationRecord } from "../../../local/delivery/shapes/invocationRecord";
import { envelopeOf, functionInput, notificationOf } from "../../../local/delivery/shapes/notification";
import { s3Record } from "../../../local/delivery/shapes/s3Record";
import { transferEvent } from "../../../local/delivery/shapes/transferEvent";
import * as invocations from "../../functions/invocations";

/** Names of the fields, and the kinds of their values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shapeOf);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, entry]) => [name, shapeOf(entry)]),
    );
  }
  return typeof value;
}

const arn = "arn:aws:sns:eu-central-1:123456789012:topic";
const publication = { message: "m", subject: "s", attributes: {}, what: "a file" };
const created = {
  by: "ObjectCreated:Put",
  bucket: { name: "b", arn: "arn:aws:s3:::b" },
  key: "k",
  size: 1,
  etag: "e",
  versionId: "v",
  sequencer: "1",
  at: new Date(),
  region: "r",
  principalId: "p",
  sourceIp: "i",
} as const;

describe("what is handed on has the exact shape", () => {
  it("of S3's records, with a version and without", () => {
    expect(shapeOf(s3Record(created, "id"))).to.deep.equal(shapeOf(invocations.s3Record({ key: "k" })));
    expect(shapeOf(s3Record({ ...created, versionId: undefined }, "id"))).to.deep.equal(
      shapeOf(invocations.s3Record({ key: "k", versionId: null })),
    );
  });

  it("of SNS's invocation of a function", () => {
    const input = functionInput(notificationOf(arn, publication), `${arn}:1`);
    expect(shapeOf(input)).to.deep.equal(shapeOf(invocations.snsInvocation("m")));
  });

  it("of SNS's envelope", () => {
    // Amazon SNS Developer Guide, "HTTP/HTTPS notification JSON format".
    const fields = [
      "Type",
      "MessageId",
      "TopicArn",
      "Subject",
      "Message",
      "Timestamp",
      "SignatureVersion",
      "Signature",
    ];
    const envelope = envelopeOf(notificationOf(arn, { ...publication, attributes: { owner: "o" } }));
    expect(Object.keys(envelope)).to.have.members([
      ...fields,
      ...["SigningCertURL", "UnsubscribeURL", "MessageAttributes"],
    ]);
    expect(envelope.MessageAttributes).to.deep.equal({ owner: { Type: "String", Value: "o" } });
    expect(envelopeOf(notificationOf(arn, publication))).not.to.have.property("MessageAttributes");
  });

  it("of Transfer Family's event", () => {
    const [began, ended] = [new Date("2026-10-01T06:30:16.706Z"), new Date("2026-10-01T06:30:27.749Z")];
    const server = { id: "s-1", arn: "arn:aws:transfer:r:123456789012:server/s-1" };
    const upload = { filePath: "/b/k", bytes: 1, etag: "e", began, ended, account: "a", region: "r", server };
    const event = transferEvent({ ...upload, userName: "u", sessionId: "s", sourceIp: "i" });
    expect(shapeOf(event)).to.deep.equal(shapeOf(invocations.transferEvent({ key: "k" })));
    expect([event.time, event.detail["end-timestamp"], event.detail["start-timestamp"]]).to.deep.equal([
      "2026-10-01T06:30:27Z",
      "2026-10-01T06:30:27.749000000Z",
      "2026-10-01T06:30:16.706000000Z",
    ]);
  });

  it("of Lambda's record of an invocation that failed to the end", () => {
    const error = { errorType: "Error", errorMessage: "no", trace: ["Error: no"] };
    const { timestamp, ...record } = invocationRecord({
      requestId: "e4b46cbf",
      functionArn: "arn:aws:lambda:r:123456789012:function:f",
      condition: "RetriesExhausted",
      attempts: 3,
      input: { some: "input" },
      error,
    });
    // AWS Lambda Developer Guide, "Retaining records of asynchronous invocations".
    expect(record).to.deep.equal({
      version: "1.0",
      requestContext: {
        requestId: "e4b46cbf",
        functionArn: "arn:aws:lambda:r:123456789012:function:f:$LATEST",
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
      },
      requestPayload: { some: "input" },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: error,
    });
    expect(timestamp).to.match(/^\d{4}-\d\d-\d\dT/);
  });
});
