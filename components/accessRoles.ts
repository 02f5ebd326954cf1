import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accessRolePolicy, accessRoleTrust, roleProfiles } from "../access/documents";
import type { AwsScope } from "../iam/arn";
import { policyText } from "../iam/policy";
import type { Access } from "../tenancy/model";

export interface AccessRolesArgs {
  readonly scope: AwsScope;
  readonly bucketName: string;
  /** Id of the server whose users alone may take the roles on. */
  readonly serverId: pulumi.Input<string>;
}

/**
 * One role for each access profile, shared by all users of it: IAM's roles are counted, users are not. All of them
 * exist always, so that a tenant's change never creates or deletes a role. Their names are fixed: with a name drawn at
 * random, a role whose creation was interrupted would stay behind unknown.
 */
export class AccessRoles extends pulumi.ComponentResource {
  private readonly roles: ReadonlyMap<Access, aws.iam.Role>;

  constructor(name: string, args: AccessRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:AccessRoles", name, {}, opts);
    this.roles = new Map(roleProfiles.map((profile) => [profile, this.createRole(name, profile, args)]));
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

  private createRole(name: string, profile: Access, { scope, bucketName, serverId }: AccessRolesArgs): aws.iam.Role {
    const roleName = `${name}-${profile}`;
    const role = new aws.iam.Role(
      roleName,
      {
        name: roleName,
        description: `SFTP users with ${profile} access, each narrowed further by its session policy`,
        assumeRolePolicy: pulumi.output(serverId).apply((id) => policyText(accessRoleTrust(scope, id))),
      },
      { parent: this },
    );
    new aws.iam.RolePolicy(
      roleName,
      {
        name: roleName,
        role: role.name,
        policy: policyText(accessRolePolicy({ partition: scope.partition, bucket: bucketName }, profile)),
      },
      { parent: role },
    );
    return role;
  }
}
