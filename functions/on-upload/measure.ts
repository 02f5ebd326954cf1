import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { metricNames, serviceName } from "../../uploads/metrics";
import type { UploadEvent } from "./event";

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
