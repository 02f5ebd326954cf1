import type { DeployedResource, Deployment } from "../../../synth/deployment";
import { blockOf, blocksOf, labelOf, resourcesOf, textOf } from "../../../inventory/resources";
import { NotServedError, refuseInputs } from "../../service/notServed";
import { BucketNotifications, type TopicConfiguration } from "../bucketNotifications";
import type { AwsLocation } from "./values";
import type { ReportDelivery } from "../event";
import type { Topic } from "../topic";

/** A bucket that tells of its objects. */
export interface NotifyingBucket {
  readonly name: string;
  readonly arn: string;
  readonly versioned: boolean;
  readonly notifications: BucketNotifications;
}

/** The events that are told of here; a `Post` never happens. */
const known = /^s3:ObjectCreated:(\*|Put|Post|Copy|CompleteMultipartUpload)$/;

/** The buckets with a notification configuration, by name. @throws NotServedError for one that is not reproduced. */
export function notifyingBuckets(
  deployment: Deployment,
  topics: ReadonlyMap<string, Topic>,
  { account }: AwsLocation,
  report: ReportDelivery,
): ReadonlyMap<string, NotifyingBucket> {
  const buckets = new Map<string, NotifyingBucket>();
  for (const notification of resourcesOf(deployment, "aws:s3/bucketNotification:BucketNotification")) {
    refuseInputs(notification, "queues", "lambdaFunctions", "eventbridge");
    const name = textOf(notification, "bucket");
    const bucket = resourcesOf(deployment, "aws:s3/bucket:Bucket").find((each) => textOf(each, "bucket") === name);
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
    buckets.set(name, {
      name,
      arn: textOf(bucket, "arn"),
      versioned: isVersioned(deployment, name),
      notifications: new BucketNotifications(bucket.name, configurations, account, report),
    });
  }
  return buckets;
}

function configurationOf(
  { id, topicArn, events, ...filters }: Readonly<Record<string, unknown>>,
  notification: DeployedResource,
  topics: ReadonlyMap<string, Topic>,
): TopicConfiguration {
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
