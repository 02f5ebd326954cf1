import { unknownValue } from "@pulumi/pulumi/runtime/rpc";

/** What stands for a value that a preview does not know. */
export { unknownValue };

/** A resource of a stack that is to be checked. */
export interface ExampleResource {
  type: string;
  /** Default: what the stack calls it. */
  name?: string;
  props: Record<string, unknown>;
  protect?: boolean;
  /** Properties that the program leaves to the provider; nothing sees them before the resource is registered. */
  computed?: Record<string, unknown>;
  /** Properties and the logical names of the resources that their values come from. */
  from?: Record<string, string[]>;
}

export type ExampleStack = Record<string, ExampleResource>;

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
export function exampleStack(): ExampleStack {
  return { ...exampleServer(), ...exampleUser(), ...exampleBucket() };
}

function exampleServer(): ExampleStack {
  return {
    door: {
      type: "aws:transfer/server:Server",
      props: {
        protocols: ["SFTP"],
        securityPolicyName: "TransferSecurityPolicy-2024-01",
        structuredLogDestinations: [`arn:aws:logs:us-east-1:${account}:log-group:door:*`],
      },
      protect: true,
    },
  };
}

function exampleUser(): ExampleStack {
  return {
    partners: {
      type: "aws:iam/role:Role",
      props: {
        name: "partners",
        arn: roleArn,
        assumeRolePolicy: JSON.stringify({
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
        }),
      },
    },
    partnersOnS3: {
      type: "aws:iam/rolePolicy:RolePolicy",
      props: {
        role: "partners",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "Files",
              Effect: "Allow",
              Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
              Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
            },
          ],
        }),
      },
    },
    wayne: {
      type: "aws:transfer/user:User",
      props: {
        userName: "wayne",
        role: roleArn,
        homeDirectoryType: "LOGICAL",
        homeDirectoryMappings: [{ entry: "/", target: `/${bucket}/wayne` }],
        policy: JSON.stringify(exampleSessionPolicy("wayne")),
      },
    },
  };
}

function exampleBucket(): ExampleStack {
  const tlsOnly = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": false } },
      },
    ],
  };
  return {
    drop: { type: "aws:s3/bucket:Bucket", props: { bucket, arn: `arn:aws:s3:::${bucket}` }, protect: true },
    dropPolicy: { type: "aws:s3/bucketPolicy:BucketPolicy", props: { bucket, policy: JSON.stringify(tlsOnly) } },
    dropBlock: {
      type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      props: {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    },
    dropVersions: {
      type: "aws:s3/bucketVersioning:BucketVersioning",
      props: { bucket, versioningConfiguration: { status: "Enabled" } },
    },
    dropEncryption: {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      props: { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] },
    },
    dropOwnership: {
      type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      props: { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    },
  };
}
