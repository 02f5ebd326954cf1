import type { ResourceType } from "./resourceTypes";
import { requireTopicWithPolicy } from "./messagingTypes";
import { ServiceError, type Properties, type Service } from "./service";

const bucketType = "aws:s3/bucket:Bucket";

function requireBucket(service: Service, { bucket }: Properties): void {
  if (service.find(bucketType, String(bucket)) === undefined) {
    throw new ServiceError("NoSuchBucket", `the bucket ${String(bucket)} does not exist`);
  }
}

/** A setting of a bucket: there is one of each kind, and the last writer wins. */
function bucketSetting(operation: string, parameters: (inputs: Properties) => Properties): ResourceType {
  return {
    requests: ({ bucket, ...rest }) => [{ operation, parameters: { bucket, ...parameters(rest) } }],
    replaceOn: ["bucket"],
    whenExists: "overwrite",
    accept: requireBucket,
  };
}

/** S3: the bucket and its settings. */
export const bucketTypes: Readonly<Record<string, ResourceType>> = {
  [bucketType]: {
    // forceDestroy is the provider's own: it empties the bucket before it deletes it.
    requests: ({ forceDestroy: _, ...inputs }) => [{ operation: "s3:CreateBucket", parameters: inputs }],
    replaceOn: ["bucket"],
    whenExists: { refuse: "BucketAlreadyOwnedByYou" },
    release: (service, { id, inputs }) => {
      if (service.objectsOf(id).length > 0 && inputs["forceDestroy"] !== true) {
        throw new ServiceError("BucketNotEmpty", `the bucket ${id} you tried to delete is not empty`);
      }
      service.setObjects(id, []);
      service.remove((other) => other.inputs["bucket"] === id && other.type !== bucketType);
    },
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting(
    "s3:PutPublicAccessBlock",
    (publicAccessBlockConfiguration) => ({ publicAccessBlockConfiguration }),
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting(
    "s3:PutBucketOwnershipControls",
    ({ rule, ...rest }) => ({ ownershipControls: { rules: [rule], ...rest } }),
  ),
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting("s3:PutBucketVersioning", (inputs) => inputs),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketSetting(
    "s3:PutBucketEncryption",
    (serverSideEncryptionConfiguration) => ({ serverSideEncryptionConfiguration }),
  ),
  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting("s3:PutBucketPolicy", (inputs) => inputs),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting(
    "s3:PutBucketLifecycleConfiguration",
    (lifecycleConfiguration) => ({ lifecycleConfiguration }),
  ),
  "aws:s3/bucketNotification:BucketNotification": {
    ...bucketSetting("s3:PutBucketNotificationConfiguration", ({ topics, ...rest }) => ({
      notificationConfiguration: { topicConfigurations: topics, ...rest },
    })),
    accept: (service, inputs) => {
      requireBucket(service, inputs);
      for (const { topicArn } of (inputs["topics"] ?? []) as readonly { topicArn: string }[]) {
        requireTopicWithPolicy(service, topicArn);
      }
    },
  },
};
