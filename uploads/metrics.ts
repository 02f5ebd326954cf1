/** Names of the metrics. Alarms and dashboards look for them under the dimensions `service` and `service, owner`. */
export const metricNames = { files: "Files", bytes: "Bytes", partialFiles: "PartialFiles" } as const;

/** The dimension `service` of every metric, and the field `service` of every log line. */
export const serviceName = "on-upload";
