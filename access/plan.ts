import { iamArn, type AwsScope } from "../iam/arn";
import { policyText, type PolicyDocument } from "../iam/policy";
import { accessRoleName, gatewayArns, identityProviderName, type GatewayNames } from "../names";
import type { EncryptionChoice } from "../tenancy/encryption";
import type { DeployedTenant } from "../tenancy/deployed";
import { accessNames, type Access } from "../tenancy/access";
import type { SshKey } from "../tenancy/model";
import { serviceManaged, type SignIn } from "../tenancy/signIn";
import {
  accessRolePolicy,
  accessRoleTrust,
  identityProviderRolePolicy,
  identityProviderRoleTrust,
  landingBucketPolicy,
  loggingRolePolicy,
  loggingRoleTrust,
  roleProfileOf,
  sessionPolicyTexts,
} from "./documents";
import { encryptionPlan, type EncryptionPlan } from "./encryption";
import { encryptionKeyPolicy } from "./keyPolicy";
import { grantsOf, landingFolder, tenantPrefix, type Grant } from "./grant";

/** Everything of a gateway that decides who reaches which files, as texts: what is proven is what is deployed. */
export interface AccessPlan {
  readonly scope: AwsScope;
  /** The landing bucket's name. */
  readonly bucket: string;
  /** The landing bucket's own policy. */
  readonly bucketPolicy: string;
  /** The key that everything lies under; undefined: AWS encrypts with keys of its own. */
  readonly encryption: EncryptionPlan | undefined;
  /** The policy of the gateway's own key; undefined where there is none. */
  readonly keyPolicy: string | undefined;
  /** One role for each access profile. */
  readonly roles: readonly AccessRolePlan[];
  /** The role that Transfer Family writes its role-based log with. */
  readonly loggingRole: ServiceRolePlan;
  /** Roles of what else the gateway runs; like the logging role they reach no file. */
  readonly serviceRoles: readonly ServiceRolePlan[];
  /** How the users log in: by what the service knows of them, or by what the function is given. */
  readonly signIn: SignIn;
  /** The role of the function that answers logins; undefined where the service itself knows the users. */
  readonly identityProviderRole: ServiceRolePlan | undefined;
  /** One for each tenant that is not suspended, in the tenants' order. */
  readonly users: readonly UserPlan[];
  /** Whose files expire, those of suspended tenants too. */
  readonly retention: readonly RetentionPlan[];
}

/** A role with its one policy. */
export interface RolePlan {
  readonly name: string;
  readonly arn: string;
  /** Who may take it on. */
  readonly trust: string;
  readonly policy: string;
}

/** A role that users of one profile take on. Its trust names {@link serverStandIn} where the server's id will stand. */
export interface AccessRolePlan extends RolePlan {
  readonly profile: Access;
}

/** A role that one service takes on for the gateway. */
export interface ServiceRolePlan extends RolePlan {
  /** For example `lambda.amazonaws.com`. */
  readonly service: string;
}

/** A folder the client sees and the place in S3 it stands for; Transfer's name for it is a logical mapping. */
export interface LogicalMapping {
  readonly entry: string;
  /** `/BUCKET/PREFIX` without the closing slash, which Transfer refuses. */
  readonly target: string;
}

