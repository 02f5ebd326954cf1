/** Where a deployment lies in AWS: every ARN starts from these. */
export interface AwsScope {
  /** `aws`, `aws-cn`, `aws-us-gov` ... */
  readonly partition: string;
  /** For example `eu-central-1`. */
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
}

const partitionsByRegionPrefix: ReadonlyArray<readonly [prefix: string, partition: string]> = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["us-iso-", "aws-iso"],
  ["eu-isoe-", "aws-iso-e"],
  ["eusc-", "aws-eusc"],
];

/** The partition a region belongs to, as botocore's `partitions.json` assigns them by the region's name. */
export function partitionOf(region: string): string {
  const match = partitionsByRegionPrefix.find(([prefix]) => region.startsWith(prefix));
  return match ? match[1] : "aws";
}

/** The domain that a partition's services end in. */
export function dnsSuffixOf(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/** A service as KMS knows it that asks in somebody's name. Source: AWS KMS Developer Guide, "kms:ViaService". */
export function viaService({ region, partition }: Pick<AwsScope, "region" | "partition">, service: string): string {
  return `${service}.${region}.${dnsSuffixOf(partition)}`;
}

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`. */
export function arn(scope: AwsScope, service: string, resource: string): string {
  return `arn:${scope.partition}:${service}:${scope.region}:${scope.account}:${resource}`;
}

/** IAM is global: its ARNs carry an account and no region. */
export function iamArn(scope: AwsScope, resource: string): string {
  return `arn:${scope.partition}:iam::${scope.account}:${resource}`;
}

/** Bucket names are unique in a partition: their ARNs carry neither region nor account, hence three colons. */
export function bucketArn(partition: string, bucket: string): string {
  return `arn:${partition}:s3:::${bucket}`;
}
