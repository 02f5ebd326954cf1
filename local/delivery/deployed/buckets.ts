import type { DeployedResource, Deployment } from "../../../synth/deployment";
import { blockOf, blocksOf, labelOf, resourcesBy, resourcesOf, textOf } from "../../../inventory/resources";
import { NotServedError, refuseInputs } from "../../service/notServed";
import { s3Record, type CreatedObject } from "../shapes/s3Record";
import type { Topic } from "../topic";
import { unlessRefused } from "../undelivered";
import { aboutObject } from "../about";
import type { Surroundings } from "./surroundings";

/** A bucket that tells of its objects. */
export interface NotifyingBucket {
  readonly name: string;
  readonly arn: string;
  readonly versioned: boolean;
  /** Tells the topics of its notification configuration of an object that has appeared in it. */
  readonly created: (object: CreatedObject) => void;
}

/** The events that are told of here; a `Post` never happens. */
const known = /^s3:ObjectCreated:(\*|Put|Post|Copy|CompleteMultipartUpload)$/;

/** The buckets with a notification configuration, by name. @throws NotServedError for one that is not reproduced. */
export function notifyingBuckets(
  topics: ReadonlyMap<string, Topic>,
  around: Surroundings,
): ReadonlyMap<string, NotifyingBucket> {
  const { deployment } = around;
  const deployed = resourcesBy(deployment, "aws:s3/bucket:Bucket", "bucket");
  const buckets = new Map<string, NotifyingBucket>();
  for (const notification of resourcesOf(deployment, "aws:s3/bucketNotification:BucketNotification")) {
    refuseInputs(notification, "queues", "lambdaFunctions", "eventbridge");
    const name = textOf(notification, "bucket");
    const bucket = deployed.get(name)?.[0];
    if (bucket === undefined) {
      throw new NotServedError(labelOf(notification), `the bucket ${name} is not part of the deployment`);
    }
    if (buckets.has(name)) {
      throw new NotServedError(
        labelOf(notification),
        `the bucket ${name} has two, of which one would overwrite the other`,
      );
    }
    const configurations = blocksOf(notification, "topics").map((block) =>
      configurationOf(block, notification, topics),
    );
    const versioned = isVersioned(deployment, name);
    const created = notifier(bucket, configurations, around);
    buckets.set(name, { name, arn: textOf(bucket, "arn"), versioned, created });
  }
  return buckets;
}

function notifier(
  bucket: DeployedResource,
  configurations: readonly ReturnType<typeof configurationOf>[],
  { account, report }: Surroundings,
): NotifyingBucket["created"] {
  const s3 = { service: "s3.amazonaws.com", sourceArn: textOf(bucket, "arn"), sourceAccount: account };
  return (object) => {
    const about = aboutObject(`/${object.bucket.name}/${object.key}`);
    for (const { id, events, topic } of configurations) {
      if (events.includes(`s3:${object.by}`) || events.includes("s3:ObjectCreated:*")) {
        const message = JSON.stringify({ Records: [s3Record(object, id)] });
        unlessRefused(
          () => topic.publish(s3, { message, subject: "Amazon S3 Notification", attributes: {}, ...about }),
          // S3 has nowhere to set a notification aside.
          (refusal) => report({ event: "lost", bucket: bucket.name, ...about, reason: refusal.message }),
        );
      }
    }
  };
}

/** One entry of a bucket's notification configuration: a `*` at the end of an event's name stands for all of a kind. */
function configurationOf(
  { id, topicArn, events, ...filters }: Readonly<Record<string, unknown>>,
  notification: DeployedResource,
  topics: ReadonlyMap<string, Topic>,
) {
  const topic = topics.get(String(topicArn));
  const names = Array.isArray(events) ? events.map(String) : [];
  if (topic === undefined) {
    throw new NotServedError(labelOf(notification), `the topic ${String(topicArn)} is not part of the deployment`);
  }
  if (Object.keys(filters).length > 0 || !names.every((event) => known.test(event))) {
    throw new NotServedError(labelOf(notification), "only events s3:ObjectCreated, of all keys, are reproduced");
  }
  return { id: typeof id === "string" ? id : "", events: names, topic };
}

function isVersioned(deployment: Deployment, bucket: string): boolean {
  return resourcesOf(deployment, "aws:s3/bucketVersioning:BucketVersioning").some(
    (versioning) =>
      textOf(versioning, "bucket") === bucket && blockOf(versioning, "versioningConfiguration")["status"] === "Enabled",
  );
}
