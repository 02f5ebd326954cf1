import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { UploadEvent } from "./event";

/** Names of the metrics. Alarms and dashboards look for them under the dimensions `service` and `service, owner`. */
export const metricNames = { files: "Files", bytes: "Bytes", partialFiles: "PartialFiles" } as const;

/** The dimension `service` of every metric, and the field `service` of every log line. */
export const serviceName = "on-upload";

/** Counts uploads as CloudWatch metrics, which Lambda's log carries there (embedded metric format). */
export function uploadCounter(namespace: string): (event: UploadEvent) => void {
  const metrics = new Metrics({ namespace, serviceName });
  return (event) => {
    // Two sets of dimensions: all owners together, and this one.
    metrics.addDimensions({}).addDimensions({ owner: event.owner });
    if (event.complete) {
      metrics.addMetric(metricNames.files, MetricUnit.Count, 1);
      metrics.addMetric(metricNames.bytes, MetricUnit.Bytes, event.size);
    } else {
      // The S3 record of the same bytes counts them.
      metrics.addMetric(metricNames.partialFiles, MetricUnit.Count, 1);
    }
    metrics.publishStoredMetrics();
  };
}