/** Everything that one user is made of. */
export interface UserPlan {
  readonly tenant: string;
  readonly userName: string;
  readonly grants: readonly Grant[];
  /** Text of the session policy. */
  readonly session: string;
  /** Whose role the user takes on. */
  readonly profile: Access;
  readonly roleArn: string;
  /** In the order of the grants: the provider compares them as a list. */
  readonly mappings: readonly LogicalMapping[];
  /** What tenants.yaml says of the tenant's own files: its access, or `folders` where each folder has one. */
  readonly access: Access | "folders";
  /** The client's path after login. */
  readonly landingFolder: string;
  /** The same as Transfer takes it: it must equal an entry, so it is unset where the root only shows the entries. */
  readonly homeDirectory: string | undefined;
  /** Sorted by fingerprint. Those that have expired are among them where a function looks at the day of each login. */
  readonly keys: readonly SshKey[];
  /** Whether a password may let it in, of which nothing stands here. */
  readonly password: boolean;
  /** Ranges of addresses that it may come from; without them from anywhere. */
  readonly allowedCidrs?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** After so many days the files below a prefix are deleted. */
export interface RetentionPlan {
  readonly tenant: string;
  readonly prefix: string;
  readonly days: number;
}

export interface AccessPlanOptions {
  readonly scope: AwsScope;
  readonly names: GatewayNames;
  /** The tenants of the stack, those suspended included. */
  readonly tenants: readonly DeployedTenant[];
  /** Roles of what else the gateway runs. */
  readonly serviceRoles: readonly ServiceRolePlan[];
  /** @default service-managed */
  readonly signIn?: SignIn;
  /** @default none */
  readonly encryption?: EncryptionChoice;
  /** ARNs of roles and users that receive from queues of the gateway. @default none */
  readonly queueReaders?: readonly string[];
}

/** Stands in the trust of access roles for the id of the server, which AWS draws when it makes the server. */
export const serverStandIn = "s-00000000000000000";

/** The trust as it is deployed for a server. @param trust Of an access role's plan. @param serverId `s-` and 17 hexadecimal digits. */
export function trustForServer(trust: string, serverId: string): string {
  return trust.replaceAll(serverStandIn, serverId);
}

/** Plans all access of a gateway, once: nothing of it is computed again after this. */
export function planAccess({
  scope,
  names,
  tenants,
  serviceRoles,
  signIn = serviceManaged,
  encryption: choice,
  queueReaders = [],
}: AccessPlanOptions): AccessPlan {
  const encryption = encryptionPlan(scope, names, choice);
  const landing = { partition: scope.partition, bucket: names.bucket, encryption };
  const accessRole = (profile: Access): AccessRolePlan => ({
    profile,
    ...planRole(
      scope,
      accessRoleName(names, profile),
      accessRoleTrust(scope, serverStandIn, signIn.identityProvider),
      accessRolePolicy(landing, profile, scope),
    ),
  });
  const roles = accessNames.map(accessRole);
  const shared: SharedByUsers = {
    bucket: names.bucket,
    roleArns: Object.fromEntries(roles.map(({ profile, arn }) => [profile, arn])) as Record<Access, string>,
    sessionTextOf: sessionPolicyTexts(landing),
  };
  return {
    scope,
    bucket: names.bucket,
    bucketPolicy: policyText(landingBucketPolicy(landing)),
    encryption,
    keyPolicy:
      encryption?.isOwn === true
        ? policyText(encryptionKeyPolicy(scope, gatewayArns(scope, names), queueReaders))
        : undefined,
    roles,
    loggingRole: {
      service: "transfer.amazonaws.com",
      ...planRole(scope, names.loggingRole, loggingRoleTrust(scope), loggingRolePolicy(scope)),
    },
    serviceRoles,
    signIn,
    identityProviderRole:
      signIn.identityProvider === "lambda" ? identityProviderRole(scope, names, encryption) : undefined,
    users: tenants.filter(({ state }) => state === "active").map((tenant) => planUser(tenant, shared)),
    retention: tenants.flatMap(({ name, retentionDays }) =>
      retentionDays === undefined ? [] : [{ tenant: name, prefix: tenantPrefix(name), days: retentionDays }],
    ),
  };
}

function identityProviderRole(
  scope: AwsScope,
  names: GatewayNames,
  encryption: EncryptionPlan | undefined,
): ServiceRolePlan {
  const policy = identityProviderRolePolicy(gatewayArns(scope, names), encryption && { scope, encryption });
  return {
    service: "lambda.amazonaws.com",
    ...planRole(scope, identityProviderName(names), identityProviderRoleTrust(), policy),
  };
}

/** Plans a role with its one policy. */
export function planRole(scope: AwsScope, name: string, trust: PolicyDocument, policy: PolicyDocument): RolePlan {
  return { name, arn: iamArn(scope, `role/${name}`), trust: policyText(trust), policy: policyText(policy) };
}

/** What is made once for all users. */
interface SharedByUsers {
  readonly bucket: string;
  readonly roleArns: Readonly<Record<Access, string>>;
  readonly sessionTextOf: (grants: readonly Grant[]) => string;
}

function planUser(tenant: DeployedTenant, { bucket, roleArns, sessionTextOf }: SharedByUsers): UserPlan {
  const grants = grantsOf(tenant);
  const profile = roleProfileOf(grants);
  const folder = landingFolder(grants);
  return {
    tenant: tenant.name,
    userName: tenant.userName,
    grants,
    session: sessionTextOf(grants),
    profile,
    roleArn: roleArns[profile],
    mappings: grants.map(({ entry, prefix }) => ({ entry, target: `/${bucket}/${prefix.slice(0, -1)}` })),
    access: tenant.access ?? "folders",
    landingFolder: folder,
    homeDirectory: grants.some(({ entry }) => entry === folder) ? folder : undefined,
    keys: tenant.deployedKeys,
    password: tenant.password,
    ...(tenant.allowedCidrs === undefined ? {} : { allowedCidrs: tenant.allowedCidrs }),
    tags: { ...tenant.tags, "sftp-gateway:tenant": tenant.name },
  };
}
