import { createHash } from "node:crypto";
import { arn, bucketArn, iamArn, type AwsScope } from "../iam/arn";

/** What AWS adds to a resource's inputs when it creates it. */
export interface Computed {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

type Inputs = Readonly<Record<string, unknown>>;
type Compute = (inputs: Inputs, resource: { name: string; scope: AwsScope }) => Computed;

/** The account of every synthesis; AWS's own example number, which nobody owns. */
export const syntheticAccount = "123456789012";

/** The id of a resource that merely configures a bucket is the bucket's name. */
const ofBucket: Compute = (inputs) => ({ id: text(inputs, "bucket"), outputs: {} });

const computedByType: Readonly<Record<string, Compute>> = {
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
  "aws:cloudwatch/logGroup:LogGroup": (inputs, { scope }) => {
    const name = text(inputs, "name");
    return { id: name, outputs: { arn: arn(scope, "logs", `log-group:${name}`) } };
  },
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

function digest(name: string): Buffer {
  return createHash("sha256").update(name).digest();
}

function hex(name: string, digits: number): string {
  return digest(name).toString("hex").slice(0, digits);
}

function dnsSuffix({ partition }: AwsScope): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

function text(inputs: Inputs, key: string): string {
  const value = inputs[key];
  if (typeof value !== "string") {
    throw new Error(`input "${key}" is missing or not text`);
  }
  return value;
}
