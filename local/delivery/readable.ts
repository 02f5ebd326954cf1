import { printable } from "../../invisible";
import type { DeliveryEvent, MetricsEvent, Source } from "./event";

/** A delivery as a person reads it: `12:03:44 subscription gw-tenant-acme put a.csv of tenant:acme into queues/x.jsonl`. */
export function readableDelivery(event: DeliveryEvent, time: Date): string {
  return `${time.toTimeString().slice(0, 8)} ${deliverySentence(event)}`;
}

/** The same without the time. */
export function deliverySentence(event: DeliveryEvent): string {
  return printable(sentence(event));
}

function sentence(event: DeliveryEvent): string {
  switch (event.event) {
    case "delivered":
      return event.protocol === "sqs"
        ? `${sourceOf(event)} put ${event.what} into ${event.to}`
        : `${sourceOf(event)} handed ${event.what} to function ${event.to}`;
    case "not-sent":
      return `${sourceOf(event)} would ${sending(event)}`;
    case "function-log":
      return logSentence(event.function, event.line);
    case "metrics":
      return metricsSentence(event);
    case "retry":
      return (
        `function ${event.function} failed at ${event.what} (attempt ${event.attempt} of ${event.attempts}): ` +
        `${event.error}; again in ${event.seconds} s`
      );
    case "dead-letter":
      return `${sourceOf(event)} set ${event.what} aside in ${event.to}: ${event.reason}`;
    case "lost":
      return `${sourceOf(event)} lost ${event.what}: ${event.reason}`;
    case "unfinished":
      return `function ${event.function} was ended before it was done with ${event.invocations} of its events`;
  }
}

/** What would happen on AWS and does not here. */
function sending({ protocol, to, what }: { readonly protocol: string; readonly to: string; readonly what: string }) {
  switch (protocol) {
    case "email":
      return `mail ${to} about ${what}`;
    case "https":
      return `post ${what} to ${to}`;
    default:
      return `hand ${what} to ${to}, which is not part of the deployment`;
  }
}

function sourceOf(source: Source): string {
  const [[kind, name] = ["", ""]] = ["subscription", "rule", "function", "bucket", "server"].flatMap((each) =>
    each in source ? [[each, (source as Readonly<Record<string, string>>)[each]]] : [],
  );
  return `${kind} ${name}`;
}

function metricsSentence({ function: name, dimensions, values }: MetricsEvent): string {
  const { service = name, ...others } = dimensions;
  const counted = Object.entries(values).map(([metric, value]) => `${metric} ${value}`);
  const about = Object.values(others);
  return `${service} counted ${counted.join(", ")}${about.length === 0 ? "" : ` for ${about.join(", ")}`}`;
}

/** Of a function's log in JSON the message, the file or the login that it is about, and what went wrong. */
function logSentence(name: string, line: unknown): string {
  if (typeof line !== "object" || line === null) {
    return `${name}: ${String(line)}`;
  }
  const fields = line as Readonly<Record<string, unknown>>;
  const { service, level, message, path, owner, size, key, userName, cause: denial, reason, error } = fields;
  const parts = [
    `${text(service) ?? name}${level === "INFO" || level === undefined ? "" : ` ${text(level)?.toLowerCase()}:`}`,
    text(message) ?? JSON.stringify(line),
    ...(text(path) === undefined ? [] : [`${text(path)} of ${text(owner)} (${Number(size)} bytes)`]),
    ...[key, userName].flatMap((about) => text(about) ?? []),
    ...[denial, reason].flatMap((why) => (text(why) === undefined ? [] : [`(${text(why)})`])),
  ];
  const cause = text((error as { message?: unknown } | undefined)?.message);
  return parts.join(" ") + (cause === undefined ? "" : `: ${cause}`);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
