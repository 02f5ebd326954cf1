import type { DeployedTenant } from "../tenancy/deployed";
import type { Access, SshKey, Tenant } from "../tenancy/model";
import { roleProfileOf, type LandingBucketRef } from "./documents";
import { grantsOf, landingFolder, type Grant } from "./grant";
import { sessionPolicyTexts } from "./sessionPolicyText";

/** A folder the client sees and the place in S3 it stands for; Transfer's name for it is a logical mapping. */
export interface LogicalMapping {
  readonly entry: string;
  /** `/BUCKET/PREFIX` without the closing slash, which Transfer refuses. */
  readonly target: string;
}

/** What decides which files a user reaches: all that a proof of its isolation has to look at. */
export interface UserAccess {
  readonly tenant: string;
  readonly userName: string;
  readonly grants: readonly Grant[];
  /** Whose role the user takes on. */
  readonly profile: Access;
  /** The text that is deployed and that the length limit counts. */
  readonly sessionPolicy: string;
  /** In the order of the grants: the provider compares them as a list. */
  readonly mappings: readonly LogicalMapping[];
}

/** Everything that one user is made of, decided before a resource is registered. */
export interface UserPlan extends UserAccess {
  /** What tenants.yaml says of the tenant's own files: its access, or `folders` where each folder has one. */
  readonly access: Access | "folders";
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
  const accessOf = userAccessIn(landing);
  return tenants.filter(isActive).map((tenant) => userPlan(tenant, accessOf(tenant)));
}

/** Their access alone. */
export function userAccesses(tenants: readonly Tenant[], landing: LandingBucketRef): UserAccess[] {
  return tenants.filter(isActive).map(userAccessIn(landing));
}

function isActive({ state }: Tenant): boolean {
  return state === "active";
}

function userAccessIn(landing: LandingBucketRef): (tenant: Tenant) => UserAccess {
  const sessionPolicyText = sessionPolicyTexts(landing);
  return (tenant) => {
    const grants = grantsOf(tenant);
    return {
      tenant: tenant.name,
      userName: tenant.userName,
      grants,
      profile: roleProfileOf(grants),
      sessionPolicy: sessionPolicyText(grants),
      mappings: grants.map(({ entry, prefix }) => ({ entry, target: `/${landing.bucket}/${prefix.slice(0, -1)}` })),
    };
  };
}

function userPlan(tenant: DeployedTenant, access: UserAccess): UserPlan {
  const { grants } = access;
  const folder = landingFolder(grants);
  return {
    ...access,
    access: tenant.access ?? "folders",
    landingFolder: folder,
    homeDirectory: grants.some(({ entry }) => entry === folder) ? folder : undefined,
    keys: tenant.deployedKeys,
    tags: { ...tenant.tags, "sftp-gateway:tenant": tenant.name },
  };
}
