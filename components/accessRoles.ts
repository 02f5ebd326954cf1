import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AccessRolePlan } from "../access/plan";
import { ProvenAccess } from "../access/proof";
import type { Access } from "../tenancy/model";
import { roleWithPolicy } from "./role";

export interface AccessRolesArgs {
  readonly access: ProvenAccess;
  /** The trust of a role for the one server whose users may take it on. */
  readonly trustOf: (role: AccessRolePlan) => pulumi.Output<string>;
  /** ARN of the managed policy beyond which no role can go; empty: none. */
  readonly permissionsBoundary: string;
}

/**
 * One role for each access profile, shared by all users of it: IAM's roles are counted, users are not. All of them
 * exist always, so that a tenant's change never creates or deletes a role.
 */
export class AccessRoles extends pulumi.ComponentResource {
  private readonly roles: ReadonlyMap<Access, aws.iam.Role>;

  constructor(name: string, args: AccessRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:AccessRoles", name, {}, opts);
    const { access, trustOf, permissionsBoundary } = args;
    this.roles = new Map(
      ProvenAccess.planOf(access).roles.map((plan) => {
        const description = `SFTP users with ${plan.profile} access, each narrowed further by its session policy`;
        const role = { plan, description, trust: trustOf(plan), permissionsBoundary };
        return [plan.profile, roleWithPolicy(`${name}-${plan.profile}`, role, { parent: this }).role];
      }),
    );
    this.registerOutputs({ roleArns: Object.fromEntries([...this.roles].map(([key, role]) => [key, role.arn])) });
  }

  /** ARN of the role whose users have this profile. */
  arnOf(profile: Access): pulumi.Output<string> {
    const role = this.roles.get(profile);
    if (role === undefined) {
      throw new Error(`no access role for the profile ${profile}`);
    }
    return role.arn;
  }
}
