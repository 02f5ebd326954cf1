import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { MessagingPlan } from "../uploads/messaging";

/** A topic and its policy. */
export interface TopicWithPolicy {
  readonly topic: aws.sns.Topic;
  /** What sends to the topic waits for this. */
  readonly policy: aws.sns.TopicPolicy;
}

/**
 * A topic with its policy below it. It has no KMS key: under AWS's own key for SNS neither S3 nor CloudWatch can publish, and
 * a key of ours would cost a dollar a month and a fee for each message, to protect the names and sizes of files.
 */
export function topicWithPolicy(
  name: string,
  plan: MessagingPlan,
  opts: pulumi.CustomResourceOptions,
): TopicWithPolicy {
  const topic = new aws.sns.Topic(name, { name: plan.name }, opts);
  const policy = new aws.sns.TopicPolicy(name, { arn: topic.arn, policy: plan.policy }, { parent: topic });
  return { topic, policy };
}
