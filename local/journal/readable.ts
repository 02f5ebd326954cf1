import { printable } from "../../invisible";
import { activities, type LogEvent } from "./event";

/** What every upload and download also does; one line for each is enough for a person. */
export const minorActivities: ReadonlySet<LogEvent["activity-type"]> = new Set(["OPEN", "SETSTAT"]);

/** An event as a person reads it: `12:03:44 acme uploaded 14 bytes to /bucket/tenants/acme/a.txt`. */
export function readableLine(event: LogEvent, time: Date): string {
  return `${time.toTimeString().slice(0, 8)} ${activitySentence(event)}`;
}

/** The same without the time. */
export function activitySentence(event: LogEvent): string {
  return printable(`${event["user"] ?? "someone"} ${activities[event["activity-type"]](event)}`);
}
