import { arn, type AwsScope } from "../../iam/arn";
import { actions, byName, named, text, uuid, type Inputs, type DeclaredTypes } from "./resourceType";

function logGroupArn(name: string, scope: AwsScope): string {
  return arn(scope, "logs", `log-group:${name}`);
}

/** Dashboards are shown in every region: their ARNs bear none. */
function dashboardArn(inputs: Inputs, { partition, account }: AwsScope): string {
  return `arn:${partition}:cloudwatch::${account}:dashboard/${text(inputs, "dashboardName")}`;
}

/** Logs, metrics and alarms. */
export const monitoring = {
  "aws:cloudwatch/logGroup:LogGroup": {
    computed: byName("logs", "log-group:"),
    holds: "everything in the log",
    replacedBy: ["logGroupClass", ...named],
    read: actions("logs", "DescribeLogGroups", "ListTagsForResource"),
    write: [
      ...actions(
        "logs",
        "CreateLogGroup",
        "AssociateKmsKey",
        "DisassociateKmsKey",
        "PutRetentionPolicy",
        "DeleteRetentionPolicy",
        "DeleteLogGroup",
      ),
      ...actions("logs", "TagResource", "UntagResource"),
    ],
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    computed: (inputs) => ({ id: text(inputs, "name"), outputs: {} }),
    replacedBy: ["logGroupName", "name"],
    read: actions("logs", "DescribeMetricFilters"),
    write: actions("logs", "PutMetricFilter", "DeleteMetricFilter"),
    on: (inputs, scope) => logGroupArn(text(inputs, "logGroupName"), scope),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    computed: byName("cloudwatch", "alarm:"),
    replacedBy: ["name"],
    read: actions("cloudwatch", "DescribeAlarms", "ListTagsForResource"),
    write: actions("cloudwatch", "PutMetricAlarm", "DeleteAlarms", "TagResource", "UntagResource"),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    computed: (inputs, { scope }) => ({
      id: text(inputs, "dashboardName"),
      outputs: { dashboardArn: dashboardArn(inputs, scope) },
    }),
    replacedBy: ["dashboardName"],
    read: actions("cloudwatch", "GetDashboard"),
    write: actions("cloudwatch", "PutDashboard", "DeleteDashboards"),
    on: dashboardArn,
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    computed: (inputs, { name, scope }) => {
      const queryDefinitionId = uuid(name);
      const queryArn = arn(scope, "logs", `query-definition:${queryDefinitionId}`);
      return { id: text(inputs, "name"), outputs: { queryDefinitionId, arn: queryArn } };
    },
    replacedBy: [],
    read: actions("logs", "DescribeQueryDefinitions"),
    write: actions("logs", "PutQueryDefinition", "DeleteQueryDefinition"),
    // IAM knows no resource for saved queries.
    on: () => "*",
  },
} satisfies DeclaredTypes;
