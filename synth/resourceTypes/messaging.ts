import { arn } from "../../iam/arn";
import { actions, byName, dnsSuffix, named, text, uuid, type DeclaredTypes } from "./resourceType";

/** Topics, queues and rules: what carries messages. */
export const messaging = {
  "aws:sns/topic:Topic": {
    computed: (inputs, { scope }) => {
      const topic = arn(scope, "sns", text(inputs, "name"));
      return { id: topic, outputs: { arn: topic, owner: scope.account } };
    },
    replacedBy: ["fifoTopic", ...named],
    read: actions("sns", "GetTopicAttributes", "ListTagsForResource"),
    write: actions("sns", "CreateTopic", "SetTopicAttributes", "DeleteTopic", "TagResource", "UntagResource"),
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    computed: (inputs, { scope }) => ({ id: text(inputs, "arn"), outputs: { owner: scope.account } }),
    replacedBy: ["arn"],
    read: actions("sns", "GetTopicAttributes"),
    write: actions("sns", "SetTopicAttributes"),
    on: (inputs) => text(inputs, "arn"),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    computed: (inputs, { name, scope }) => {
      const subscription = `${text(inputs, "topic")}:${uuid(name)}`;
      // Whoever gets the mail, or owns the endpoint, has to agree first.
      const pendingConfirmation = ["email", "https"].includes(text(inputs, "protocol"));
      return { id: subscription, outputs: { arn: subscription, ownerId: scope.account, pendingConfirmation } };
    },
    replacedBy: ["endpoint", "protocol", "topic"],
    read: actions("sns", "GetSubscriptionAttributes"),
    write: actions("sns", "Subscribe", "SetSubscriptionAttributes", "Unsubscribe"),
    on: (inputs) => text(inputs, "topic"),
  },
  "aws:sqs/queue:Queue": {
    computed: (inputs, { scope }) => {
      const name = text(inputs, "name");
      const url = `https://sqs.${scope.region}.${dnsSuffix(scope)}/${scope.account}/${name}`;
      return { id: url, outputs: { arn: arn(scope, "sqs", name), url } };
    },
    holds: "the messages in the queue",
    replacedBy: ["fifoQueue", ...named],
    read: actions("sqs", "GetQueueAttributes", "ListQueueTags"),
    write: actions("sqs", "CreateQueue", "SetQueueAttributes", "DeleteQueue", "TagQueue", "UntagQueue"),
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    computed: (inputs) => ({ id: text(inputs, "queueUrl"), outputs: {} }),
    replacedBy: ["queueUrl"],
    read: actions("sqs", "GetQueueAttributes"),
    write: actions("sqs", "SetQueueAttributes"),
    on: (inputs, scope) => arn(scope, "sqs", text(inputs, "queueUrl").split("/").pop() ?? ""),
  },
  "aws:cloudwatch/eventRule:EventRule": {
    computed: byName("events", "rule/"),
    replacedBy: ["eventBusName", ...named],
    read: actions("events", "DescribeRule", "ListTagsForResource"),
    write: actions("events", "PutRule", "EnableRule", "DisableRule", "DeleteRule", "TagResource", "UntagResource"),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    computed: (inputs) => ({ id: `${text(inputs, "rule")}-${text(inputs, "targetId")}`, outputs: {} }),
    replacedBy: ["eventBusName", "rule", "targetId"],
    read: actions("events", "ListTargetsByRule"),
    write: actions("events", "PutTargets", "RemoveTargets"),
    on: (inputs, scope) => arn(scope, "events", `rule/${text(inputs, "rule")}`),
  },
} satisfies DeclaredTypes;
