import { sessionPolicyLimit } from "./documents";
import type { KeyReference } from "./encryption";
import { findingText, proveIsolation, type Claim, type Finding } from "./isolation";
import { serviceRoleFindings } from "./isolation/serviceRoles";
import { keyPolicyLimit } from "./keyPolicy";
import type { AccessPlan, ServiceRolePlan, UserPlan } from "./plan";

/** Why a plan may not be deployed. */
export interface Objection {
  /** Whose access it is about. */
  readonly tenant?: string | undefined;
  /** A sentence for people. */
  readonly message: string;
}

/** What came of proving a plan. */
export type Proof =
  | { readonly access: ProvenAccess; readonly objections?: undefined }
  | { readonly access?: undefined; readonly objections: readonly Objection[] };

/** Known here alone, so that nobody else can make a {@link ProvenAccess}. */
const maker = Symbol("the proof");

/**
 * A plan against which nothing stands, frozen to its last value. Only {@link prove} makes one; a copy or a cast of one is
 * told apart at run time.
 */
export class ProvenAccess {
  readonly #made = true;

  /** @throws Error for everybody but {@link prove}. */
  constructor(
    madeBy: symbol,
    readonly plan: AccessPlan,
  ) {
    if (madeBy !== maker) {
      throw new Error("only the proof makes a ProvenAccess");
    }
    Object.freeze(this);
  }

  /** The plan of what was proven. @throws Error for anything that the proof has not made. */
  static planOf(access: ProvenAccess): AccessPlan {
    if (!(typeof access === "object" && #made in access)) {
      throw new Error("this access was not proven; access/proof.ts makes what components take");
    }
    return access.plan;
  }
}

/**
 * Proves that no tenant reaches anything but what tenants.yaml grants it, and that AWS stores what is deployed for it; or
 * says what stands against that. The texts of the plan are the ones that are deployed.
 */
export function prove(plan: AccessPlan): Proof {
  const objections: Objection[] = [
    ...plan.users.filter(({ session }) => session.length > sessionPolicyLimit).map(tooLong),
    ...tooManyRetentionRules(plan),
    ...tooLongKeyPolicy(plan),
    ...findingsIn(plan).map((finding) => ({ tenant: finding.tenant, message: findingText(finding) })),
  ];
  return objections.length > 0 ? { objections } : { access: new ProvenAccess(maker, deepFrozen(plan)) };
}

function findingsIn(plan: AccessPlan): Finding[] {
  return [
    ...proveIsolation(claimOf(plan)),
    ...serviceRolesOf(plan).flatMap((role) => serviceRoleFindings(role, keysOf(plan))),
  ];
}

function serviceRolesOf({ loggingRole, serviceRoles, identityProviderRole }: AccessPlan): ServiceRolePlan[] {
  return [loggingRole, ...serviceRoles, ...(identityProviderRole === undefined ? [] : [identityProviderRole])];
}

function keysOf({ encryption }: AccessPlan): KeyReference[] {
  return encryption === undefined ? [] : [encryption.key];
}

function claimOf(plan: AccessPlan): Claim {
  const serverAssumes = plan.signIn.identityProvider === "lambda";
  return {
    ...plan,
    serverAssumes,
    keys: keysOf(plan),
    roles: plan.roles.map(({ arn, policy, trust }) => ({ arn, policies: [policy], trust })),
  };
}

function tooLong({ tenant, session, grants }: UserPlan): Objection {
  const message =
    `the session policy of "${tenant}" has ${session.length} characters and Transfer stores ${sessionPolicyLimit}; ` +
    `it names ${grants.length} folders and spaces: use fewer of them, or shorter names`;
  return { tenant, message };
}

/** It grows with the readers of queues alone. */
function tooLongKeyPolicy({ keyPolicy = "" }: AccessPlan): Objection[] {
  const message =
    `the policy of the key has ${keyPolicy.length} characters and KMS takes ${keyPolicyLimit}: ` +
    'let fewer roles and users read from queues ("readers")';
  return keyPolicy.length > keyPolicyLimit ? [{ message }] : [];
}

/** Rules in a bucket's lifecycle. Source: S3 User Guide, "Managing the lifecycle of objects". */
const lifecycleRuleLimit = 1000;

/** Rules of ours that belong to no tenant. */
const ownLifecycleRules = 1;

function tooManyRetentionRules({ retention }: AccessPlan): Objection[] {
  const room = lifecycleRuleLimit - ownLifecycleRules;
  const first = retention[room];
  if (first === undefined) {
    return [];
  }
  const message =
    `${retention.length} tenants have "retentionDays" and a bucket has room for ${room}: ` +
    "leave it out where files may stay, or deploy some of the tenants as a stack of their own";
  return [{ tenant: first.tenant, message }];
}

/** A value of plain data that nobody can change any more, to its last part. */
export function deepFrozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) {
    return value;
  }
  // Each kind by its own loop, and frozen last: half of the time for thousands of users.
  if (Array.isArray(value)) {
    value.forEach(deepFrozen);
  } else {
    for (const key in value) {
      deepFrozen(value[key]);
    }
  }
  return Object.freeze(value);
}
