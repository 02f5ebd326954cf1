import { partialUpload, transferSource, uploadFailedType } from "../../uploads/partialUploads";
import type { Arrival } from "./arrival";
import { uploadEvent } from "./event";
import type { Fields } from "./fields";
import { arrivalAt } from "./arrivalAt";

/** Whether an invocation is an event of Transfer Family. */
export function isTransferEvent(invocation: Fields): boolean {
  return invocation.textOrNull("source") === transferSource;
}

/**
 * An event of Transfer Family on EventBridge. Shape: AWS Transfer Family User Guide, "Transfer Family events detail
 * reference". It names no version of the object, so the event's own id stands in for it.
 * @throws Error for an event that lacks a field.
 */
export function readTransferEvent(event: Fields): Arrival {
  const type = event.text("detail-type");
  const failure = event.textOrNull("detail", "failure-code");
  if (type !== uploadFailedType || failure !== partialUpload) {
    return { kind: "ignored", expected: false, reason: `${type} (${failure ?? "no failure"}) is no partial upload` };
  }
  const { bucket, key } = objectAt(event.text("detail", "file-path"));
  return arrivalAt(key, (place) =>
    uploadEvent({ bucket, key, version: `partial ${event.text("id")}` }, place, {
      size: event.bytes("detail", "bytes"),
      etag: event.textOrNull("detail", "etag"),
      versionId: null,
      sequencer: null,
      at: event.time("time"),
      complete: false,
    }),
  );
}

/** Splits `/bucket/key`, which, unlike S3's keys, is not encoded. */
function objectAt(filePath: string): { bucket: string; key: string } {
  const [, bucket, key] = /^\/([^/]+)\/(.+)$/s.exec(filePath) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new Error("the Transfer Family event's file-path is not /bucket/key");
  }
  return { bucket, key };
}
