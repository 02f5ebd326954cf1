import { bucketArn } from "../../iam/arn";
import { actions, dnsSuffix, text, type DeclaredType, type DeclaredTypes } from "./resourceType";

/** A setting of a bucket, which bears the bucket's name. @param setting As S3's actions call it, behind `Get` and `Put`. */
function bucketSetting(setting: string, ...furtherWrites: string[]): DeclaredType {
  return {
    computed: (inputs) => ({ id: text(inputs, "bucket"), outputs: {} }),
    replacedBy: ["bucket"],
    read: actions("s3", `Get${setting}`),
    write: actions("s3", `Put${setting}`, ...furtherWrites),
    on: (inputs, { partition }) => bucketArn(partition, text(inputs, "bucket")),
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
    holds: "every file in the bucket",
    replacedBy: ["bucket", "bucketPrefix", "objectLockEnabled"],
    read: [
      ...actions("s3", "ListBucket", "GetBucketTagging", "GetBucketLocation", "GetBucketAcl"),
      ...actions("s3", "GetAccelerateConfiguration", "GetReplicationConfiguration"),
    ],
    write: actions("s3", "CreateBucket", "DeleteBucket", "PutBucketTagging"),
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting("BucketPublicAccessBlock"),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting("BucketOwnershipControls"),
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting("BucketVersioning"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketSetting("EncryptionConfiguration"),
  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting("BucketPolicy", "DeleteBucketPolicy"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting("LifecycleConfiguration"),
  "aws:s3/bucketNotification:BucketNotification": bucketSetting("BucketNotification"),
} satisfies DeclaredTypes;
