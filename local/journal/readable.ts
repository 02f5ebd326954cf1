import { printable } from "../../invisible";
import { activities, type LogEvent } from "./event";

/** An event as a person reads it: `12:03:44 acme uploaded 14 bytes to /bucket/tenants/acme/a.txt`. */
export function readableLine(event: LogEvent, time: Date): string {
  const sentence = activities[event["activity-type"]](event);
  return printable(`${time.toTimeString().slice(0, 8)} ${event["user"] ?? "someone"} ${sentence}`);
}
