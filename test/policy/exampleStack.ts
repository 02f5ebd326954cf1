import type { Unwrap } from "@pulumi/pulumi";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import type { PropertiesByType, ResourceType } from "../../policy/resourceTypes";

/** What stands for a value that a preview does not know: of the type that fits in the place of any other. */
export const unknownValue = rpc.unknownValue as never;

/** A resource of a stack that is to be checked. */
export interface ExampleResource {
  readonly type: string;
  /** Default: what the stack calls it. */
  readonly name?: string;
  readonly props: object;
  readonly protect?: boolean;
  /** Name of the provider that manages it. Default: one for all. */
  readonly provider?: string;
  /** Properties that the program leaves to the provider; nothing sees them before the resource is registered. */
  readonly computed?: object;
  /** Properties and the logical names of the resources that their values come from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
}

export type ExampleStack = Readonly<Record<string, ExampleResource>>;

/** The arguments of a type of resource, and what AWS computes beside them, as plain values. */
export type Properties<Type extends ResourceType> = Unwrap<PropertiesByType[Type]>;

/** A resource with arguments of its own type: a misspelt one does not compile. */
export interface TypedResource<Type extends ResourceType> extends ExampleResource {
  readonly type: Type;
  readonly props: Properties<Type>;
}

export function resource<Type extends ResourceType>(
  type: Type,
  props: Properties<Type>,
  options: { readonly protect?: boolean } = {},
): TypedResource<Type> {
  return { type, props, ...options };
}

const account = "111122223333";
const bucket = "partner-drop";
const roleArn = `arn:aws:iam::${account}:role/partners`;

/** A session policy as somebody else may write it. */
export function exampleSessionPolicy(folder: string) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SeeFolder",
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [`arn:aws:s3:::${bucket}`],
        Condition: { StringLike: { "s3:prefix": [`${folder}/`, `${folder}/*`] } },
      },
      {
        Sid: "UseFiles",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: [`arn:aws:s3:::${bucket}/${folder}/*`],
      },
    ],
  };
}

/** A stack that is not ours and holds to every policy. Tests break one thing in it. */
export function exampleStack() {
  return { ...exampleServer(), ...exampleUser(), ...exampleBucket() };
}

function exampleServer() {
  return {
    door: resource(
      "aws:transfer/server:Server",
      {
        protocols: ["SFTP"],
        securityPolicyName: "TransferSecurityPolicy-2024-01",
        structuredLogDestinations: [`arn:aws:logs:us-east-1:${account}:log-group:door:*`],
      },
      { protect: true },
    ),
  };
}

function exampleUser() {
  const trust = {
    Version: "2008-10-17",
    Statement: {
      Sid: "Transfer",
      Effect: "Allow",
      Principal: { Service: ["transfer.amazonaws.com"] },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:aws:transfer:us-east-1:${account}:user/*` },
      },
    },
  };
  const files = {
    Sid: "Files",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  };
  return {
    partners: resource("aws:iam/role:Role", {
      name: "partners",
      arn: roleArn,
      assumeRolePolicy: JSON.stringify(trust),
    }),
    partnersOnS3: resource("aws:iam/rolePolicy:RolePolicy", {
      role: "partners",
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [files] }),
    }),
    wayne: resource("aws:transfer/user:User", {
      userName: "wayne",
      role: roleArn,
      homeDirectoryType: "LOGICAL",
      homeDirectoryMappings: [{ entry: "/", target: `/${bucket}/wayne` }],
      policy: JSON.stringify(exampleSessionPolicy("wayne")),
    }),
  };
}

function exampleBucket() {
  const tlsOnly = {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: { Bool: { "aws:SecureTransport": false } },
  };
  return {
    drop: resource("aws:s3/bucket:Bucket", { bucket, arn: `arn:aws:s3:::${bucket}` }, { protect: true }),
    dropPolicy: resource("aws:s3/bucketPolicy:BucketPolicy", {
      bucket,
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [tlsOnly] }),
    }),
    dropBlock: resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    dropVersions: resource("aws:s3/bucketVersioning:BucketVersioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    }),
    dropEncryption: resource("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
      bucket,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
    }),
    dropOwnership: resource("aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    }),
  };
}
