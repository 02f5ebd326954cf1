import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { functionLogGroup } from "../names";
import { GatewayAlarms, type GatewayAlarmsArgs } from "./alarms";
import { dashboardBody } from "./monitoring/dashboardBody";
import { logMetrics } from "./monitoring/logMetrics";
import { logQueries, queryText } from "./monitoring/logQueries";

export interface GatewayMonitoringArgs extends GatewayAlarmsArgs {
  readonly region: string;
  readonly serverId: pulumi.Input<string>;
  /** The structured log's group. */
  readonly logGroupName: pulumi.Input<string>;
}

/** Eyes on the gateway: metrics from its log, alarms, a dashboard, and ready queries. Nothing here but the alarms counts tenants. */
export class GatewayMonitoring extends pulumi.ComponentResource {
  /** Hears of each alarm. */
  readonly alarmsTopic: aws.sns.Topic;

  constructor(name: string, args: GatewayMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:GatewayMonitoring", name, {}, opts);
    this.createMetrics(name, args);
    this.createQueries(name, args);
    const alarms = new GatewayAlarms(name, args, { parent: this });
    this.createDashboard(name, args, alarms.fixed);
    this.alarmsTopic = alarms.topic;
    this.registerOutputs({ alarmsTopicArn: this.alarmsTopic.arn });
  }

  private createMetrics(name: string, { logGroupName, names }: GatewayMonitoringArgs): void {
    for (const { metric, pattern, value, unit } of logMetrics) {
      new aws.cloudwatch.LogMetricFilter(
        `${name}-${metric}`,
        {
          name: metric,
          logGroupName,
          pattern,
          metricTransformation: { namespace: names.metrics, name: metric, value, unit },
        },
        { parent: this },
      );
    }
  }

  private createQueries(
    name: string,
    { logGroupName, names, onUpload, identityProvider }: GatewayMonitoringArgs,
  ): void {
    const logs = {
      gateway: logGroupName,
      "on-upload": onUpload.name.apply(functionLogGroup),
      "identity-provider": identityProvider?.name.apply(functionLogGroup),
    };
    for (const query of logQueries) {
      const log = logs[query.log];
      if (log === undefined) {
        continue;
      }
      new aws.cloudwatch.QueryDefinition(
        `${name}-${query.name}`,
        {
          name: `${names.prefix}/${query.name}`,
          logGroupNames: [log],
          queryString: queryText(query),
        },
        { parent: this },
      );
    }
  }

  private createDashboard(
    name: string,
    { region, names, serverId, onUpload, identityProvider, deadLetters }: GatewayMonitoringArgs,
    alarms: readonly aws.cloudwatch.MetricAlarm[],
  ): void {
    const subject = pulumi.output({
      region,
      metrics: names.metrics,
      serverId,
      functionName: onUpload.name,
      identityProvider: identityProvider?.name,
      alarms: alarms.map(({ arn }) => arn),
      deadLetters: Object.values(deadLetters).map((queue) => queue.name),
    });
    new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: names.prefix,
        dashboardBody: subject.apply(dashboardBody),
      },
      { parent: this },
    );
  }
}
