import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { loginMetrics, loginService, type DenialCause } from "../../access/logins";

/** Counts denials as a CloudWatch metric, which Lambda's log carries there (embedded metric format). */
export function denialCounter(namespace: string): (cause: DenialCause) => void {
  const metrics = new Metrics({ namespace, serviceName: loginService });
  return (cause) => {
    // Two sets of dimensions: all causes together, and this one.
    metrics.addDimensions({}).addDimensions({ cause });
    metrics.addMetric(loginMetrics.denials, MetricUnit.Count, 1);
    metrics.publishStoredMetrics();
  };
}
