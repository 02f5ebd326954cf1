import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { alarmName, type GatewayNames } from "../names";
import { metricNames, serviceName } from "../uploads/metrics";
import { tenantOwner } from "../uploads/owner";
import type { ExpectedTenant, UploadsPlan } from "../uploads/plan";
import { hoursLookedBack, silenceDescription } from "../uploads/silence";
import type { DataKey } from "./encryption";
import { loginAlarms, type AlarmCondition } from "./loginAlarms";
import { failedLogins } from "./monitoring/logMetrics";
import { topicWithPolicy } from "./topic";

export interface GatewayAlarmsArgs {
  readonly names: GatewayNames;
  readonly plan: UploadsPlan;
  /** Who gets a mail of each alarm; empty: nobody, the topic is there for others to subscribe to. */
  readonly alarmEmail: string;
  /** So many failed logins within five minutes raise the alarm. */
  readonly failedLoginThreshold: number;
  /** The function `on-upload`. */
  readonly onUpload: aws.lambda.Function;
  /** The function that answers logins; undefined where the service knows the users. */
  readonly identityProvider: aws.lambda.Function | undefined;
  /** What one login may take. */
  readonly identityProviderTimeoutSeconds: number;
  /** Dead-letter queues by what they hold; none should hold anything. */
  readonly deadLetters: Readonly<Record<string, aws.sqs.Queue>>;
  /** The dead-letter queues of own queues, by listener. */
  readonly ownDeadLetters: ReadonlyMap<string, aws.sqs.Queue>;
  /** What the topic lies under; undefined: nothing. */
  readonly key: DataKey | undefined;
}

const fiveMinutes = 5 * 60;
const hour = 60 * 60;

/** The alarms of a gateway, and the topic that hears of them: when one begins, and when it is over. 0.10 USD a month each. */
export class GatewayAlarms extends pulumi.ComponentResource {
  readonly topic: aws.sns.Topic;
  /** The alarms that every gateway has; those of tenants are not among them. */
  readonly fixed: readonly aws.cloudwatch.MetricAlarm[];

  constructor(
    private readonly gatewayName: string,
    private readonly args: GatewayAlarmsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("sftp-gateway:components:GatewayAlarms", gatewayName, {}, opts);
    this.topic = this.createTopic();
    this.fixed = [
      this.failedLogins(),
      this.functionErrors(),
      ...(args.identityProvider === undefined ? [] : this.logins(args.identityProvider)),
      ...Object.entries(args.deadLetters).map(([what, queue]) => this.deadLetters(what, queue)),
    ];
    for (const [listener, queue] of args.ownDeadLetters) {
      this.deadLetters(listener, queue);
    }
    for (const tenant of args.plan.expected) {
      this.silence(tenant);
    }
    this.registerOutputs({ topicArn: this.topic.arn });
  }

  private createTopic(): aws.sns.Topic {
    const { plan, alarmEmail, key } = this.args;
    const name = `${this.gatewayName}-alarms`;
    const { topic } = topicWithPolicy(name, { plan: plan.topics.alarms, key }, { parent: this });
    if (alarmEmail !== "") {
      new aws.sns.TopicSubscription(
        name,
        { topic: topic.arn, protocol: "email", endpoint: alarmEmail },
        { parent: topic },
      );
    }
    return topic;
  }

  private failedLogins(): aws.cloudwatch.MetricAlarm {
    const { names, failedLoginThreshold } = this.args;
    return this.alarm("failed-logins", `${failedLoginThreshold} logins or more failed within five minutes`, {
      namespace: names.metrics,
      metricName: failedLogins,
      statistic: "Sum",
      period: fiveMinutes,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: failedLoginThreshold,
      treatMissingData: "notBreaching",
    });
  }

  private functionErrors(): aws.cloudwatch.MetricAlarm {
    return this.alarm("on-upload-errors", "The function on-upload failed; Lambda repeats the invocation twice", {
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: this.args.onUpload.name },
      statistic: "Sum",
      period: fiveMinutes,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
    });
  }

  /** What keeps everybody out, and what somebody may be trying. */
  private logins(asked: aws.lambda.Function): aws.cloudwatch.MetricAlarm[] {
    const { names, identityProviderTimeoutSeconds: timeoutSeconds, failedLoginThreshold: attemptThreshold } = this.args;
    return loginAlarms(asked.name, names, { timeoutSeconds, attemptThreshold }).map(
      ({ what, description, condition }) => this.alarm(`identity-provider-${what}`, description, condition),
    );
  }

  private deadLetters(what: string, queue: aws.sqs.Queue): aws.cloudwatch.MetricAlarm {
    return this.alarm(`dlq-${what}`, `The dead-letter queue of ${what} is not empty`, {
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queue.name },
      statistic: "Maximum",
      period: fiveMinutes,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      // SQS stops to report a queue that nobody has used for hours.
      treatMissingData: "notBreaching",
    });
  }

  /** No hour of those looked back at had a file; the next file ends it. The hours slide with the clock. */
  private silence({ name, hours, active }: ExpectedTenant): void {
    const metric = {
      namespace: this.args.names.metrics,
      metricName: metricNames.files,
      dimensions: { service: serviceName, owner: tenantOwner(name) },
      stat: "Sum",
      period: hour,
    };
    const lookedBack = hoursLookedBack(hours);
    this.alarm(`silent-${name}`, silenceDescription(name, hours), {
      // An hour without a file has no value, and CloudWatch would look further back for one: zero takes its place.
      metricQueries: [
        { id: "files", metric, returnData: false },
        { id: "arrived", expression: "FILL(files, 0)", label: "Files", returnData: true },
      ],
      evaluationPeriods: lookedBack,
      datapointsToAlarm: lookedBack,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      actionsEnabled: active,
    });
  }

  private alarm(what: string, alarmDescription: string, condition: AlarmCondition): aws.cloudwatch.MetricAlarm {
    const actions = [this.topic.arn];
    return new aws.cloudwatch.MetricAlarm(
      `${this.gatewayName}-${what}`,
      {
        name: alarmName(this.args.names, what),
        alarmDescription,
        ...condition,
        alarmActions: actions,
        okActions: actions,
      },
      { parent: this },
    );
  }
}
