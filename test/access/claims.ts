import {
  accessRolePolicy,
  accessRoleTrust,
  landingBucketPolicy,
  roleProfileOf,
  sessionPolicy,
} from "../../access/documents";
import { grantsOf } from "../../access/grant";
import { listingContext, sessionContext } from "../../access/sessionContext";
import type { Claim, UserClaim } from "../../access/isolation";
import { compilePolicies, decide, type AccessRequest, type Policies } from "../../iam/evaluate";
import { folder } from "../tenant";
import { asDocument } from "./asDocument";
import type { Access, Tenant } from "../../tenancy/model";
import { accessNames } from "../../tenancy/access";

export const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
export const bucket = "landing";
export const bucketResource = `arn:aws:s3:::${bucket}`;

/** What of a tenant decides its access. */
export type TenantAccess = Pick<Tenant, "name" | "userName" | "access" | "folders" | "spaces">;

/** Every shape of access: two names of which one starts like the other, folders, spaces, each profile. */
export const sampleTenants: readonly TenantAccess[] = [
  { name: "acme", userName: "ACME_batch", access: "read-write", folders: [], spaces: [] },
  { name: "acme-corp", userName: "acme-corp", access: "read-write", folders: [], spaces: [] },
  {
    name: "beta",
    userName: "beta",
    folders: [
      folder({ name: "inbox", access: "write-only" }),
      folder({ name: "outbox", path: "/Out/From Us", access: "read-only" }),
    ],
    spaces: [folder({ name: "catalogue", access: "read-only" })],
  },
  { name: "drop", userName: "drop", access: "write-only", folders: [], spaces: [] },
  {
    name: "gamma",
    userName: "gamma",
    access: "read-write",
    folders: [],
    spaces: [folder({ name: "catalogue", access: "write-only" })],
  },
  { name: "reader", userName: "reader", access: "read-only", folders: [], spaces: [] },
];

export function roleArnOf(profile: Access): string {
  return `arn:aws:iam::${scope.account}:role/access-${profile}`;
}

/** The documents as the project writes them, and the grants they are written from. */
export function claimOf(tenants: readonly TenantAccess[]): Claim {
  const landing = { partition: scope.partition, bucket };
  return {
    scope,
    bucket,
    users: tenants.map((tenant): UserClaim => {
      const grants = grantsOf(tenant);
      return {
        tenant: tenant.name,
        userName: tenant.userName,
        grants,
        session: sessionPolicy(landing, grants),
        roleArn: roleArnOf(roleProfileOf(grants)),
        mappings: grants.map(({ entry, prefix }) => ({ entry, target: `/${bucket}/${prefix.slice(0, -1)}` })),
      };
    }),
    roles: accessNames.map((profile) => ({
      arn: roleArnOf(profile),
      policies: [accessRolePolicy(landing, profile)],
      trust: accessRoleTrust(scope, "s-01234567890abcdef", "service-managed"),
    })),
    bucketPolicy: landingBucketPolicy(landing),
  };
}

/** All documents of the claim that decide what a user may do. */
export function policiesOf(user: UserClaim, claim: Claim): Policies {
  const role = claim.roles.find(({ arn }) => arn === user.roleArn);
  return compilePolicies({
    identity: (role?.policies ?? []).map(asDocument),
    session: asDocument(user.session),
    resource: asDocument(claim.bucketPolicy),
  });
}

/** Whether these together allow a user's request. */
export function isAllowed(user: UserClaim, asked: AccessRequest, claim: Claim): boolean {
  return decide(policiesOf(user, claim), asked).allowed;
}

/** A user's request on an object, or for a listing of a prefix. */
export function requestOf(user: UserClaim, claim: Claim, action: string, key: string): AccessRequest {
  const { account } = claim.scope;
  const principal = { kind: "role-session" as const, account, roleArn: user.roleArn, sessionName: user.userName };
  const common = { principal, action };
  const known = sessionContext(claim.scope, user.userName);
  return action === "s3:ListBucket"
    ? { ...common, resource: bucketResource, context: { ...known, ...listingContext(key) } }
    : { ...common, resource: `${bucketResource}/${key}`, context: { ...known, ...listingContext(undefined) } };
}
