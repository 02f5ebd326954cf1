import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { loginMetrics, loginService, type DenialCause } from "../access/logins";
import type { GatewayNames } from "../names";

/** What makes one alarm different from the next. */
export type AlarmCondition = Omit<
  aws.cloudwatch.MetricAlarmArgs,
  "name" | "alarmActions" | "okActions" | "alarmDescription"
>;

/** An alarm about logins. */
export interface LoginAlarm {
  /** How its name ends. */
  readonly what: string;
  readonly description: string;
  readonly condition: AlarmCondition;
}

const fiveMinutes = 5 * 60;

/** A login that takes this share of the function's time is near to being refused. */
const slowShare = 0.8;

/** Of these nobody outside is the cause, so the first one counts. */
const ownFaults: Partial<Record<DenialCause, string>> = {
  table: "The table of the identity provider has not answered; nobody logs in without it",
  corrupt: "A record or a table item of the identity provider is not as it was written; its tenant cannot log in",
  request: "Transfer Family asks the identity provider in another way than is known; nobody logs in",
};

/** Of these somebody outside is the cause, who may be trying something. */
const attempts: Partial<Record<DenialCause, string>> = {
  "wrong-password": "logins or more had a wrong password within five minutes",
  address: "logins or more came from addresses that their tenants do not have, within five minutes",
};

/**
 * The alarms of the function that answers logins.
 * @param timeoutSeconds What one login may take.
 * @param attemptThreshold So many wrong attempts within five minutes raise an alarm.
 */
export function loginAlarms(
  functionName: pulumi.Input<string>,
  { metrics }: Pick<GatewayNames, "metrics">,
  { timeoutSeconds, attemptThreshold }: Readonly<Record<"timeoutSeconds" | "attemptThreshold", number>>,
): LoginAlarm[] {
  const ofFunction = (metricName: string, statistic: string, threshold: number): AlarmCondition => ({
    ...within(threshold),
    namespace: "AWS/Lambda",
    metricName,
    dimensions: { FunctionName: functionName },
    statistic,
  });
  const ofCause = (cause: string, description: string, threshold: number): LoginAlarm => {
    const dimensions = { service: loginService, cause };
    const metric = { namespace: metrics, metricName: loginMetrics.denials, dimensions, statistic: "Sum" };
    return { what: cause, description, condition: { ...within(threshold), ...metric } };
  };
  return [
    {
      what: "throttles",
      description: "Logins were refused because the identity provider's function was throttled",
      condition: ofFunction("Throttles", "Sum", 1),
    },
    {
      what: "errors",
      description: "Logins were refused because the identity provider's function failed",
      condition: ofFunction("Errors", "Sum", 1),
    },
    {
      what: "duration",
      description: `A login took the identity provider's function ${slowShare * 100} % of its ${timeoutSeconds} seconds`,
      condition: ofFunction("Duration", "Maximum", timeoutSeconds * 1000 * slowShare),
    },
    ...Object.entries(ownFaults).map(([cause, description]) => ofCause(cause, description, 1)),
    ...Object.entries(attempts).map(([cause, description]) =>
      ofCause(cause, `${attemptThreshold} ${description}`, attemptThreshold),
    ),
  ];
}

function within(threshold: number) {
  return {
    period: fiveMinutes,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold,
    treatMissingData: "notBreaching",
  };
}
