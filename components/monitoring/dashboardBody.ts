import { loginMetrics, loginService } from "../../access/logins";
import { metricNames } from "../../uploads/metrics";
import { failedLogins } from "./logMetrics";

/** What a stack's dashboard shows. */
export interface DashboardSubject {
  readonly region: string;
  readonly serverId: string;
  /** Namespace of the stack's metrics. */
  readonly metrics: string;
  readonly functionName: string;
  /** Name of the function that decides logins; undefined where the service knows the users. */
  readonly identityProvider: string | undefined;
  /** Names of the dead-letter queues that every stack has. */
  readonly deadLetters: readonly string[];
  /** ARNs of the alarms that every stack has. */
  readonly alarms: readonly string[];
}

/** How many tenants and spaces "the busiest" are, and how many causes are shown. */
const busiest = 10;

/** Height of a row; a dashboard is 24 wide. */
const height = 6;

/**
 * The dashboard as CloudWatch takes it. The busiest owners are found by query when somebody looks, so a dashboard of ten
 * thousand tenants is no larger than that of one.
 */
export function dashboardBody(subject: DashboardSubject): string {
  const { metrics, deadLetters, functionName, identityProvider, serverId } = subject;
  const rows = [
    [
      chart("Sessions and failed logins", [
        [metrics, "Sessions"],
        [metrics, failedLogins],
        [metrics, "FailedKeyExchanges"],
        [metrics, "Errors"],
      ]),
      // The service's own metrics, which cost nothing.
      chart("Bytes over the wire", [
        ["AWS/Transfer", "BytesIn", "ServerId", serverId],
        ["AWS/Transfer", "BytesOut", "ServerId", serverId],
      ]),
      alarms(subject.alarms),
    ],
    [
      chart("Busiest by files", [[ranking(metrics, metricNames.files, "owner")]]),
      chart("Busiest by bytes", [[ranking(metrics, metricNames.bytes, "owner")]]),
      chart("Uploads cut short", [[ranking(metrics, metricNames.partialFiles, "owner")]]),
    ],
    [
      ...invocations("on-upload", functionName),
      chart(
        "Dead letters",
        deadLetters.map((queue) => [
          "AWS/SQS",
          "ApproximateNumberOfMessagesVisible",
          "QueueName",
          queue,
          { stat: "Maximum" },
        ]),
      ),
    ],
    ...(identityProvider === undefined
      ? []
      : [
          [
            chart("Denied logins by cause", [[ranking(metrics, loginMetrics.denials, "cause")]]),
            ...invocations(loginService, identityProvider),
          ],
        ]),
  ];
  return JSON.stringify({ widgets: rows.flatMap((row, index) => placed(row, index, subject.region)) });
}

interface Widget {
  readonly type: "metric" | "alarm";
  readonly properties: Readonly<Record<string, unknown>>;
}

function chart(title: string, metrics: readonly (readonly unknown[])[]): Widget {
  return { type: "metric", properties: { title, view: "timeSeries", stat: "Sum", period: 300, metrics } };
}

function alarms(arns: readonly string[]): Widget {
  return { type: "alarm", properties: { title: "Alarms", alarms: arns } };
}

/** How often a function runs and fails, and how long it takes. */
function invocations(title: string, functionName: string): Widget[] {
  const ofFunction = (metric: string) => ["AWS/Lambda", metric, "FunctionName", functionName];
  return [
    chart(title, ["Invocations", "Errors", "Throttles"].map(ofFunction)),
    chart(`${title} takes (ms)`, [[...ofFunction("Duration"), { stat: "p99" }]]),
  ];
}

/** A Metrics Insights query: the owners, or the causes, with the most of something. */
function ranking(namespace: string, metric: string, by: "owner" | "cause"): object {
  const from = `FROM SCHEMA("${namespace}", ${by}, service)`;
  return { expression: `SELECT SUM(${metric}) ${from} GROUP BY ${by} ORDER BY SUM() DESC LIMIT ${busiest}` };
}

function placed(row: readonly Widget[], index: number, region: string): object[] {
  const width = 24 / row.length;
  return row.map(({ type, properties }, column) => ({
    type,
    x: column * width,
    y: index * height,
    width,
    height,
    properties: type === "metric" ? { ...properties, region } : properties,
  }));
}
