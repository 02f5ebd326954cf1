import { policyText } from "../iam/policy";
import type { DeployedTenant } from "../tenancy/deployed";
import type { Access, SshKey } from "../tenancy/model";
import { roleProfileOf, sessionPolicy, type LandingBucketRef } from "./documents";
import { grantsOf, landingFolder, type Grant } from "./grant";

/** A folder the client sees and the place in S3 it stands for; Transfer's name for it is a logical mapping. */
export interface LogicalMapping {
  readonly entry: string;
  /** `/BUCKET/PREFIX` without the closing slash, which Transfer refuses. */
  readonly target: string;
}

/** Everything that one user is made of, decided before a resource is registered. */
export interface UserPlan {
  readonly tenant: string;
  readonly userName: string;
  readonly grants: readonly Grant[];
  /** What tenants.yaml says of the tenant's own files: its access, or `folders` where each folder has one. */
  readonly access: Access | "folders";
  /** Whose role the user takes on. */
  readonly profile: Access;
  /** The text that is deployed and that the length limit counts. */
  readonly sessionPolicy: string;
  /** In the order of the grants: the provider compares them as a list. */
  readonly mappings: readonly LogicalMapping[];
  /** The client's path after login. */
  readonly landingFolder: string;
  /** The same as Transfer takes it: it must equal an entry, so it is unset where the root only shows the entries. */
  readonly homeDirectory: string | undefined;
  /** Sorted by fingerprint. */
  readonly keys: readonly SshKey[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The users that a stack deploys, one for each tenant that is not suspended, in the tenants' order. */
export function userPlans(tenants: readonly DeployedTenant[], landing: LandingBucketRef): UserPlan[] {
  return tenants.filter(({ state }) => state === "active").map((tenant) => userPlan(tenant, landing));
}

function userPlan(tenant: DeployedTenant, landing: LandingBucketRef): UserPlan {
  const grants = grantsOf(tenant);
  const folder = landingFolder(grants);
  return {
    tenant: tenant.name,
    userName: tenant.userName,
    grants,
    access: tenant.access ?? "folders",
    profile: roleProfileOf(grants),
    sessionPolicy: policyText(sessionPolicy(landing, grants)),
    mappings: grants.map(({ entry, prefix }) => ({ entry, target: `/${landing.bucket}/${prefix.slice(0, -1)}` })),
    landingFolder: folder,
    homeDirectory: grants.some(({ entry }) => entry === folder) ? folder : undefined,
    keys: tenant.deployedKeys,
    tags: { ...tenant.tags, "sftp-gateway:tenant": tenant.name },
  };
}
