import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { UserPlan } from "../access/plan";
import { ProvenAccess } from "../access/proof";
import type { AccessRoles } from "./accessRoles";

export interface GatewayUsersArgs {
  readonly serverId: pulumi.Input<string>;
  readonly roles: AccessRoles;
  readonly access: ProvenAccess;
}

/**
 * How many users are being registered at any moment. The SDK makes hundreds of promises for each, and where a thousand users
 * begin at once, keeping and collecting these takes two fifths of a preview. The engine works on four resources a core unless
 * `--parallel` says otherwise, so nothing waits for this on machines with up to eight.
 */
const atOnce = 16;

/**
 * The users of the server and their keys. A user is named by its login name and a key by its fingerprint, the
 * identities AWS replaces on, so one tenant's change never touches another's resources. A key hangs under its user:
 * that groups a tenant's resources in the tree without a component for each.
 */
export class GatewayUsers extends pulumi.ComponentResource<void> {
  /** Kept once each user has been handed to the engine. */
  readonly registered = this.getData();

  constructor(
    private readonly name: string,
    private readonly args: GatewayUsersArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("sftp-gateway:components:GatewayUsers", name, {}, opts);
  }

  /** Called by the base class; what it needs of `this` is there once the constructor has returned. */
  protected override async initialize(): Promise<void> {
    await Promise.resolve();
    const users: aws.transfer.User[] = [];
    for (const plan of ProvenAccess.planOf(this.args.access).users) {
      await answered(users.at(-atOnce));
      users.push(this.createUser(plan));
    }
    this.registerOutputs({});
  }

  private createUser(plan: UserPlan): aws.transfer.User {
    const { name } = this;
    const { serverId, roles } = this.args;
    const { userName } = plan;
    const user = new aws.transfer.User(
      `${name}-${userName}`,
      {
        serverId,
        userName,
        role: roles.arnOf(plan.profile),
        policy: plan.session,
        homeDirectoryType: "LOGICAL",
        homeDirectoryMappings: plan.mappings.map((mapping) => ({ ...mapping })),
        ...(plan.homeDirectory === undefined ? {} : { homeDirectory: plan.homeDirectory }),
        tags: { ...plan.tags },
      },
      { parent: this },
    );
    for (const key of plan.keys) {
      new aws.transfer.SshKey(
        `${name}-${userName}-${key.fingerprint}`,
        { serverId, userName, body: `${key.type} ${key.body}` },
        // The name alone does not make the engine wait for the user.
        { parent: user, dependsOn: user },
      );
    }
    return user;
  }
}

/** Waits until the engine has answered, whatever it will learn of the resource. */
function answered(resource: pulumi.Resource | undefined): Promise<unknown> {
  return new Promise((resolve) => (resource === undefined ? resolve(undefined) : resource.urn.apply(resolve)));
}
