import type { AwsScope } from "../iam/arn";
import { iamArn } from "../iam/arn";
import type { DeployedTenant } from "../tenancy/deployed";
import type { Problem } from "../tenancy/problem";
import { accessRolePolicy, landingBucketPolicy, roleProfiles, sessionPolicyLimit } from "./documents";
import { proveIsolation, violationText, type Claim } from "./isolation";
import { userPlans, type UserPlan } from "./userPlan";

/** What a stack would deploy, as far as access is concerned. */
export interface AccessOfStack {
  readonly stack: string;
  readonly scope: AwsScope;
  /** The landing bucket's name. */
  readonly bucket: string;
  /** The tenants of the stack, those suspended included. */
  readonly tenants: readonly DeployedTenant[];
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
  const plans = userPlans(access.tenants, { partition: access.scope.partition, bucket: access.bucket });
  const tenants = new Map(access.tenants.map((tenant) => [tenant.name, tenant]));
  const problem = (tenant: string | undefined, message: string): Problem => {
    const position = (tenant === undefined ? undefined : tenants.get(tenant)?.position) ?? { line: 1, column: 1 };
    const about = tenant === undefined ? {} : { tenant };
    return { severity: "error", file, ...position, message: `in stack "${access.stack}": ${message}`, ...about };
  };
  return [
    ...plans
      .filter(({ sessionPolicy }) => sessionPolicy.length > sessionPolicyLimit)
      .map((plan) => problem(plan.tenant, tooLong(plan))),
    ...tooManyRetentionRules(access.tenants).map(({ name, message }) => problem(name, message)),
    ...proveIsolation(isolationClaim(access, plans)).map((violation) =>
      problem(violation.tenant, violationText(violation)),
    ),
  ];
}

function tooLong({ tenant, sessionPolicy, grants }: UserPlan): string {
  return (
    `the session policy of "${tenant}" has ${sessionPolicy.length} characters and Transfer stores ` +
    `${sessionPolicyLimit}; it names ${grants.length} folders and spaces: use fewer of them, or shorter names`
  );
}

function tooManyRetentionRules(tenants: readonly DeployedTenant[]): { name: string; message: string }[] {
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

/** The very texts that are deployed; the roles' trust names a server that does not exist yet and is judged in tests. */
function isolationClaim({ scope, bucket }: AccessOfStack, plans: readonly UserPlan[]): Claim {
  const landing = { partition: scope.partition, bucket };
  const roleArn = (profile: string) => iamArn(scope, `role/${profile}`);
  return {
    scope,
    bucket,
    users: plans.map(({ tenant, userName, grants, sessionPolicy, profile, mappings }) => ({
      tenant,
      userName,
      grants,
      session: sessionPolicy,
      roleArn: roleArn(profile),
      mappings,
    })),
    roles: roleProfiles.map((profile) => ({ arn: roleArn(profile), policies: [accessRolePolicy(landing, profile)] })),
    bucketPolicy: landingBucketPolicy(landing),
  };
}
