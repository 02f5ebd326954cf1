import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { waitingFor, type DataKey } from "./encryption";
import type { MessagingPlan } from "../uploads/messaging";

/** A topic and its policy. */
export interface TopicWithPolicy {
  readonly topic: aws.sns.Topic;
  /** What sends to the topic waits for this. */
  readonly policy: aws.sns.TopicPolicy;
}

/**
 * A topic with its policy below it. Without the gateway's key it has none: under AWS's own key for SNS neither S3 nor CloudWatch
 * can publish.
 * @param key What its messages lie under until they are delivered; undefined: nothing.
 */
export function topicWithPolicy(
  name: string,
  { plan, key }: { readonly plan: MessagingPlan; readonly key: DataKey | undefined },
  opts: pulumi.CustomResourceOptions,
): TopicWithPolicy {
  const topic = new aws.sns.Topic(
    name,
    { name: plan.name, ...(key === undefined ? {} : { kmsMasterKeyId: key.arn }) },
    waitingFor(key, opts),
  );
  const policy = new aws.sns.TopicPolicy(name, { arn: topic.arn, policy: plan.policy }, { parent: topic });
  return { topic, policy };
}
