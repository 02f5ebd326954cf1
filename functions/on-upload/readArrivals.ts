import type { Arrival } from "./arrival";
import { Fields } from "./fields";
import { readS3Record } from "./s3Record";
import { isTransferEvent, readTransferEvent } from "./transferEvent";

/**
 * Takes apart what Lambda was invoked with: SNS messages that carry S3's notifications, or one event of Transfer Family
 * from EventBridge. Each record is read alone, so that one that cannot be read holds up no other.
 */
export function readArrivals(input: unknown): Arrival[] {
  const invocation = new Fields(input, "the invocation");
  if (isTransferEvent(invocation)) {
    return attempt(() => [readTransferEvent(new Fields(input, "the Transfer Family event"))]);
  }
  return attempt(() =>
    invocation.list("Records").flatMap((record) => attempt(() => readMessage(new Fields(record, "the SNS record")))),
  );
}

function readMessage(record: Fields): Arrival[] {
  const notification = new Fields(JSON.parse(record.text("Sns", "Message")), "the S3 notification");
  // Sent once, when the notification is configured; it has no records.
  if (notification.textOrNull("Event") === "s3:TestEvent") {
    return [{ kind: "ignored", expected: true, reason: "S3 tests its notification" }];
  }
  return notification
    .list("Records")
    .flatMap((entry) => attempt(() => [readS3Record(new Fields(entry, "the S3 record"))]));
}

function attempt(read: () => Arrival[]): Arrival[] {
  try {
    return read();
  } catch (error) {
    return [{ kind: "unreadable", error }];
  }
}
