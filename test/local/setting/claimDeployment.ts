import type { Claim, Document, UserClaim } from "../../../access/isolation";
import type { Deployment } from "../../../synth/deployment";
import { draft, type ResourceDraft } from "./deployment";

/** A user of the broken documents who sees the whole bucket, so that nothing but the documents stands in its way. */
export type Probe = Pick<UserClaim, "userName" | "roleArn" | "session">;

/** The server that the sample documents' trust names. */
const serverId = "s-01234567890abcdef";

/** The documents of a claim as resources of a deployment, served to one user. */
export function claimDeployment(claim: Claim, probe: Probe): Deployment {
  const { bucket } = claim;
  return {
    stack: "test",
    outputs: { tenants: { probe: { userName: probe.userName, access: "read-write" } } },
    resources: [
      draft("aws:s3/bucket:Bucket", "landing", { bucket }, { arn: `arn:aws:s3:::${bucket}` }, bucket),
      ...(claim.bucketPolicy === undefined
        ? []
        : [draft("aws:s3/bucketPolicy:BucketPolicy", "landing", { bucket, policy: textOf(claim.bucketPolicy) })]),
      ...claim.roles.flatMap((role) => roleResources(role)),
      serverResource(claim),
      userResource(bucket, probe),
    ],
  };
}

function roleResources({ arn, policies, trust }: Claim["roles"][number]): ResourceDraft[] {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return [
    draft("aws:iam/role:Role", name, { assumeRolePolicy: textOf(trust ?? "") }, { arn, name }, name),
    ...policies.map((policy, index) =>
      draft("aws:iam/rolePolicy:RolePolicy", `${name}-${index}`, { role: name, policy: textOf(policy) }),
    ),
  ];
}

function serverResource({ scope }: Claim): ResourceDraft {
  const inputs = {
    protocols: ["SFTP"],
    domain: "S3",
    identityProviderType: "SERVICE_MANAGED",
    securityPolicyName: "TransferSecurityPolicy-2025-03",
    protocolDetails: { setStatOption: "ENABLE_NO_OP" },
    s3StorageOptions: { directoryListingOptimization: "ENABLED" },
  };
  const arn = `arn:aws:transfer:${scope.region}:${scope.account}:server/${serverId}`;
  return draft("aws:transfer/server:Server", "gateway", inputs, { arn, endpoint: "gateway.example" }, serverId);
}

function userResource(bucket: string, { userName, roleArn, session }: Probe): ResourceDraft {
  return draft("aws:transfer/user:User", userName, {
    serverId,
    userName,
    role: roleArn,
    ...(session === undefined ? {} : { policy: textOf(session) }),
    homeDirectoryType: "LOGICAL",
    homeDirectoryMappings: [{ entry: "/", target: `/${bucket}` }],
  });
}

function textOf(document: Document): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}
