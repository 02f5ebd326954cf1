import * as pulumi from "@pulumi/pulumi";
import type { AccessPlan, UserPlan } from "../access/plan";

/** What other stacks and people learn of a tenant. */
export interface TenantOutput {
  readonly userName: string;
  /** The access profile, or `folders`. */
  readonly access: string;
  /** The client's path after login. */
  readonly homeDirectory: string;
  /** Places in the landing bucket, sorted. */
  readonly prefixes: readonly string[];
  /** `SHA256:...`, sorted. */
  readonly keyFingerprints: readonly string[];
  /** A ready `sftp` command. */
  readonly command: pulumi.Input<string>;
}

type TenantOutputs = Readonly<Record<string, TenantOutput>>;

/** More tenants than an output is for: those whom a function knows cost nothing else of the state, and shall not by this. */
const mostPublished = 200;

function isPublished({ signIn, users }: AccessPlan): boolean {
  return signIn.identityProvider === "service-managed" || users.length <= mostPublished;
}

/** Undefined for more tenants than are published. In a preview each command waits for the server by itself. Otherwise all wait as one: thousands of Outputs take seconds. */
export function tenantOutputs(
  plan: AccessPlan,
  hostname: pulumi.Output<string>,
): TenantOutputs | pulumi.Output<TenantOutputs> | undefined {
  const { users } = plan;
  if (!isPublished(plan)) {
    return undefined;
  }
  const each = (command: (user: UserPlan) => pulumi.Input<string>): TenantOutputs =>
    Object.fromEntries(users.map((user) => [user.tenant, tenantOutput(user, command(user))]));
  return pulumi.runtime.isDryRun()
    ? each((user) => hostname.apply((host) => commandOf(user, host)))
    : hostname.apply((host) => each((user) => commandOf(user, host)));
}

function commandOf({ userName }: UserPlan, host: string): string {
  return `sftp ${userName}@${host}`;
}

function tenantOutput(user: UserPlan, command: pulumi.Input<string>): TenantOutput {
  return {
    userName: user.userName,
    access: user.access,
    homeDirectory: user.landingFolder,
    prefixes: user.grants.map(({ prefix }) => prefix).sort(),
    keyFingerprints: user.keys.map(({ fingerprint }) => fingerprint),
    command,
  };
}
