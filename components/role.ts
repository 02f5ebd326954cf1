import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { RolePlan } from "../access/plan";

export interface RoleArgs {
  readonly plan: RolePlan;
  readonly description: string;
  /** The trust as it is deployed, where the plan's waits for a server's id. Default: the plan's. */
  readonly trust?: pulumi.Output<string>;
  /** ARN of the managed policy beyond which the role cannot go; empty: none. */
  readonly permissionsBoundary: string;
}

/** A role and its policy. */
export interface RoleWithPolicy {
  readonly role: aws.iam.Role;
  /** What uses the role waits for this. */
  readonly policy: aws.iam.RolePolicy;
}

/**
 * A role with its policy below it. Its name is fixed: with a name drawn at random, a role whose creation was interrupted
 * would stay behind unknown.
 */
export function roleWithPolicy(name: string, args: RoleArgs, opts: pulumi.CustomResourceOptions): RoleWithPolicy {
  const { plan, description, trust = plan.trust, permissionsBoundary } = args;
  const role = new aws.iam.Role(
    name,
    {
      name: plan.name,
      description,
      assumeRolePolicy: trust,
      ...(permissionsBoundary === "" ? {} : { permissionsBoundary }),
    },
    opts,
  );
  const policy = new aws.iam.RolePolicy(
    name,
    { name: plan.name, role: role.name, policy: plan.policy },
    { parent: role },
  );
  return { role, policy };
}
