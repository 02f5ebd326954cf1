import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RetentionPlan } from "../access/plan";
import { ProvenAccess } from "../access/proof";
import { waitingFor, type DataKey } from "./encryption";

export interface LandingBucketArgs {
  /** The bucket's name, its policy, and whose files expire. Another name replaces the bucket: the files do not move along. */
  readonly access: ProvenAccess;
  /** Refuse deletion. Without it a destroy deletes the files as well. */
  readonly protect: boolean;
  /** Days after which overwritten and deleted versions expire; they cost storage until then. */
  readonly noncurrentVersionDays: number;
  /** What new files lie under; undefined: keys of S3's own. Files that are there keep what they were written under. */
  readonly key: DataKey | undefined;
}

/** Parts of an upload that nobody completed are invisible and cost storage; a week outlives any retry. */
const incompleteUploadDays = 7;

/** Where the files of all tenants lie: private, versioned, encrypted, reachable through TLS only. */
export class LandingBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, args: LandingBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:LandingBucket", name, {}, opts);
    const child = { parent: this };
    const plan = ProvenAccess.planOf(args.access);
    this.bucket = new aws.s3.Bucket(
      name,
      { bucket: plan.bucket, forceDestroy: !args.protect },
      pulumi.mergeOptions(child, { protect: args.protect }),
    );
    const bucket = this.bucket.id;
    const publicAccessBlock = new aws.s3.BucketPublicAccessBlock(
      name,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    new aws.s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, child);
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket, rules: [encryptionRule(args.key)] },
      waitingFor(args.key, child),
    );
    new aws.s3.BucketPolicy(
      name,
      { bucket, policy: plan.bucketPolicy },
      // S3 refuses two changes of a bucket's access at the same moment.
      pulumi.mergeOptions(child, { dependsOn: publicAccessBlock }),
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      { bucket, rules: lifecycleRules(args.noncurrentVersionDays, plan.retention) },
      // Rules about noncurrent versions mean nothing before versioning is on.
      pulumi.mergeOptions(child, { dependsOn: versioning }),
    );
    this.registerOutputs({ bucket: this.bucket.bucket });
  }
}

/** With a bucket key S3 asks KMS once for many files, instead of at each. */
function encryptionRule(key: DataKey | undefined): aws.types.input.s3.BucketServerSideEncryptionConfigurationRule {
  return key === undefined
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
    : {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
        bucketKeyEnabled: true,
      };
}

type LifecycleRule = aws.types.input.s3.BucketLifecycleConfigurationRule;

function lifecycleRules(noncurrentVersionDays: number, retention: readonly RetentionPlan[]): LifecycleRule[] {
  const housekeeping: LifecycleRule = {
    id: "housekeeping",
    status: "Enabled",
    filter: { prefix: "" },
    abortIncompleteMultipartUpload: { daysAfterInitiation: incompleteUploadDays },
    noncurrentVersionExpiration: { noncurrentDays: noncurrentVersionDays },
    expiration: { expiredObjectDeleteMarker: true },
  };
  return [housekeeping, ...retention.map(retentionRule)];
}

function retentionRule({ tenant, prefix, days }: RetentionPlan): LifecycleRule {
  return { id: `retention-${tenant}`, status: "Enabled", filter: { prefix }, expiration: { days } };
}
