import type { AwsScope } from "../iam/arn";
import { iamArn } from "../iam/arn";
import type { Tenant } from "../tenancy/model";
import type { Problem } from "../tenancy/problem";
import { accessRolePolicy, landingBucketPolicy, roleProfiles, sessionPolicyLimit } from "./documents";
import { proveIsolation, findingText, type Claim } from "./isolation";
import { userAccesses, type UserAccess } from "./userPlan";

/** What a stack would deploy, as far as access is concerned. */
export interface AccessOfStack {
  readonly stack: string;
  readonly scope: AwsScope;
  /** The landing bucket's name. */
  readonly bucket: string;
  /** The tenants of the stack, those suspended included. */
  readonly tenants: readonly Tenant[];
}

/** Rules in a bucket's lifecycle. Source: S3 User Guide, "Managing the lifecycle of objects". */
const lifecycleRuleLimit = 1000;

/** Rules of ours that belong to no tenant. */
const ownLifecycleRules = 1;

/**
 * What keeps a stack from being deployed although tenants.yaml is well formed: a session policy that Transfer would not
 * store, more retention rules than a bucket holds, or documents whose isolation is not proven.
 * @param file The path of tenants.yaml as the user gave it, for the problems.
 */
export function verifyAccess(file: string, access: AccessOfStack): Problem[] {
  const users = userAccesses(access.tenants, { partition: access.scope.partition, bucket: access.bucket });
  const tenants = new Map(access.tenants.map((tenant) => [tenant.name, tenant]));
  const problem = (tenant: string | undefined, message: string): Problem => {
    const position = (tenant === undefined ? undefined : tenants.get(tenant)?.position) ?? { line: 1, column: 1 };
    const about = tenant === undefined ? {} : { tenant };
    return { severity: "error", file, ...position, message: `in stack "${access.stack}": ${message}`, ...about };
  };
  return [
    ...users
      .filter(({ sessionPolicy }) => sessionPolicy.length > sessionPolicyLimit)
      .map((user) => problem(user.tenant, tooLong(user))),
    ...tooManyRetentionRules(access.tenants).map(({ name, message }) => problem(name, message)),
    ...proveIsolation(isolationClaim(access, users)).map((finding) => problem(finding.tenant, findingText(finding))),
  ];
}

function tooLong({ tenant, sessionPolicy, grants }: UserAccess): string {
  return (
    `the session policy of "${tenant}" has ${sessionPolicy.length} characters and Transfer stores ` +
    `${sessionPolicyLimit}; it names ${grants.length} folders and spaces: use fewer of them, or shorter names`
  );
}

function tooManyRetentionRules(tenants: readonly Tenant[]): { name: string; message: string }[] {
  const room = lifecycleRuleLimit - ownLifecycleRules;
  const retaining = tenants.filter(({ retentionDays }) => retentionDays !== undefined);
  const first = retaining[room];
  return first === undefined
    ? []
    : [
        {
          name: first.name,
          message:
            `${retaining.length} tenants have "retentionDays" and a bucket has room for ${room}: ` +
            "leave it out where files may stay, or deploy some of the tenants as a stack of their own",
        },
      ];
}

/** The very texts that are deployed; the roles' trust names a server that does not exist yet and is checked in tests. */
function isolationClaim({ scope, bucket }: AccessOfStack, users: readonly UserAccess[]): Claim {
  const landing = { partition: scope.partition, bucket };
  const roles = roleProfiles.map((profile) => ({ profile, arn: iamArn(scope, `role/${profile}`) }));
  const roleArns = new Map(roles.map(({ profile, arn }) => [profile, arn]));
  return {
    scope,
    bucket,
    users: users.map(({ tenant, userName, grants, sessionPolicy, profile, mappings }) => ({
      tenant,
      userName,
      grants,
      session: sessionPolicy,
      roleArn: roleArns.get(profile) ?? "",
      mappings,
    })),
    roles: roles.map(({ profile, arn }) => ({ arn, policies: [accessRolePolicy(landing, profile)] })),
    bucketPolicy: landingBucketPolicy(landing),
  };
}
