import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EndpointPlan, InvokedFunction, ListenerPlan, OwnQueuePlan } from "../uploads/listeners";
import type { UploadsPlan } from "../uploads/plan";
import type { DataKey } from "./encryption";
import { deadLetterRetentionDays, queueWithPolicy, subscriptionRedrive, type QueueWithPolicy } from "./queue";

export interface ListenersArgs {
  /** The region of the gateway; a function may lie in another one. */
  readonly region: string;
  /** The topic `uploads`. */
  readonly topic: aws.sns.Topic;
  readonly plan: UploadsPlan;
  /** What the queues lie under; undefined: a key of SQS's own. */
  readonly key: DataKey | undefined;
}

/** Longer than a reader's holiday weekend; what is older is more than late. Less than the dead letters' 14 days. */
const ownQueueRetentionDays = 7;

/** Enough for a reader to fetch a large file before another one may take the message. */
const ownQueueVisibilitySeconds = 5 * 60;

/** So often may a reader fail at a message before it is set aside. */
const ownQueueReceives = 5;

/**
 * SNS gives up on an HTTPS endpoint after three tries within a minute; these go on for most of an hour, the longest that it
 * allows. Source: SNS Developer Guide, "Creating an HTTP/S delivery policy".
 */
const patientDelivery = {
  healthyRetryPolicy: { minDelayTarget: 20, maxDelayTarget: 300, numRetries: 11, backoffFunction: "exponential" },
};

/**
 * The subscriptions to the topic `uploads`. Each resource is named by who listens, so one listener that comes or goes
 * touches no other one's. An own queue's resources hang under the queue.
 */
export class Listeners extends pulumi.ComponentResource {
  /** Holds what could not be delivered to an endpoint of somebody else's. */
  readonly deadLetters: aws.sqs.Queue;
  /** The dead-letter queues of own queues, by the listener's id. */
  readonly ownDeadLetters: ReadonlyMap<string, aws.sqs.Queue>;

  constructor(name: string, args: ListenersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:Listeners", name, {}, opts);
    const undelivered = this.createUndelivered(name, args);
    this.deadLetters = undelivered.queue;
    const ownDeadLetters = new Map<string, aws.sqs.Queue>();
    for (const plan of args.plan.listeners) {
      if (plan.kind === "own-queue") {
        ownDeadLetters.set(plan.id, this.createOwnQueue(name, plan, args));
      } else {
        this.createListener(`${name}-${plan.id}`, plan, args, undelivered);
      }
    }
    this.ownDeadLetters = ownDeadLetters;
    this.registerOutputs({});
  }

  private createUndelivered(name: string, { plan, key }: ListenersArgs): QueueWithPolicy {
    return queueWithPolicy(
      `${name}-uploads`,
      { plan: plan.deadLetters.uploads, key, retentionDays: deadLetterRetentionDays },
      { parent: this },
    );
  }

  /** @returns Its dead-letter queue. */
  private createOwnQueue(name: string, plan: OwnQueuePlan, { topic, key }: ListenersArgs): aws.sqs.Queue {
    const deadLetters = queueWithPolicy(
      `${name}-dlq-${plan.id}`,
      { plan: plan.deadLetters, key, retentionDays: deadLetterRetentionDays },
      { parent: this },
    );
    const { queue, policy } = queueWithPolicy(
      `${name}-${plan.id}`,
      {
        plan: plan.queue,
        key,
        retentionDays: ownQueueRetentionDays,
        visibilityTimeoutSeconds: ownQueueVisibilitySeconds,
        deadLetters: { queue: deadLetters.queue, afterReceives: ownQueueReceives },
      },
      { parent: this },
    );
    new aws.sns.TopicSubscription(
      `${name}-${plan.id}`,
      {
        ...subscription(topic, plan),
        protocol: "sqs",
        endpoint: queue.arn,
        rawMessageDelivery: true,
        redrivePolicy: subscriptionRedrive(deadLetters.queue),
      },
      { parent: queue, dependsOn: [policy, deadLetters.policy] },
    );
    return deadLetters.queue;
  }

  private createListener(name: string, plan: EndpointPlan, args: ListenersArgs, undelivered: QueueWithPolicy): void {
    const permission = plan.invoked && permitInvocation(name, plan.invoked, args, this);
    new aws.sns.TopicSubscription(
      name,
      {
        ...subscription(args.topic, plan),
        protocol: plan.protocol,
        endpoint: plan.endpoint,
        // A queue gets the event as it is. What comes over the internet keeps SNS's envelope, which is signed.
        ...(plan.kind === "queue" ? { rawMessageDelivery: true } : {}),
        ...(plan.kind === "https" ? { deliveryPolicy: JSON.stringify(patientDelivery) } : {}),
        redrivePolicy: subscriptionRedrive(undelivered.queue),
      },
      { parent: this, dependsOn: [undelivered.policy, ...(permission === undefined ? [] : [permission])] },
    );
  }
}

function subscription(topic: aws.sns.Topic, { filterPolicy }: ListenerPlan) {
  return { topic: topic.arn, filterPolicy, filterPolicyScope: "MessageAttributes" };
}

/**
 * Lets SNS invoke somebody's function for the topic `uploads`, before the subscription is made: SNS does not try again what a
 * function refuses. A function's ARN may end in a version or an alias.
 */
function permitInvocation(
  name: string,
  { statementId, functionArn, region, qualifier }: InvokedFunction,
  args: ListenersArgs,
  parent: Listeners,
): aws.lambda.Permission {
  return new aws.lambda.Permission(
    name,
    {
      statementId,
      action: "lambda:InvokeFunction",
      function: functionArn,
      ...(qualifier === undefined ? {} : { qualifier }),
      // SNS reaches into other regions; the permission lies where the function does.
      ...(region === args.region ? {} : { region }),
      principal: "sns.amazonaws.com",
      sourceArn: args.topic.arn,
    },
    // It once hung under the subscription, which waits for it now. The same statement cannot be made a second time.
    { parent, aliases: [{ parent: pulumi.createUrn(name, "aws:sns/topicSubscription:TopicSubscription", parent) }] },
  );
}
