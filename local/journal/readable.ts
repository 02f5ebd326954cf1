import type { ActivityType, LogEvent } from "./event";
import { printable } from "../../invisible";

type Fields = Readonly<Record<string, string | undefined>>;

const sentences: Readonly<Record<ActivityType, (fields: Fields) => string>> = {
  CONNECTED: (f) => `logged in from ${f["source-ip"]} with ${f["client"]}`,
  DISCONNECTED: () => "left",
  AUTH_FAILURE: (f) => `was not let in (${f["method"]}: ${f["message"]})`,
  OPEN: (f) => `${f["mode"]?.includes("WRITE") ? "writes" : "reads"} ${f["path"]}`,
  CLOSE: (f) => `${transferred(f)} ${f["path"]}`,
  PARTIAL_CLOSE: (f) => `broke off; ${transferred(f)} of ${f["path"]}`,
  MKDIR: (f) => `made the folder ${f["path"]}`,
  RMDIR: (f) => `removed the folder ${f["path"]}`,
  DELETE: (f) => `deleted ${f["path"]}`,
  RENAME: (f) => `renamed ${f["path"]} to ${f["new-path"]}`,
  SETSTAT: (f) => `set times or modes of ${f["path"]}, which S3 does not keep`,
  ERROR: (f) => `${f["operation"]}${f["path"] === undefined ? "" : ` ${f["path"]}`}: ${f["message"]}`,
};

/** An event as a person reads it: `12:03:44 acme uploaded 14 bytes to /bucket/tenants/acme/a.txt`. */
export function readableLine(event: LogEvent, time: Date): string {
  const sentence = sentences[event["activity-type"]](event);
  return printable(`${time.toTimeString().slice(0, 8)} ${event["user"] ?? "someone"} ${sentence}`);
}

function transferred(fields: Fields): string {
  return fields["bytes-in"] === undefined
    ? `downloaded ${fields["bytes-out"]} bytes from`
    : `uploaded ${fields["bytes-in"]} bytes to`;
}
