import type { ResourceType } from "./resourceTypes";
import { ServiceError, type Properties } from "./service";

const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
const metricFilterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";

/** The provider's map of dimensions is the API's list. */
function dimensionList(dimensions: unknown) {
  return dimensions === undefined
    ? undefined
    : Object.entries(dimensions as Properties).map(([name, value]) => ({ name, value }));
}

/** The provider flattens what the API nests. */
function metricQuery({ metric, ...query }: Properties): Properties {
  if (metric === undefined) {
    return query;
  }
  const { namespace, metricName, dimensions, ...statistic } = metric as Properties;
  return {
    ...query,
    metricStat: { metric: { namespace, metricName, dimensions: dimensionList(dimensions) }, ...statistic },
  };
}

function metricTransformation({ name, namespace, value, defaultValue, ...rest }: Properties): Properties {
  return {
    metricName: name,
    metricNamespace: namespace,
    metricValue: value,
    defaultValue: defaultValue === undefined ? undefined : Number(defaultValue),
    ...rest,
  };
}

/** CloudWatch and CloudWatch Logs. */
export const monitoringTypes: Readonly<Record<string, ResourceType>> = {
  [logGroupType]: {
    requests: ({ name, retentionInDays, ...rest }) => [
      { operation: "logs:CreateLogGroup", parameters: { logGroupName: name, ...rest } },
      { operation: "logs:PutRetentionPolicy", parameters: { logGroupName: name, retentionInDays } },
    ],
    replaceOn: ["name"],
    whenExists: { refuse: "ResourceAlreadyExistsException" },
    release: (service, { id }) =>
      service.remove(({ type, inputs }) => type === metricFilterType && inputs["logGroupName"] === id),
  },
  [metricFilterType]: {
    requests: ({ name, pattern, metricTransformation: transformation, ...rest }) => [
      {
        operation: "logs:PutMetricFilter",
        parameters: {
          filterName: name,
          filterPattern: pattern,
          metricTransformations: [metricTransformation(transformation as Properties)],
          ...rest,
        },
      },
    ],
    replaceOn: ["name", "logGroupName"],
    whenExists: "overwrite",
    accept: (service, { logGroupName }) => {
      if (service.find(logGroupType, String(logGroupName)) === undefined) {
        throw new ServiceError("ResourceNotFoundException", `there is no log group ${String(logGroupName)}`);
      }
    },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    requests: ({ name, dimensions, metricQueries, ...rest }) => [
      {
        operation: "cloudwatch:PutMetricAlarm",
        parameters: {
          alarmName: name,
          dimensions: dimensionList(dimensions),
          metrics: (metricQueries as readonly Properties[] | undefined)?.map(metricQuery),
          ...rest,
        },
      },
    ],
    replaceOn: ["name"],
    whenExists: "overwrite",
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    requests: (inputs) => [{ operation: "cloudwatch:PutDashboard", parameters: inputs }],
    replaceOn: ["dashboardName"],
    whenExists: "overwrite",
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    requests: (inputs) => [{ operation: "logs:PutQueryDefinition", parameters: inputs }],
    replaceOn: [],
    whenExists: "overwrite",
  },
};
