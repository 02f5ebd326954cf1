import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EndpointPlan, ListenerPlan, OwnQueuePlan } from "../uploads/listeners";
import type { GatewayArns, GatewayNames } from "../names";
import type { AwsScope } from "../iam/arn";
import { deadLetterRetentionDays, queueWithPolicy, subscriptionRedrive, type QueueWithPolicy } from "./queue";

export interface ListenersArgs {
  readonly scope: AwsScope;
  readonly names: GatewayNames;
  readonly arns: GatewayArns;
  /** The topic `uploads`. */
  readonly topic: aws.sns.Topic;
  readonly listeners: readonly ListenerPlan[];
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

const protocols = { queue: "sqs", function: "lambda", email: "email", https: "https" } as const;

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
    for (const plan of args.listeners) {
      if (plan.kind === "own-queue") {
        ownDeadLetters.set(plan.id, this.createOwnQueue(name, plan, args));
      } else {
        this.createListener(`${name}-${plan.id}`, plan, args, undelivered);
      }
    }
    this.ownDeadLetters = ownDeadLetters;
    this.registerOutputs({});
  }

  private createUndelivered(name: string, { scope, names, arns }: ListenersArgs): QueueWithPolicy {
    return queueWithPolicy(
      `${name}-uploads`,
      {
        scope,
        queueName: names.deadLetters.uploads,
        senders: [{ service: "sns.amazonaws.com", sourceArn: arns.uploadsTopic }],
        retentionDays: deadLetterRetentionDays,
      },
      { parent: this },
    );
  }

  /** @returns Its dead-letter queue. */
  private createOwnQueue(name: string, plan: OwnQueuePlan, { scope, arns, topic }: ListenersArgs): aws.sqs.Queue {
    const senders = [{ service: "sns.amazonaws.com", sourceArn: arns.uploadsTopic }];
    const { readers } = plan;
    const deadLetters = queueWithPolicy(
      `${name}-dlq-${plan.id}`,
      { scope, queueName: plan.deadLettersName, senders, readers, retentionDays: deadLetterRetentionDays },
      { parent: this },
    );
    const { queue, policy } = queueWithPolicy(
      `${name}-${plan.id}`,
      {
        scope,
        queueName: plan.queueName,
        senders,
        readers,
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
    const listener = new aws.sns.TopicSubscription(
      name,
      {
        ...subscription(args.topic, plan),
        protocol: protocols[plan.kind],
        endpoint: plan.endpoint,
        // A queue gets the event as it is. What comes over the internet keeps SNS's envelope, which is signed.
        ...(plan.kind === "queue" ? { rawMessageDelivery: true } : {}),
        ...(plan.kind === "https" ? { deliveryPolicy: JSON.stringify(patientDelivery) } : {}),
        redrivePolicy: subscriptionRedrive(undelivered.queue),
      },
      { parent: this, dependsOn: undelivered.policy },
    );
    if (plan.kind === "function") {
      permitInvocation(name, plan, args, listener);
    }
  }
}

function subscription(topic: aws.sns.Topic, { filterPolicy }: ListenerPlan) {
  return { topic: topic.arn, filterPolicy, filterPolicyScope: "MessageAttributes" };
}

/** Lets SNS invoke somebody's function for the topic `uploads`. A function's ARN may end in a version or an alias. */
function permitInvocation(
  name: string,
  { endpoint }: EndpointPlan,
  { scope, topic }: ListenersArgs,
  parent: pulumi.Resource,
): void {
  const { functionArn, region, qualifier } = partsOf(endpoint);
  new aws.lambda.Permission(
    name,
    {
      statementId: name,
      action: "lambda:InvokeFunction",
      function: functionArn,
      ...(qualifier === undefined ? {} : { qualifier }),
      // SNS reaches into other regions; the permission lies where the function does.
      ...(region === scope.region ? {} : { region }),
      principal: "sns.amazonaws.com",
      sourceArn: topic.arn,
    },
    { parent },
  );
}

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`, taken apart. */
function partsOf(endpoint: string) {
  const parts = endpoint.split(":");
  return { functionArn: parts.slice(0, 7).join(":"), region: parts[3] ?? "", qualifier: parts[7] };
}
