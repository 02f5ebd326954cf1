import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { UserPlan } from "../access/userPlan";
import type { AccessRoles } from "./accessRoles";

export interface GatewayUsersArgs {
  readonly serverId: pulumi.Input<string>;
  readonly roles: AccessRoles;
  readonly users: readonly UserPlan[];
}

/**
 * The users of the server and their keys. A user is named by its login name and a key by its fingerprint, the
 * identities AWS replaces on, so one tenant's change never touches another's resources. A key hangs under its user:
 * that groups a tenant's resources in the tree without a component for each.
 */
export class GatewayUsers extends pulumi.ComponentResource {
  constructor(name: string, args: GatewayUsersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:GatewayUsers", name, {}, opts);
    for (const plan of args.users) {
      this.createUser(plan, args);
    }
    this.registerOutputs({});
  }

  private createUser(plan: UserPlan, { serverId, roles }: GatewayUsersArgs): void {
    const { userName } = plan;
    const user = new aws.transfer.User(
      userName,
      {
        serverId,
        userName,
        role: roles.arnOf(plan.profile),
        policy: plan.sessionPolicy,
        homeDirectoryType: "LOGICAL",
        homeDirectoryMappings: plan.mappings.map((mapping) => ({ ...mapping })),
        ...(plan.homeDirectory === undefined ? {} : { homeDirectory: plan.homeDirectory }),
        tags: { ...plan.tags },
      },
      { parent: this },
    );
    for (const key of plan.keys) {
      new aws.transfer.SshKey(
        `${userName}-${key.fingerprint}`,
        { serverId, userName, body: `${key.type} ${key.body}` },
        // The name alone does not make the engine wait for the user.
        { parent: user, dependsOn: user },
      );
    }
  }
}
