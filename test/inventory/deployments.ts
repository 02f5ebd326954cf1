import type { Statement } from "../../iam/policy";
import { inventoryOf } from "../../inventory/inventory";
import { Sessions, type UserSession } from "../../inventory/session";
import type { Deployment } from "../../synth/deployment";
import { bucket, draft, type ResourceDraft } from "../local/setting/deployment";

export const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/1234";

/** What makes S3 encrypt a bucket's objects with a key of one's own. */
export function encryptedWith(key: string, name = bucket): ResourceDraft {
  return draft("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "landing", {
    bucket: name,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key } }],
  });
}

/** A key with a policy of its own. */
export function keyWith(...statements: readonly Statement[]): ResourceDraft {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return draft("aws:kms/key:Key", "landing", { policy }, { arn: keyArn });
}

/** The session of the first user of that login name. */
export function sessionOf(deployment: Deployment, userName: string): UserSession {
  const inventory = inventoryOf(deployment);
  const user = inventory.users.find((one) => one.userName === userName);
  if (user === undefined) {
    throw new Error(`there is no user ${userName}`);
  }
  return new Sessions(inventory).of(user);
}
