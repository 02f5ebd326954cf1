import type { LogEvent } from "./event";

/** Longest value in a line; S3's keys, the longest that mean something, have 1,024 bytes. */
const valueLimit = 2048;

/** The event with what a client sent at great length cut, and a mark that says how long it was. */
export function bounded(event: LogEvent): LogEvent {
  return Object.values(event).every((value) => value.length <= valueLimit)
    ? event
    : (Object.fromEntries(Object.entries(event).map(([name, value]) => [name, cut(value)])) as LogEvent);
}

function cut(value: string): string {
  return value.length <= valueLimit
    ? value
    : `${value.slice(0, valueLimit).toWellFormed()}... (cut, ${value.length.toLocaleString("en")} characters)`;
}
