import type { ReportDelivery } from "./event";
import { s3Record, type CreatedObject } from "./shapes/s3Record";
import type { Topic } from "./topic";
import { unlessRefused } from "./undelivered";

/** One entry of a bucket's notification configuration. */
export interface TopicConfiguration {
  readonly id: string;
  /** Names of events that it is for; a `*` at the end stands for all of a kind. */
  readonly events: readonly string[];
  readonly topic: Topic;
}

/** Tells the topics of a bucket's notification configuration of each object that appears in it. */
export class BucketNotifications {
  constructor(
    /** The logical name of the bucket. */
    private readonly name: string,
    private readonly configurations: readonly TopicConfiguration[],
    private readonly account: string,
    private readonly report: ReportDelivery,
  ) {}

  created(object: CreatedObject): void {
    const what = `/${object.bucket.name}/${object.key}`;
    const s3 = { service: "s3.amazonaws.com", sourceArn: object.bucket.arn, sourceAccount: this.account };
    for (const { id, topic } of this.configurations.filter(({ events }) => isFor(events, object.by))) {
      const message = JSON.stringify({ Records: [s3Record(object, id)] });
      unlessRefused(
        () => topic.publish(s3, { message, subject: "Amazon S3 Notification", attributes: {}, what }),
        // S3 has nowhere to set a notification aside.
        (refusal) => this.report({ event: "lost", bucket: this.name, what, reason: refusal.message }),
      );
    }
  }
}

function isFor(events: readonly string[], name: string): boolean {
  return events.some((event) => event === `s3:${name}` || event === "s3:ObjectCreated:*");
}
