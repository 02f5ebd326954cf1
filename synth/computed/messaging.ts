import { arn } from "../../iam/arn";
import { dnsSuffix, text, uuid, type ComputeByType } from "./compute";

/** Topics, queues and rules: what carries messages. */
export const messaging: ComputeByType = {
  "aws:sns/topic:Topic": (inputs, { scope }) => {
    const topic = arn(scope, "sns", text(inputs, "name"));
    return { id: topic, outputs: { arn: topic, owner: scope.account } };
  },
  "aws:sns/topicPolicy:TopicPolicy": (inputs, { scope }) => ({
    id: text(inputs, "arn"),
    outputs: { owner: scope.account },
  }),
  "aws:sns/topicSubscription:TopicSubscription": (inputs, { name, scope }) => {
    const subscription = `${text(inputs, "topic")}:${uuid(name)}`;
    // Whoever gets the mail, or owns the endpoint, has to agree first.
    const pendingConfirmation = ["email", "https"].includes(text(inputs, "protocol"));
    return { id: subscription, outputs: { arn: subscription, ownerId: scope.account, pendingConfirmation } };
  },
  "aws:sqs/queue:Queue": (inputs, { scope }) => {
    const name = text(inputs, "name");
    const url = `https://sqs.${scope.region}.${dnsSuffix(scope)}/${scope.account}/${name}`;
    return { id: url, outputs: { arn: arn(scope, "sqs", name), url } };
  },
  "aws:sqs/queuePolicy:QueuePolicy": (inputs) => ({ id: text(inputs, "queueUrl"), outputs: {} }),
  "aws:cloudwatch/eventRule:EventRule": (inputs, { scope }) => {
    const name = text(inputs, "name");
    return { id: name, outputs: { arn: arn(scope, "events", `rule/${name}`) } };
  },
  "aws:cloudwatch/eventTarget:EventTarget": (inputs) => ({
    id: `${text(inputs, "rule")}-${text(inputs, "targetId")}`,
    outputs: {},
  }),
};
