import { arn } from "../../iam/arn";
import { text, uuid, type ComputeByType } from "./compute";

/** Logs, metrics and alarms. */
export const monitoring: ComputeByType = {
  "aws:cloudwatch/logGroup:LogGroup": (inputs, { scope }) => {
    const name = text(inputs, "name");
    return { id: name, outputs: { arn: arn(scope, "logs", `log-group:${name}`) } };
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": (inputs) => ({ id: text(inputs, "name"), outputs: {} }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (inputs, { scope }) => {
    const name = text(inputs, "name");
    return { id: name, outputs: { arn: arn(scope, "cloudwatch", `alarm:${name}`) } };
  },
  "aws:cloudwatch/dashboard:Dashboard": (inputs, { scope }) => {
    const name = text(inputs, "dashboardName");
    // Dashboards are shown in every region: their ARNs bear none.
    const dashboardArn = `arn:${scope.partition}:cloudwatch::${scope.account}:dashboard/${name}`;
    return { id: name, outputs: { dashboardArn } };
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": (inputs, { name, scope }) => {
    const queryDefinitionId = uuid(name);
    const queryArn = arn(scope, "logs", `query-definition:${queryDefinitionId}`);
    return { id: text(inputs, "name"), outputs: { queryDefinitionId, arn: queryArn } };
  },
};
