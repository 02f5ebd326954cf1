import { arn, bucketArn, iamArn, type AwsScope } from "../iam/arn";
import {
  digest,
  dnsSuffix,
  hex,
  text,
  type Compute,
  type Computed,
  type ComputeByType,
  type Inputs,
} from "./computed/compute";
import { functions } from "./computed/functions";
import { messaging } from "./computed/messaging";
import { monitoring } from "./computed/monitoring";

export type { Computed } from "./computed/compute";

/** The account of every synthesis; AWS's own example number, which nobody owns. */
export const syntheticAccount = "123456789012";

/** The id of a resource that merely configures a bucket is the bucket's name. */
const ofBucket: Compute = (inputs) => ({ id: text(inputs, "bucket"), outputs: {} });

const computedByType: ComputeByType = {
  ...functions,
  ...messaging,
  ...monitoring,
  "aws:s3/bucket:Bucket": (inputs, { scope }) => {
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
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketNotification:BucketNotification": ofBucket,
  "aws:iam/role:Role": (inputs, { scope }) => {
    const name = text(inputs, "name");
    return {
      id: name,
      outputs: { arn: iamArn(scope, `role/${name}`), uniqueId: `AROA${hex(name, 17).toUpperCase()}` },
    };
  },
  "aws:iam/rolePolicy:RolePolicy": (inputs) => ({
    id: `${text(inputs, "role")}:${text(inputs, "name")}`,
    outputs: {},
  }),
  "aws:transfer/server:Server": (_, { name, scope }) => {
    const id = `s-${hex(name, 17)}`;
    return {
      id,
      outputs: {
        arn: arn(scope, "transfer", `server/${id}`),
        endpoint: `${id}.server.transfer.${scope.region}.${dnsSuffix(scope)}`,
        hostKeyFingerprint: `SHA256:${digest(name).toString("base64").replace(/=+$/, "")}`,
      },
    };
  },
  "aws:transfer/user:User": (inputs, { scope }) => {
    const serverAndUser = `${text(inputs, "serverId")}/${text(inputs, "userName")}`;
    return { id: serverAndUser, outputs: { arn: arn(scope, "transfer", `user/${serverAndUser}`) } };
  },
  "aws:transfer/sshKey:SshKey": (inputs, { name }) => {
    const sshKeyId = `key-${hex(name, 17)}`;
    return { id: `${text(inputs, "serverId")}/${text(inputs, "userName")}/${sshKeyId}`, outputs: { sshKeyId } };
  },
};

/**
 * What AWS would compute for a resource: realistic in form, the same in every run, derived from the logical name where
 * AWS would draw at random.
 * @throws Error for a type that is not known here; nothing is made up.
 */
export function computed(type: string, name: string, inputs: Inputs, scope: AwsScope): Computed {
  const compute = computedByType[type];
  if (compute === undefined) {
    throw new Error(`synth/computed.ts does not know what AWS computes for ${type}`);
  }
  return compute(inputs, { name, scope });
}

/** The answers to the program's invokes. @throws Error for one that is not known here. */
export function invoked(token: string): Record<string, unknown> {
  if (token === "aws:index/getCallerIdentity:getCallerIdentity") {
    return {
      accountId: syntheticAccount,
      arn: `arn:aws:iam::${syntheticAccount}:user/synth`,
      id: syntheticAccount,
      userId: "AIDAEXAMPLE",
    };
  }
  throw new Error(`synth/computed.ts does not know the answer to the invoke ${token}`);
}
