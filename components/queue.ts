import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { waitingFor, type DataKey } from "./encryption";
import type { MessagingPlan } from "../uploads/messaging";

export interface QueueArgs {
  /** A change of its name replaces the queue: what it holds is lost. */
  readonly plan: MessagingPlan;
  /** What its messages lie under; undefined: a key of SQS's own. */
  readonly key: DataKey | undefined;
  /** How long a message waits to be received; SQS keeps none longer than 14 days. */
  readonly retentionDays: number;
  /** What a reader gets to do its work before another reader may receive the message. Default: SQS's 30 seconds. */
  readonly visibilityTimeoutSeconds?: number;
  /** Where a message goes that was received so often without being deleted. */
  readonly deadLetters?: { readonly queue: aws.sqs.Queue; readonly afterReceives: number };
}

/** A queue and its policy. */
export interface QueueWithPolicy {
  readonly queue: aws.sqs.Queue;
  /** What sends to the queue waits for this. */
  readonly policy: aws.sqs.QueuePolicy;
}

const secondsADay = 24 * 60 * 60;

/** As long as SQS keeps anything. The time in the queue before counts as well. */
export const deadLetterRetentionDays = 14;

/** A queue with its policy below it. */
export function queueWithPolicy(name: string, args: QueueArgs, opts: pulumi.CustomResourceOptions): QueueWithPolicy {
  const { plan, key, deadLetters, visibilityTimeoutSeconds } = args;
  const queue = new aws.sqs.Queue(
    name,
    {
      name: plan.name,
      ...(key === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: key.arn }),
      messageRetentionSeconds: args.retentionDays * secondsADay,
      ...(visibilityTimeoutSeconds === undefined ? {} : { visibilityTimeoutSeconds }),
      ...(deadLetters === undefined ? {} : { redrivePolicy: redriveText(deadLetters) }),
    },
    waitingFor(key, opts),
  );
  const policy = new aws.sqs.QueuePolicy(name, { queueUrl: queue.url, policy: plan.policy }, { parent: queue });
  return { queue, policy };
}

function redriveText({ queue, afterReceives }: NonNullable<QueueArgs["deadLetters"]>): pulumi.Output<string> {
  return queue.arn.apply((deadLetterTargetArn) =>
    JSON.stringify({ deadLetterTargetArn, maxReceiveCount: afterReceives }),
  );
}

/** The `redrivePolicy` of a subscription: where SNS puts what it could not deliver. */
export function subscriptionRedrive(deadLetters: aws.sqs.Queue): pulumi.Output<string> {
  return deadLetters.arn.apply((deadLetterTargetArn) => JSON.stringify({ deadLetterTargetArn }));
}
