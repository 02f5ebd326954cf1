import { createHash } from "node:crypto";
import type { Owner, OwnedPath } from "../../uploads/owner";

/** What subscribers of the topic `uploads` and the hook receive: one upload of one file. */
export interface UploadEvent {
  /** Whose file it is: `tenant:<name>` or `space:<name>`. Also a message attribute, for filter policies. */
  readonly owner: Owner;
  /** The object's key in the landing bucket, decoded. */
  readonly key: string;
  /** The key below the owner's prefix, by a folder's name and not by the path that clients see: `inbox/orders.csv`. */
  readonly path: string;
  /** Bytes stored. */
  readonly size: number;
  readonly etag: string | null;
  /** The version that this upload made: read exactly this one. Null in the event of an upload cut short. */
  readonly versionId: string | null;
  /** Orders the uploads of one key: the greater, the later. Says nothing across keys. */
  readonly sequencer: string | null;
  /** When the upload ended: ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** Names the upload: the same in every delivery of it, different for every other upload. */
  readonly uploadId: string;
  /** False in the second event about a path whose client vanished before the end. True promises no more than its absence. */
  readonly complete: boolean;
}

/** An event as the topic carries it. */
export interface Announcement {
  /** The event as JSON. */
  readonly message: string;
  /** Message attributes, all of the data type `String`. */
  readonly attributes: Readonly<Record<"owner" | "complete", string>>;
}

/** What makes up an upload beside its place. */
export interface Stored {
  readonly bucket: string;
  readonly key: string;
  /** What tells this upload of the key from every other one. */
  readonly version: string;
}

/** Builds the event, always with its fields in one order. */
export function uploadEvent(
  stored: Stored,
  place: OwnedPath,
  facts: Pick<UploadEvent, "size" | "etag" | "versionId" | "sequencer" | "at" | "complete">,
): UploadEvent {
  const { owner, path } = place;
  const { size, etag, versionId, sequencer, at, complete } = facts;
  const uploadId = uploadIdOf(stored);
  return { owner, key: stored.key, path, size, etag, versionId, sequencer, at, uploadId, complete };
}

/** Keys may hold any character, so the parts are set apart by JSON before they are hashed. */
function uploadIdOf({ bucket, key, version }: Stored): string {
  return createHash("sha256")
    .update(JSON.stringify([bucket, key, version]))
    .digest("hex");
}

/** The message and the attributes that filter policies look at. */
export function announcementOf(event: UploadEvent): Announcement {
  return {
    message: JSON.stringify(event).replace(notInXml, (character) => `\\u${character.charCodeAt(0).toString(16)}`),
    attributes: { owner: event.owner, complete: String(event.complete) },
  };
}

/** SQS takes the characters of XML 1.0 alone; JSON.stringify escapes every other one that XML lacks. */
const notInXml = /[\ufffe\uffff]/g;
