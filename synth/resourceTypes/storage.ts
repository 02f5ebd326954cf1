import { bucketArn } from "../../iam/arn";
import { actions, dnsSuffix, text, type ResourceType, type ResourceTypes } from "./resourceType";

/** A setting of a bucket, which bears the bucket's name, with the names of its actions in S3. */
function bucketSetting(read: string, ...write: string[]): ResourceType {
  return {
    computed: (inputs) => ({ id: text(inputs, "bucket"), outputs: {} }),
    replacedBy: ["bucket"],
    rights: {
      read: actions("s3", read),
      write: actions("s3", ...write),
      on: (inputs, { partition }) => bucketArn(partition, text(inputs, "bucket")),
    },
  };
}

/** S3: the bucket and its settings. */
export const storage = {
  "aws:s3/bucket:Bucket": {
    computed: (inputs, { scope }) => {
      const bucket = text(inputs, "bucket");
      return {
        id: bucket,
        outputs: {
          arn: bucketArn(scope.partition, bucket),
          bucketDomainName: `${bucket}.s3.amazonaws.com`,
          bucketRegionalDomainName: `${bucket}.s3.${scope.region}.${dnsSuffix(scope)}`,
          region: scope.region,
        },
      };
    },
    replacedBy: ["bucket", "bucketPrefix", "objectLockEnabled"],
    rights: {
      read: [
        ...actions("s3", "ListBucket", "GetBucketTagging", "GetBucketLocation", "GetBucketAcl"),
        ...actions("s3", "GetAccelerateConfiguration", "GetReplicationConfiguration"),
      ],
      write: actions("s3", "CreateBucket", "DeleteBucket", "PutBucketTagging"),
    },
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting(
    "GetBucketPublicAccessBlock",
    "PutBucketPublicAccessBlock",
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting(
    "GetBucketOwnershipControls",
    "PutBucketOwnershipControls",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting("GetBucketVersioning", "PutBucketVersioning"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketSetting(
    "GetEncryptionConfiguration",
    "PutEncryptionConfiguration",
  ),
  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting("GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting(
    "GetLifecycleConfiguration",
    "PutLifecycleConfiguration",
  ),
  "aws:s3/bucketNotification:BucketNotification": bucketSetting("GetBucketNotification", "PutBucketNotification"),
} satisfies ResourceTypes;
