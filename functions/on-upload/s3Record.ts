import type { Arrival } from "./arrival";
import { uploadEvent } from "./event";
import type { Fields } from "./fields";
import { arrivalAt } from "./arrivalAt";

/**
 * One record of an S3 event notification. Shape: Amazon S3 User Guide, "Event message structure"; minor versions only add
 * fields.
 * @throws Error for a record that lacks a field.
 */
export function readS3Record(record: Fields): Arrival {
  const name = record.text("eventName");
  const key = decodeKey(record.text("s3", "object", "key"));
  if (!name.startsWith("ObjectCreated:")) {
    return { kind: "ignored", expected: false, reason: `${name} is no upload`, key };
  }
  return arrivalAt(key, (place) => {
    const versionId = record.textOrNull("s3", "object", "versionId");
    // Without versioning S3 names no version, and while it is suspended each is "null": then the sequencer alone tells one upload
    // of a key from the next.
    const isNamed = versionId !== null && versionId !== "null";
    const version = isNamed ? versionId : `sequencer ${record.text("s3", "object", "sequencer")}`;
    return uploadEvent({ bucket: record.text("s3", "bucket", "name"), key, version }, place, {
      size: record.bytes("s3", "object", "size"),
      etag: record.textOrNull("s3", "object", "eTag"),
      versionId,
      sequencer: record.textOrNull("s3", "object", "sequencer"),
      at: record.time("eventTime"),
      complete: true,
    });
  });
}

/** S3 encodes keys as a web form does: `a b+c` is `a+b%2Bc`. */
function decodeKey(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll("+", " "));
}
