/** A metric that CloudWatch Logs makes of the structured log. */
export interface LogMetric {
  readonly metric: string;
  /** What the lines look like that count. */
  readonly pattern: string;
  /** What a line counts for: a number, or the field that holds it. */
  readonly value: string;
  readonly unit: "Count" | "Bytes";
}

/** The metric that the alarm on failed logins looks at. */
export const failedLogins = "FailedLogins";

/**
 * The metrics of the gateway as a whole, under its namespace and without dimensions: each of them is paid for by its name.
 * Source of the fields: Transfer Family User Guide, "CloudWatch log structure for Transfer Family".
 */
export const logMetrics: readonly LogMetric[] = [
  { metric: failedLogins, pattern: ofActivity("AUTH_FAILURE"), value: "1", unit: "Count" },
  { metric: "FailedKeyExchanges", pattern: ofActivity("KEX_FAILURE"), value: "1", unit: "Count" },
  { metric: "Errors", pattern: ofActivity("ERROR"), value: "1", unit: "Count" },
  { metric: "Sessions", pattern: ofActivity("CONNECTED"), value: "1", unit: "Count" },
  { metric: "BytesIn", pattern: closingWith("bytes-in"), value: "$.bytes-in", unit: "Bytes" },
  { metric: "BytesOut", pattern: closingWith("bytes-out"), value: "$.bytes-out", unit: "Bytes" },
];

function ofActivity(activity: string): string {
  return `{ $.activity-type = "${activity}" }`;
}

/** A file's last line, whether its client closed it or vanished, tells how much of it went over the wire. */
function closingWith(field: string): string {
  return `{ ($.activity-type = "CLOSE" || $.activity-type = "PARTIAL_CLOSE") && $.${field} = * }`;
}
