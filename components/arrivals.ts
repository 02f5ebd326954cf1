import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { GatewayNames } from "../names";
import { partialUploadPattern } from "../uploads/partialUploads";
import type { UploadsPlan } from "../uploads/plan";
import type { DataKey } from "./encryption";
import type { OnUpload } from "./onUpload";
import { deadLetterRetentionDays, queueWithPolicy, subscriptionRedrive } from "./queue";
import { topicWithPolicy, type TopicWithPolicy } from "./topic";

export interface ArrivalsArgs {
  readonly names: GatewayNames;
  readonly plan: UploadsPlan;
  /** The landing bucket. Its one notification is set here; whatever else were set on it would be overwritten. */
  readonly bucket: pulumi.Input<string>;
  /** Id of the server whose partial uploads are told. */
  readonly serverId: pulumi.Input<string>;
  readonly onUpload: OnUpload;
  /** What topic and dead letters lie under; undefined: what AWS gives them. */
  readonly key: DataKey | undefined;
}

/**
 * Brings every upload to the function: what S3 writes through the topic `arrivals`, what was cut short from Transfer Family
 * through EventBridge. What cannot be handed over waits in a dead-letter queue.
 */
export class Arrivals extends pulumi.ComponentResource {
  readonly topic: aws.sns.Topic;
  /** Holds what has not reached the function. */
  readonly deadLetters: aws.sqs.Queue;

  constructor(name: string, args: ArrivalsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:Arrivals", name, {}, opts);
    const { key } = args;
    const { topics, deadLetters } = args.plan;
    const child = { parent: this };
    const arrivals = topicWithPolicy(`${name}-arrivals`, { plan: topics.arrivals, key }, child);
    const { queue, policy } = queueWithPolicy(
      `${name}-arrivals`,
      { plan: deadLetters.arrivals, key, retentionDays: deadLetterRetentionDays },
      child,
    );
    this.topic = arrivals.topic;
    this.deadLetters = queue;
    const subscription = this.subscribe(name, args, policy);
    this.notify(name, args, arrivals, subscription);
    this.watchPartialUploads(name, args, policy);
    this.registerOutputs({ topicArn: this.topic.arn });
  }

  private notify(
    name: string,
    { bucket }: ArrivalsArgs,
    { topic, policy }: TopicWithPolicy,
    subscription: aws.sns.TopicSubscription,
  ): void {
    new aws.s3.BucketNotification(
      name,
      // Large uploads end as CompleteMultipartUpload, renames as Copy: all of them create an object.
      { bucket, topics: [{ id: "arrivals", topicArn: topic.arn, events: ["s3:ObjectCreated:*"] }] },
      // S3 publishes a test message before it takes the configuration. What it tells a topic without subscription is lost.
      { parent: this, dependsOn: [policy, subscription] },
    );
  }

  private subscribe(name: string, args: ArrivalsArgs, deadLetterPolicy: pulumi.Resource): aws.sns.TopicSubscription {
    const { onUpload } = args;
    const permission = this.permit(name, "arrivals", args, "sns.amazonaws.com", this.topic.arn);
    return new aws.sns.TopicSubscription(
      `${name}-on-upload`,
      {
        topic: this.topic.arn,
        protocol: "lambda",
        endpoint: onUpload.function.arn,
        redrivePolicy: subscriptionRedrive(this.deadLetters),
      },
      { parent: this.topic, dependsOn: [permission, deadLetterPolicy, onUpload.failureDestination] },
    );
  }

  private watchPartialUploads(name: string, args: ArrivalsArgs, deadLetterPolicy: pulumi.Resource): void {
    const { onUpload } = args;
    const rule = new aws.cloudwatch.EventRule(
      `${name}-partial-uploads`,
      {
        name: args.names.partialUploadsRule,
        description: "Uploads whose client vanished before the end",
        eventPattern: pulumi.output(args.serverId).apply((id) => JSON.stringify(partialUploadPattern(id))),
      },
      { parent: this },
    );
    const permission = this.permit(name, "partial-uploads", args, "events.amazonaws.com", rule.arn);
    new aws.cloudwatch.EventTarget(
      `${name}-partial-uploads`,
      {
        rule: rule.name,
        targetId: "on-upload",
        arn: onUpload.function.arn,
        deadLetterConfig: { arn: this.deadLetters.arn },
      },
      { parent: rule, dependsOn: [permission, deadLetterPolicy, onUpload.failureDestination] },
    );
  }

  /** Lets a service invoke the function for one source. */
  private permit(
    name: string,
    what: string,
    { names, onUpload }: ArrivalsArgs,
    principal: string,
    sourceArn: pulumi.Output<string>,
  ): aws.lambda.Permission {
    return new aws.lambda.Permission(
      `${name}-${what}`,
      {
        statementId: `${names.prefix}-${what}`,
        action: "lambda:InvokeFunction",
        function: onUpload.function.name,
        principal,
        sourceArn,
      },
      { parent: onUpload.function },
    );
  }
}
