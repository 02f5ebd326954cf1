import type { DeployedResource } from "../../../synth/deployment";
import { labelOf, textOf, valueOf } from "../../../inventory/resources";
import { NotServedError, refuseInputs, requireInput } from "../../service/notServed";
import { aboutAlone } from "../about";
import { DeadLetters } from "../deadLetters";
import type { ReportDelivery } from "../event";
import type { Service } from "../service";
import type { Queue, QueueMessage } from "../queue";
import { envelopeOf, functionInput, type Notification } from "../shapes/notification";
import type { Subscription } from "../topic";
import { unlessRefused } from "../undelivered";
import { filterOf } from "./patterns";
import type { Endpoints, Surroundings } from "./surroundings";
import { jsonObjectIn, optionalTextOf } from "./values";

/**
 * Hands the messages of a topic that its filter lets through to one endpoint; what that does not take goes to the
 * subscription's dead letters.
 * @throws NotServedError for a subscription that cannot be reproduced faithfully.
 */
export function deployedSubscription(
  resource: DeployedResource,
  endpoints: Endpoints,
  { account, report }: Surroundings,
): Subscription {
  const label = labelOf(resource);
  refuseInputs(resource, "subscriptionRoleArn", "replayPolicy");
  requireInput(resource, "filterPolicyScope", "MessageAttributes");
  const sns = { service: "sns.amazonaws.com", sourceArn: textOf(resource, "topic"), sourceAccount: account };
  const redrive = deadLetterQueue(resource, endpoints.queues);
  const deadLetters = new DeadLetters({ subscription: resource.name }, redrive, report);
  const wants = filterOf(optionalTextOf(resource, "filterPolicy"), label);
  const queueMessage = valueOf(resource, "rawMessageDelivery") === true ? raw : enveloped;
  const deliver = delivererTo(resource, endpoints, sns, queueMessage, report);
  return (notification) => {
    if (wants(notification.attributes)) {
      unlessRefused(
        () => deliver(notification),
        ({ message }) =>
          deadLetters.put(aboutAlone(notification), message, (queue) => queue.send(sns, queueMessage(notification))),
      );
    }
  };
}

function raw({ message, attributes }: Notification): QueueMessage {
  return { body: message, attributes };
}

function enveloped(notification: Notification): QueueMessage {
  return { body: JSON.stringify(envelopeOf(notification)), attributes: {} };
}

/** What is done with a message. Nothing leaves this machine: of what lies elsewhere is only told. */
function delivererTo(
  resource: DeployedResource,
  { queues, functions }: Endpoints,
  sns: Service,
  queueMessage: (notification: Notification) => QueueMessage,
  report: ReportDelivery,
): Subscription {
  const [protocol, address] = [textOf(resource, "protocol"), textOf(resource, "endpoint")];
  const subscription = resource.name;
  const queue = queues.get(address);
  const lambda = functions.get(address);
  if (protocol === "sqs" && queue !== undefined) {
    return (notification) => {
      queue.send(sns, queueMessage(notification));
      report({ event: "delivered", subscription, protocol, to: queue.shown, ...aboutAlone(notification) });
    };
  }
  if (protocol === "lambda" && lambda !== undefined) {
    const arn = textOf(resource, "arn");
    return (notification) => {
      lambda.invoke(sns, functionInput(notification, arn), aboutAlone(notification));
      report({ event: "delivered", subscription, protocol, to: lambda.name, ...aboutAlone(notification) });
    };
  }
  if (!["sqs", "lambda", "email", "https"].includes(protocol)) {
    throw new NotServedError(labelOf(resource), 'only "protocol" sqs, lambda, email and https is reproduced');
  }
  return (notification) =>
    report({ event: "not-sent", subscription, protocol, to: address, ...aboutAlone(notification) });
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
