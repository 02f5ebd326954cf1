import { deliverySentence } from "../delivery/readable";
import type { DeliveryEvent } from "../delivery/event";
import type { LogEvent } from "../journal/event";
import { activitySentence, minorActivities } from "../journal/readable";
import { printable } from "../../invisible";
import type { Row } from "./messages";

const refusedLogins: ReadonlySet<LogEvent["activity-type"]> = new Set(["AUTH_FAILURE", "KEX_FAILURE"]);

const wrongActivities: ReadonlySet<LogEvent["activity-type"]> = new Set([...refusedLogins, "ERROR", "PARTIAL_CLOSE"]);

const ofFunctions: ReadonlySet<DeliveryEvent["event"]> = new Set(["function-log", "metrics", "retry", "unfinished"]);

const wrongDeliveries: ReadonlySet<DeliveryEvent["event"]> = new Set(["lost", "dead-letter", "retry", "unfinished"]);

/** Whose a login name is. */
export type TenantOf = (userName: string) => string | undefined;

/** A line of the structured log as a row; undefined for what only goes along with another. */
export function logRow(line: string, event: LogEvent, at: string, tenantOf: TenantOf): Row | undefined {
  const activity = event["activity-type"];
  if (minorActivities.has(activity)) {
    return undefined;
  }
  const tenant = event["user"] === undefined ? undefined : tenantOf(event["user"]);
  const arrived = arrivedBy(event);
  const isDenied = refusedLogins.has(activity) || event["reason"] !== undefined;
  return {
    ...{ at, about: "log", text: activitySentence(event) },
    ...(tenant && { tenant }),
    ...(wrongActivities.has(activity) && { isWrong: true }),
    ...(arrived && { arrived }),
    ...(isDenied && { denied: line }),
  };
}

/** A line of the log of deliveries as a row. */
export function deliveryRow(event: DeliveryEvent, at: string, tenantOf: TenantOf): Row {
  const { event: kind } = event;
  const intoQueue = (kind === "delivered" && event.protocol === "sqs") || kind === "dead-letter";
  return {
    ...{ at, about: ofFunctions.has(kind) ? "function" : "delivery", text: deliverySentence(event) },
    ...ownerOf(event, tenantOf),
    ...(wrongDeliveries.has(kind) && { isWrong: true }),
    ...(intoQueue && { queue: event.to }),
  };
}

/** By where the file lies, and of a decision about a login by the name in it. */
function ownerOf(event: DeliveryEvent, tenantOf: TenantOf): Pick<Row, "tenant" | "space"> {
  if ("owner" in event) {
    const [kind, name = ""] = event.owner.split(":");
    return kind === "space" ? { space: name } : { tenant: name };
  }
  const line = event.event === "function-log" ? (event.line as { readonly userName?: unknown } | null) : undefined;
  const tenant = typeof line?.userName === "string" ? tenantOf(line.userName) : undefined;
  return tenant === undefined ? {} : { tenant };
}

/** A broken upload leaves what had come. */
function arrivedBy(event: LogEvent): Row["arrived"] {
  const { "activity-type": activity, path = "", "new-path": newPath = "", "bytes-in": bytes } = event;
  if (activity === "RENAME") {
    return { key: keyOf(newPath) };
  }
  return bytes === undefined ? undefined : { key: keyOf(path), bytes: Number(bytes) };
}

/** Of `/BUCKET/KEY`. */
function keyOf(path: string): string {
  return printable(path.replace(/^\/[^/]*\//, ""));
}
