import { randomBytes } from "node:crypto";

/** How S3 names the ways in which an object appears. */
export type CreatedBy = "ObjectCreated:Put" | "ObjectCreated:CompleteMultipartUpload" | "ObjectCreated:Copy";

/** An object that has appeared in a bucket. */
export interface CreatedObject {
  readonly by: CreatedBy;
  readonly bucket: { readonly name: string; readonly arn: string };
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  /** Undefined where the bucket keeps no versions. */
  readonly versionId: string | undefined;
  readonly sequencer: string;
  readonly at: Date;
  readonly region: string;
  /** `AWS:` and the id of the role's session. */
  readonly principalId: string;
  readonly sourceIp: string;
}

/**
 * One record of an S3 event notification.
 * Source: Amazon S3 User Guide, "Event message structure".
 * @param configurationId Id of the notification that it is sent for.
 */
export function s3Record(created: CreatedObject, configurationId: string) {
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: created.region,
    eventTime: created.at.toISOString(),
    eventName: created.by,
    userIdentity: { principalId: created.principalId },
    requestParameters: { sourceIPAddress: created.sourceIp },
    responseElements: {
      "x-amz-request-id": randomBytes(8).toString("hex").toUpperCase(),
      "x-amz-id-2": randomBytes(48).toString("base64"),
    },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId,
      bucket: { ...created.bucket, ownerIdentity: { principalId: "ATHISMACHINE" } },
      object: {
        key: encodedKey(created.key),
        size: created.size,
        eTag: created.etag,
        ...(created.versionId === undefined ? {} : { versionId: created.versionId }),
        sequencer: created.sequencer,
      },
    },
  };
}

/** As a web form encodes, but for the slashes: `a b+c` is `a+b%2Bc`. Source: as above. */
function encodedKey(key: string): string {
  return new URLSearchParams([["", key]]).toString().slice(1).replaceAll("%2F", "/");
}

let lastSequence = 0n;

/** Greater than every one before, as hexadecimal text of one length; the time in it makes it outlast this process. */
export function nextSequencer(): string {
  const now = BigInt(Date.now()) << 20n;
  lastSequence = now > lastSequence ? now : lastSequence + 1n;
  return lastSequence.toString(16).toUpperCase().padStart(18, "0");
}

/** What S3 calls a version: opaque text that is safe in an address. */
export function newVersionId(): string {
  return randomBytes(24).toString("base64url");
}
