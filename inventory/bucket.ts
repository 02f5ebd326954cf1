import type { DeployedResource, Deployment } from "../synth/deployment";
import { DeployedDocument } from "./document";
import { deployedKeys, isKeyArn, type EncryptionKey } from "./key";
import {
  blocksOf,
  firstSetInput,
  labelOf,
  resourcesBy,
  resourcesOf,
  textOf,
  UnreadableDeploymentError,
} from "./resources";

/** A bucket that users' folders may lie in. */
export interface DeployedBucket {
  readonly label: string;
  readonly name: string;
  readonly policy: DeployedDocument | undefined;
  /** The KMS key that encrypts its objects; undefined when S3 does it with keys of its own. */
  readonly encryptionKey: EncryptionKey | undefined;
}

/** The buckets of a deployment by name. @throws UnreadableDeploymentError for one that is encrypted in an unknown way. */
export function deployedBuckets(deployment: Deployment): ReadonlyMap<string, DeployedBucket> {
  const policies = resourcesBy(deployment, "aws:s3/bucketPolicy:BucketPolicy", "bucket");
  const encryptions = resourcesBy(
    deployment,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "bucket",
  );
  const keyOf = deployedKeys(deployment);
  const buckets = resourcesOf(deployment, "aws:s3/bucket:Bucket").map((bucket): DeployedBucket => {
    const name = textOf(bucket, "bucket");
    const policy = onlyOne(policies.get(name), bucket, "policy");
    const encryption = onlyOne(encryptions.get(name), bucket, "serverSideEncryptionConfiguration");
    const arn = encryption && keyArnOf(encryption);
    return {
      label: labelOf(bucket),
      name,
      policy: policy && new DeployedDocument(policy, "policy"),
      encryptionKey: arn === undefined ? undefined : keyOf(arn),
    };
  });
  return new Map(buckets.map((bucket) => [bucket.name, bucket]));
}

/** AWS keeps one of each kind, whoever writes it. */
function onlyOne(
  [first, second]: readonly DeployedResource[] = [],
  bucket: DeployedResource,
  ownInput: string,
): DeployedResource | undefined {
  if (firstSetInput(bucket, [ownInput]) !== undefined) {
    throw new UnreadableDeploymentError(labelOf(bucket), `"${ownInput}" is read from a resource of its own alone`);
  }
  if (second !== undefined) {
    throw new UnreadableDeploymentError(labelOf(second), `a second one for ${labelOf(bucket)}; AWS keeps one of them`);
  }
  return first;
}

function keyArnOf(encryption: DeployedResource): string | undefined {
  const [rule] = blocksOf(encryption, "rules");
  const byDefault = (rule?.["applyServerSideEncryptionByDefault"] ?? {}) as Readonly<Record<string, unknown>>;
  const { sseAlgorithm, kmsMasterKeyId } = byDefault;
  if (sseAlgorithm === "AES256") {
    return undefined;
  }
  if (sseAlgorithm !== "aws:kms" || !isKeyArn(kmsMasterKeyId)) {
    const why = 'only AES256, or "aws:kms" with the ARN of a key, is understood';
    throw new UnreadableDeploymentError(labelOf(encryption), why);
  }
  return kmsMasterKeyId;
}
