import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RolePlan } from "../access/plan";
import { logKey, waitingFor, type DataKey } from "./encryption";
import { roleWithPolicy } from "./role";

export interface GatewayLoggingArgs {
  readonly role: RolePlan;
  /** ARN of the managed policy beyond which the role cannot go; empty: none. */
  readonly permissionsBoundary: string;
  /** Name of the structured log's group. A change replaces it: the old events are deleted. */
  readonly logGroupName: string;
  /** One of CloudWatch Logs' retention values; storage costs money until then. */
  readonly retentionDays: number;
  /** What the structured log lies under; undefined: a key of CloudWatch's own. */
  readonly key: DataKey | undefined;
}

/** Where the server writes: a group for its structured log, and the role for its role-based log and workflows. */
export class GatewayLogging extends pulumi.ComponentResource {
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly role: aws.iam.Role;

  constructor(name: string, args: GatewayLoggingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:GatewayLogging", name, {}, opts);
    const child = { parent: this };
    this.logGroup = new aws.cloudwatch.LogGroup(
      name,
      { name: args.logGroupName, retentionInDays: args.retentionDays, ...logKey(args.key) },
      waitingFor(args.key, child),
    );
    this.role = roleWithPolicy(
      `${name}-logging`,
      {
        plan: args.role,
        description: "Transfer Family writes its role-based log with it",
        permissionsBoundary: args.permissionsBoundary,
      },
      child,
    ).role;
    this.registerOutputs({ logGroupName: this.logGroup.name, roleArn: this.role.arn });
  }
}
