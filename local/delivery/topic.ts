import { Gate, type Guarded } from "./gate";
import type { Service } from "./service";
import { notificationOf, type Notification, type Publication } from "./shapes/notification";

/** What a subscription does with a message of its topic. */
export type Subscription = (notification: Notification) => void;

/** A topic: takes a message from whoever may publish, and hands it to each subscription that wants it. */
export class Topic {
  readonly gate: Gate;
  readonly subscriptions: Subscription[] = [];

  constructor(private readonly guarded: Guarded) {
    this.gate = new Gate(guarded);
  }

  /** Takes a message from a service. @throws UndeliveredError when it may not publish. */
  publish(publisher: Service, publication: Publication): void {
    this.gate.require("sns:Publish", publisher);
    this.distribute(publication);
  }

  /** Hands on a message whose publisher has been admitted. */
  distribute(publication: Publication): void {
    const notification = notificationOf(this.guarded.arn, publication);
    this.subscriptions.forEach((take) => take(notification));
  }
}
