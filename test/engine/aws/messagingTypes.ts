import { requireDocument } from "./iamTypes";
import type { ResourceType } from "./resourceTypes";
import { ServiceError, type Properties, type Service } from "./service";

const topicType = "aws:sns/topic:Topic";
const topicPolicyType = "aws:sns/topicPolicy:TopicPolicy";
const queueType = "aws:sqs/queue:Queue";
const ruleType = "aws:cloudwatch/eventRule:EventRule";
const targetType = "aws:cloudwatch/eventTarget:EventTarget";

function requireTopic(service: Service, arn: unknown): void {
  if (service.find(topicType, String(arn)) === undefined) {
    throw new ServiceError("NotFound", `the topic ${String(arn)} does not exist`);
  }
}

/** S3 tries a topic before it accepts it. @throws ServiceError where nothing lets S3 publish to the topic. */
export function requireTopicWithPolicy(service: Service, arn: string): void {
  if (service.find(topicPolicyType, arn) === undefined) {
    throw new ServiceError("InvalidArgument", `unable to validate the destination ${arn}: it lets nobody publish`);
  }
}

/** The services' own attributes are text. */
function texts(attributes: Properties): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === "boolean" || typeof value === "number" ? String(value) : (value as string | undefined),
    ]),
  );
}

/** SNS, SQS and EventBridge. */
export const messagingTypes: Readonly<Record<string, ResourceType>> = {
  [topicType]: {
    requests: (inputs) => [{ operation: "sns:CreateTopic", parameters: inputs }],
    replaceOn: ["name"],
    whenExists: { refuse: "InvalidParameter", unlessEqual: true },
    release: (service, { id }) =>
      service.remove(
        ({ inputs }) => inputs["topic"] === id || (inputs["arn"] === id && inputs["policy"] !== undefined),
      ),
  },
  [topicPolicyType]: {
    requests: ({ arn, policy, ...rest }) => [
      {
        operation: "sns:SetTopicAttributes",
        parameters: { topicArn: arn, attributeName: "Policy", attributeValue: policy, ...rest },
      },
    ],
    replaceOn: ["arn"],
    whenExists: "overwrite",
    accept: (service, { arn, policy }) => {
      requireTopic(service, arn);
      requireDocument(policy);
    },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    requests: ({
      topic,
      redrivePolicy,
      filterPolicy,
      filterPolicyScope,
      rawMessageDelivery,
      deliveryPolicy,
      ...rest
    }) => [
      {
        operation: "sns:Subscribe",
        parameters: {
          topicArn: topic,
          attributes: texts({
            RedrivePolicy: redrivePolicy,
            FilterPolicy: filterPolicy,
            FilterPolicyScope: filterPolicyScope,
            RawMessageDelivery: rawMessageDelivery,
            DeliveryPolicy: deliveryPolicy,
          }),
          ...rest,
        },
      },
    ],
    replaceOn: ["topic", "protocol", "endpoint"],
    // Subscribing the same endpoint once more gives the subscription that is there.
    whenExists: "overwrite",
    accept: (service, { topic }) => requireTopic(service, topic),
  },
  [queueType]: {
    requests: ({
      name,
      messageRetentionSeconds,
      visibilityTimeoutSeconds,
      sqsManagedSseEnabled,
      redrivePolicy,
      ...rest
    }) => [
      {
        operation: "sqs:CreateQueue",
        parameters: {
          queueName: name,
          attributes: texts({
            MessageRetentionPeriod: messageRetentionSeconds,
            VisibilityTimeout: visibilityTimeoutSeconds,
            SqsManagedSseEnabled: sqsManagedSseEnabled,
            RedrivePolicy: redrivePolicy,
          }),
          ...rest,
        },
      },
    ],
    replaceOn: ["name"],
    whenExists: { refuse: "QueueAlreadyExists", unlessEqual: true },
    release: (service, { id }) => service.remove(({ inputs }) => inputs["queueUrl"] === id),
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    requests: ({ queueUrl, policy, ...rest }) => [
      { operation: "sqs:SetQueueAttributes", parameters: { queueUrl, attributes: { Policy: policy }, ...rest } },
    ],
    replaceOn: ["queueUrl"],
    whenExists: "overwrite",
    accept: (service, { queueUrl, policy }) => {
      if (service.find(queueType, String(queueUrl)) === undefined) {
        throw new ServiceError("QueueDoesNotExist", `there is no queue ${String(queueUrl)}`);
      }
      requireDocument(policy);
    },
  },
  [ruleType]: {
    requests: (inputs) => [{ operation: "events:PutRule", parameters: inputs }],
    replaceOn: ["name"],
    whenExists: "overwrite",
    release: (service, { id }) => {
      if (service.all(targetType).some(({ inputs }) => inputs["rule"] === id)) {
        throw new ServiceError("ValidationException", `the rule ${id} cannot be deleted since it has targets`);
      }
    },
  },
  [targetType]: {
    requests: ({ rule, targetId, ...target }) => [
      { operation: "events:PutTargets", parameters: { rule, targets: [{ id: targetId, ...target }] } },
    ],
    replaceOn: ["rule", "targetId"],
    whenExists: "overwrite",
    accept: (service, { rule }) => {
      if (service.find(ruleType, String(rule)) === undefined) {
        throw new ServiceError("ResourceNotFoundException", `the rule ${String(rule)} does not exist`);
      }
    },
  },
};
