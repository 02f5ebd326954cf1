import type { DeadLetters } from "./deadLetters";
import type { ReportDelivery } from "./event";
import type { Filter } from "./deployed/filterPolicy";
import type { Service } from "./gate";
import type { LambdaFunction } from "./function/lambdaFunction";
import type { Queue, QueueMessage } from "./queue";
import { envelopeOf, functionInput, type Notification } from "./shapes/notification";
import { unlessRefused } from "./undelivered";

/** Where a subscription leads to. */
export type Endpoint =
  | { readonly kind: "queue"; readonly queue: Queue; readonly raw: boolean }
  | { readonly kind: "function"; readonly function: LambdaFunction }
  /** Out of this machine, which nothing leaves. */
  | { readonly kind: "elsewhere"; readonly protocol: string; readonly address: string };

export interface SubscriptionPlan {
  /** The logical name. */
  readonly name: string;
  readonly arn: string;
  /** SNS, as it asks for the topic. */
  readonly sns: Service;
  readonly wants: Filter;
  readonly endpoint: Endpoint;
  readonly deadLetters: DeadLetters;
}

/** Hands the messages of a topic that its filter lets through to one endpoint. */
export class Subscription {
  constructor(
    private readonly plan: SubscriptionPlan,
    private readonly report: ReportDelivery,
  ) {}

  /** What the endpoint does not take goes to the subscription's dead letters. */
  take(notification: Notification): void {
    const { wants, sns, deadLetters } = this.plan;
    if (!wants(notification.attributes)) {
      return;
    }
    unlessRefused(
      () => this.deliver(notification),
      ({ message }) =>
        deadLetters.put(notification.what, message, (queue) => queue.send(sns, this.queueMessage(notification))),
    );
  }

  private deliver(notification: Notification): void {
    const { name, arn, sns, endpoint } = this.plan;
    const { what } = notification;
    switch (endpoint.kind) {
      case "queue":
        endpoint.queue.send(sns, this.queueMessage(notification));
        return this.told("sqs", endpoint.queue.shown, what);
      case "function":
        endpoint.function.invoke(sns, functionInput(notification, arn), what);
        return this.told("lambda", endpoint.function.name, what);
      case "elsewhere": {
        const { protocol, address: to } = endpoint;
        return this.report({ event: "not-sent", subscription: name, protocol, to, what });
      }
    }
  }

  private told(protocol: "sqs" | "lambda", to: string, what: string): void {
    this.report({ event: "delivered", subscription: this.plan.name, protocol, to, what });
  }

  private queueMessage(notification: Notification): QueueMessage {
    const { endpoint } = this.plan;
    return endpoint.kind === "queue" && endpoint.raw
      ? { body: notification.message, attributes: notification.attributes }
      : { body: JSON.stringify(envelopeOf(notification)), attributes: {} };
  }
}
