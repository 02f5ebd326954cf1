import type { DeployedResource, Deployment } from "../../../synth/deployment";

/** A deployment that tests may change before it is served. */
export interface DeploymentDraft extends Deployment {
  readonly resources: ResourceDraft[];
  outputs: Record<string, unknown>;
}

export type ResourceDraft = DeployedResource & { inputs: Record<string, unknown>; outputs: Record<string, unknown> };

export interface UserDraft {
  readonly tenant: string;
  readonly userName?: string;
  readonly publicKeys?: readonly string[];
  /** Entry -> prefix without its last slash. Default: `/` -> `tenants/TENANT`. */
  readonly mappings?: Readonly<Record<string, string>>;
  readonly homeDirectory?: string;
  /** Statements of the session policy. Default: everything below the tenant's prefix. */
  readonly session?: readonly Statement[];
}

type Statement = Record<string, unknown>;

export const bucket = "sftp-gateway-test-123456789012";
export const bucketArn = `arn:aws:s3:::${bucket}`;
export const serverId = "s-0123456789abcdef0";
const account = "123456789012";
export const roleArn = `arn:aws:iam::${account}:role/read-write-1234567`;

/** What a tenant that reads and writes may do below a prefix, as statements of a policy. */
export function readWriteBelow(prefix: string): Statement[] {
  return [
    {
      Sid: "List",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucketArn,
      Condition: { StringLike: { "s3:prefix": [prefix, `${prefix}*`] } },
    },
    {
      Sid: "Objects",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: `${bucketArn}/${prefix}*`,
    },
  ];
}

export function policyText(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** One server, one bucket, one role for all, and a user for each tenant, written by hand as the synthesis prints them. */
export function deploymentOf(...users: readonly UserDraft[]): DeploymentDraft {
  return {
    stack: "test",
    resources: [...shared(), ...users.flatMap(userResources)],
    outputs: {
      tenants: Object.fromEntries(
        users.map(({ tenant, userName = tenant }) => [tenant, { userName, access: "read-write" }]),
      ),
    },
  };
}

/** The first resource of a type, by what follows the last colon: `RolePolicy`. */
export function resource(deployment: DeploymentDraft, type: string, name?: string): ResourceDraft {
  const found = deployment.resources.find(
    (candidate) => candidate.type.endsWith(`:${type}`) && (name === undefined || candidate.name === name),
  );
  if (found === undefined) {
    throw new Error(`no ${type} ${name ?? ""}`);
  }
  return found;
}

function shared(): ResourceDraft[] {
  return [
    draft("aws:s3/bucket:Bucket", "landing", { bucket }, { arn: bucketArn }, bucket),
    draft("aws:s3/bucketPolicy:BucketPolicy", "landing", {
      bucket,
      policy: policyText([
        {
          Sid: "DenyPlaintext",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucketArn, `${bucketArn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    }),
    draft(
      "aws:iam/role:Role",
      "read-write",
      {
        assumeRolePolicy: policyText([
          {
            Effect: "Allow",
            Principal: { Service: "transfer.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": account },
              ArnLike: { "aws:SourceArn": `arn:aws:transfer:eu-central-1:${account}:user/${serverId}/*` },
            },
          },
        ]),
      },
      { arn: roleArn, name: "read-write-1234567" },
      "read-write-1234567",
    ),
    draft("aws:iam/rolePolicy:RolePolicy", "read-write", {
      role: "read-write-1234567",
      policy: policyText([...readWriteBelow("tenants/"), ...readWriteBelow("shared/")]),
    }),
    draft(
      "aws:transfer/server:Server",
      "gateway",
      {
        protocols: ["SFTP"],
        domain: "S3",
        identityProviderType: "SERVICE_MANAGED",
        securityPolicyName: "TransferSecurityPolicy-2025-03",
        protocolDetails: { setStatOption: "ENABLE_NO_OP" },
        s3StorageOptions: { directoryListingOptimization: "ENABLED" },
      },
      { arn: `arn:aws:transfer:eu-central-1:${account}:server/${serverId}`, endpoint: "gateway.example" },
      serverId,
    ),
  ];
}

function userResources(user: UserDraft): ResourceDraft[] {
  const { tenant, userName = tenant, publicKeys = [], homeDirectory } = user;
  const { mappings = { "/": `tenants/${tenant}` }, session = readWriteBelow(`tenants/${tenant}/`) } = user;
  return [
    draft("aws:transfer/user:User", userName, {
      serverId,
      userName,
      role: roleArn,
      policy: policyText(session),
      homeDirectoryType: "LOGICAL",
      homeDirectoryMappings: Object.entries(mappings).map(([entry, prefix]) => ({
        entry,
        target: `/${bucket}/${prefix}`,
      })),
      ...(homeDirectory === undefined ? {} : { homeDirectory }),
    }),
    ...publicKeys.map((body, index) =>
      draft("aws:transfer/sshKey:SshKey", `${userName}-${index}`, { serverId, userName, body }),
    ),
  ];
}

/** One resource as the synthesis prints it. */
export function draft(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  computed: Record<string, unknown> = {},
  id = name,
): ResourceDraft {
  return {
    urn: `urn:pulumi:test::sftp-gateway::${type}::${name}`,
    type,
    name,
    parent: null,
    custom: true,
    id,
    inputs,
    outputs: { ...inputs, ...computed },
    protect: false,
    retainOnDelete: false,
    dependsOn: [],
  };
}
