import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { GatewayNames } from "../names";
import type { UploadsPlan } from "../uploads/plan";
import { Arrivals } from "./arrivals";
import type { DataKey } from "./encryption";
import { Listeners } from "./listeners";
import { OnUpload } from "./onUpload";
import { topicWithPolicy } from "./topic";

export interface UploadNotificationsArgs {
  readonly region: string;
  readonly names: GatewayNames;
  readonly plan: UploadsPlan;
  /** The landing bucket. */
  readonly bucket: pulumi.Input<string>;
  readonly serverId: pulumi.Input<string>;
  /** Retention of the function's log. */
  readonly logRetentionDays: number;
  /** What one invocation of `on-upload` may take; less than a minute. */
  readonly onUploadTimeoutSeconds: number;
  /** ARN of the managed policy beyond which the role of `on-upload` cannot go; empty: none. */
  readonly permissionsBoundary: string;
  /** The most invocations of `on-upload` at a time; -1: as many as the account has left. */
  readonly onUploadConcurrency: number;
  /** What messages, the function's memory and its log lie under; undefined: what AWS gives them. */
  readonly key: DataKey | undefined;
}

/**
 * One path for every upload: bucket, topic `arrivals`, function `on-upload`, topic `uploads`, listeners. So listeners get one
 * documented event, and never the raw record with its source address and role session.
 */
export class UploadNotifications extends pulumi.ComponentResource {
  /** Hears of every object that is written, as S3 tells it. */
  readonly arrivalsTopic: aws.sns.Topic;
  /** Hears of every upload once, as documented. */
  readonly uploadsTopic: aws.sns.Topic;
  readonly onUpload: aws.lambda.Function;
  /** By what they hold. */
  readonly deadLetters: Readonly<Record<"arrivals" | "on-upload" | "uploads", aws.sqs.Queue>>;
  /** The dead-letter queues of tenants' and spaces' own queues, by listener. */
  readonly ownDeadLetters: ReadonlyMap<string, aws.sqs.Queue>;

  constructor(name: string, args: UploadNotificationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:UploadNotifications", name, {}, opts);
    const child = { parent: this };
    const { region, plan, key } = args;
    const { topic } = topicWithPolicy(`${name}-uploads`, { plan: plan.topics.uploads, key }, child);
    const onUpload = new OnUpload(
      name,
      {
        ...args,
        uploadsTopicArn: topic.arn,
        timeoutSeconds: args.onUploadTimeoutSeconds,
        concurrency: args.onUploadConcurrency,
      },
      child,
    );
    const arrivals = new Arrivals(name, { ...args, onUpload }, child);
    const listeners = new Listeners(name, { region, plan, key, topic }, child);

    this.arrivalsTopic = arrivals.topic;
    this.uploadsTopic = topic;
    this.onUpload = onUpload.function;
    this.deadLetters = {
      arrivals: arrivals.deadLetters,
      "on-upload": onUpload.deadLetters,
      uploads: listeners.deadLetters,
    };
    this.ownDeadLetters = listeners.ownDeadLetters;
    this.registerOutputs({ arrivalsTopicArn: this.arrivalsTopic.arn, uploadsTopicArn: this.uploadsTopic.arn });
  }
}
