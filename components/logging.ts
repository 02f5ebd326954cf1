import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { loggingRolePolicy, loggingRoleTrust } from "../access/documents";
import type { AwsScope } from "../iam/arn";
import { policyText } from "../iam/policy";

export interface GatewayLoggingArgs {
  readonly scope: AwsScope;
  /** Name of the structured log's group. A change replaces it: the old events are deleted. */
  readonly logGroupName: string;
  /** One of CloudWatch Logs' retention values; storage costs money until then. */
  readonly retentionDays: number;
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
      { name: args.logGroupName, retentionInDays: args.retentionDays },
      child,
    );
    const roleName = `${name}-logging`;
    this.role = new aws.iam.Role(
      roleName,
      {
        name: roleName,
        description: "Transfer Family writes its role-based log with it",
        assumeRolePolicy: policyText(loggingRoleTrust(args.scope)),
      },
      child,
    );
    new aws.iam.RolePolicy(
      roleName,
      { name: roleName, role: this.role.name, policy: policyText(loggingRolePolicy(args.scope)) },
      { parent: this.role },
    );
    this.registerOutputs({ logGroupName: this.logGroup.name, roleArn: this.role.arn });
  }
}
