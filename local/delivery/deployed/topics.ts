import type { DeployedResource, Deployment } from "../../../synth/deployment";
import { DeployedDocument } from "../../../inventory/document";
import { blockOf, blocksOf, labelOf, resourcesOf, textOf, valueOf } from "../../../inventory/resources";
import { NotServedError, refuseInputs } from "../../service/notServed";
import { DeadLetters } from "../deadLetters";
import { jsonObjectIn, optionalTextOf, type AwsLocation } from "./values";
import type { ReportDelivery } from "../event";
import { filterOf } from "./filterPolicy";
import type { LambdaFunction } from "../function/lambdaFunction";
import type { Queue } from "../queue";
import { Subscription, type Endpoint } from "../subscription";
import { Topic } from "../topic";

/**
 * The topics that an upload can reach, by ARN: those that a bucket notifies or a function announces to. Others, such as that
 * of alarms, have nothing to tell here.
 * @throws NotServedError for one that cannot be reproduced faithfully.
 */
export function deployedTopics(deployment: Deployment, { account }: AwsLocation): ReadonlyMap<string, Topic> {
  const reached = reachedTopics(deployment);
  const policies = resourcesOf(deployment, "aws:sns/topicPolicy:TopicPolicy");
  const topics = resourcesOf(deployment, "aws:sns/topic:Topic").filter((topic) => reached.has(textOf(topic, "arn")));
  return new Map(
    topics.map((topic): [string, Topic] => {
      refuseInputs(topic, "policy", "fifoTopic", "kmsMasterKeyId");
      const arn = textOf(topic, "arn");
      const policy = policies.find((candidate) => textOf(candidate, "arn") === arn);
      return [
        arn,
        new Topic({
          label: labelOf(topic),
          arn,
          account,
          policy: policy && new DeployedDocument(policy, "policy").content,
        }),
      ];
    }),
  );
}

function reachedTopics(deployment: Deployment): ReadonlySet<unknown> {
  const notified = resourcesOf(deployment, "aws:s3/bucketNotification:BucketNotification").flatMap((notification) =>
    blocksOf(notification, "topics").map(({ topicArn }) => topicArn),
  );
  const announced = resourcesOf(deployment, "aws:lambda/function:Function").map((each) => topicArnOf(each));
  return new Set([...notified, ...announced]);
}

/** The environment variable by which a function knows the topic that it announces to. */
export function topicArnOf(lambda: DeployedResource): unknown {
  const variables = blockOf(lambda, "environment")["variables"];
  return typeof variables === "object" ? (variables as Record<string, unknown> | null)?.["TOPIC_ARN"] : undefined;
}

/** The subscriptions to topics that an upload can reach. */
export function subscriptionsTo(topics: ReadonlyMap<string, Topic>, deployment: Deployment): DeployedResource[] {
  return resourcesOf(deployment, "aws:sns/topicSubscription:TopicSubscription").filter((subscription) =>
    topics.has(textOf(subscription, "topic")),
  );
}

interface Endpoints {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
}

/** @throws NotServedError for a subscription that cannot be reproduced faithfully. */
export function deployedSubscription(
  resource: DeployedResource,
  endpoints: Endpoints,
  { account }: AwsLocation,
  report: ReportDelivery,
): Subscription {
  const label = labelOf(resource);
  refuseInputs(resource, "subscriptionRoleArn", "replayPolicy");
  if ((valueOf(resource, "filterPolicyScope") ?? "MessageAttributes") !== "MessageAttributes") {
    throw new NotServedError(label, 'only "filterPolicyScope" MessageAttributes is reproduced');
  }
  const { name } = resource;
  const sns = { service: "sns.amazonaws.com", sourceArn: textOf(resource, "topic"), sourceAccount: account };
  const deadLetters = new DeadLetters({ subscription: name }, deadLetterQueue(resource, endpoints.queues), report);
  const wants = filterOf(optionalTextOf(resource, "filterPolicy"), label);
  const arn = textOf(resource, "arn");
  return new Subscription({ name, arn, sns, wants, endpoint: endpointOf(resource, endpoints), deadLetters }, report);
}

/** The protocols whose endpoints lie outside of every deployment. */
const outside = ["email", "https"];

function endpointOf(resource: DeployedResource, { queues, functions }: Endpoints): Endpoint {
  const [protocol, address] = [textOf(resource, "protocol"), textOf(resource, "endpoint")];
  const queue = queues.get(address);
  const lambda = functions.get(address);
  if (protocol === "sqs" && queue !== undefined) {
    return { kind: "queue", queue, raw: valueOf(resource, "rawMessageDelivery") === true };
  }
  if (protocol === "lambda" && lambda !== undefined) {
    return { kind: "function", function: lambda };
  }
  if (protocol !== "sqs" && protocol !== "lambda" && !outside.includes(protocol)) {
    throw new NotServedError(labelOf(resource), 'only "protocol" sqs, lambda, email and https is reproduced');
  }
  return { kind: "elsewhere", protocol, address };
}

function deadLetterQueue(resource: DeployedResource, queues: ReadonlyMap<string, Queue>): Queue | string | undefined {
  const text = optionalTextOf(resource, "redrivePolicy");
  if (text === undefined) {
    return undefined;
  }
  const arn = jsonObjectIn(text, "redrivePolicy", labelOf(resource))["deadLetterTargetArn"];
  if (typeof arn !== "string") {
    throw new NotServedError(labelOf(resource), '"redrivePolicy" names no queue');
  }
  return queues.get(arn) ?? arn;
}
