import { Gate, type Guarded, type Service } from "./gate";
import { notificationOf, type Publication } from "./shapes/notification";
import type { Subscription } from "./subscription";

/** A topic: takes a message from whoever may publish, and hands it to each subscription that wants it. */
export class Topic {
  readonly gate: Gate;
  private readonly subscriptions: Subscription[] = [];

  constructor(private readonly guarded: Guarded) {
    this.gate = new Gate(guarded);
  }

  subscribe(subscription: Subscription): void {
    this.subscriptions.push(subscription);
  }

  /** Takes a message from a service. @throws UndeliveredError when it may not publish. */
  publish(publisher: Service, publication: Publication): void {
    this.gate.require("sns:Publish", publisher);
    this.distribute(publication);
  }

  /** Hands on a message whose publisher has been admitted. */
  distribute(publication: Publication): void {
    const notification = notificationOf(this.guarded.arn, publication);
    for (const subscription of this.subscriptions) {
      subscription.take(notification);
    }
  }
}
