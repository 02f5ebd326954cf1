import { randomUUID } from "node:crypto";

/**
 * What Lambda is invoked with. Each shape is complete, as AWS documents it, so that a reader of ours that relied on a field
 * AWS does not send would fail.
 */
export const landingBucket = "sftp-gateway-dev-123456789012";
const arrivalsTopic = "arn:aws:sns:eu-central-1:123456789012:sftp-gateway-dev-arrivals";

/** Facts of a record that must never leave the function: who wrote, and from where. */
export const confidential = {
  sourceIp: "203.0.113.77",
  session: "AROAEXAMPLE:acme.0123456789abcdef@s-01234567890123456",
};

/** What the tests vary of an upload. */
export interface Put {
  readonly key: string;
  readonly eventName?: string;
  readonly size?: number;
  readonly etag?: string;
  /** Null: the bucket has no versioning. */
  readonly versionId?: string | null;
  readonly sequencer?: string;
}

/**
 * Amazon S3 User Guide, "Event message structure": keys are URL-encoded as a form is, `/` stays. Java's URLEncoder, which
 * that describes, leaves `*` alone and encodes `!'()~`, which encodeURIComponent does the other way round.
 */
export function encodeKey(key: string): string {
  const form = encodeURIComponent(key).replace(
    /[!'()~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return form.replaceAll("%20", "+").replaceAll("%2F", "/");
}

/** One record of an S3 event notification. Source: Amazon S3 User Guide, "Event message structure". */
export function s3Record(put: Put) {
  const versionId = put.versionId === undefined ? "L4kqtJlcpXroDTDmpUMLUo" : put.versionId;
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: "eu-central-1",
    eventTime: "2026-10-01T06:30:00.123Z",
    eventName: put.eventName ?? "ObjectCreated:Put",
    userIdentity: { principalId: `AWS:${confidential.session}` },
    requestParameters: { sourceIPAddress: confidential.sourceIp },
    responseElements: {
      "x-amz-request-id": "C3D13FE58DE4C810",
      "x-amz-id-2": "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JR",
    },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: "arrivals",
      bucket: {
        name: landingBucket,
        ownerIdentity: { principalId: "A3NL1KOZZKExample" },
        arn: `arn:aws:s3:::${landingBucket}`,
      },
      object: {
        key: encodeKey(put.key),
        size: put.size ?? 1024,
        eTag: put.etag ?? "d41d8cd98f00b204e9800998ecf8427e",
        ...(versionId === null ? {} : { versionId }),
        sequencer: put.sequencer ?? "0055AED6DCD90281E5",
      },
    },
  };
}

/** S3's message when the notification is configured. Source: Amazon S3 User Guide, "Event message structure". */
export const s3TestMessage = {
  Service: "Amazon S3",
  Event: "s3:TestEvent",
  Time: "2026-10-01T06:00:00.000Z",
  Bucket: landingBucket,
  RequestId: "5582815E1AEA5ADF",
  HostId: "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE",
};

/** SNS's asynchronous invocation. Source: AWS Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS". */
export function snsInvocation(...messages: readonly unknown[]) {
  return {
    Records: messages.map((message) => ({
      EventVersion: "1.0",
      EventSubscriptionArn: `${arrivalsTopic}:21be56ed-a058-49f5-8c98-aedd2564c486`,
      EventSource: "aws:sns",
      Sns: {
        SignatureVersion: "1",
        Timestamp: "2026-10-01T06:30:01.456Z",
        Signature: "tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi+tE/1+82j...65r==",
        SigningCertUrl:
          "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-ac565b8b1a6c5d002d285f9598aa1d9b.pem",
        MessageId: randomUUID(),
        Message: typeof message === "string" ? message : JSON.stringify(message),
        MessageAttributes: {},
        Type: "Notification",
        UnsubscribeUrl: "https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=EXAMPLE",
        TopicArn: arrivalsTopic,
        Subject: "Amazon S3 Notification",
      },
    })),
  };
}

/** The invocation for uploads, one S3 record a message as S3 sends them. */
export function arrivalOf(...puts: readonly Put[]) {
  return snsInvocation(...puts.map((put) => ({ Records: [s3Record(put)] })));
}

/** What the tests vary of a failed upload. */
export interface Failure {
  readonly key: string;
  readonly id?: string;
  readonly code?: string;
  readonly type?: string;
}

/**
 * Transfer Family's event, which EventBridge hands to Lambda as it is. Source: AWS Transfer Family User Guide, "Transfer
 * Family events detail reference" (server events); its envelope: Amazon EventBridge User Guide, "Event structure reference".
 */
export function transferEvent({ key, id, code = "PARTIAL_UPLOAD", type = "SFTP Server File Upload Failed" }: Failure) {
  return {
    version: "0",
    id: id ?? "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": type,
    source: "aws.transfer",
    account: "123456789012",
    time: "2026-10-01T06:30:27Z",
    region: "eu-central-1",
    resources: ["arn:aws:transfer:eu-central-1:123456789012:server/s-01234567890123456"],
    detail: {
      "failure-code": code,
      "status-code": "FAILED",
      protocol: "SFTP",
      bytes: 4100,
      "client-ip": confidential.sourceIp,
      "failure-message": "File was partially uploaded.",
      "end-timestamp": "2026-10-01T06:30:27.749749117Z",
      etag: "b6d81b360a5672d80c27430f39153e2c",
      "file-path": `/${landingBucket}/${key}`,
      "server-id": "s-01234567890123456",
      username: "acme",
      "session-id": "0292f1e12f20d1a2eddc",
      "start-timestamp": "2026-10-01T06:30:16.706282454Z",
    },
  };
}
