import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logKey, waitingFor, type DataKey } from "./encryption";
import type { Authentication } from "../tenancy/signIn";

export interface SftpServerArgs {
  /** What AWS's console shows; the service itself draws an id. */
  readonly displayName: string;
  /** Transfer's name of the set of SSH algorithms; clients that know none of them cannot connect. */
  readonly securityPolicy: string;
  /** ARN of the structured log's group. */
  readonly logGroupArn: pulumi.Input<string>;
  /** ARN of the logging role; undefined: no role-based log. */
  readonly loggingRoleArn: pulumi.Input<string> | undefined;
  /** Retention of the role-based log's group. */
  readonly logRetentionDays: number;
  /** What that log lies under; undefined: a key of CloudWatch's own. */
  readonly key: DataKey | undefined;
  /** Whom the server asks about each login; undefined: it knows its users itself. */
  readonly identityProvider: AskedFunction | undefined;
  /** Refuse deletion, which would lose the endpoint's name and the host key that partners have pinned. */
  readonly protect: boolean;
}

/** The function that a server asks about each login. */
export interface AskedFunction {
  readonly function: aws.lambda.Function;
  /** The server's and the function's own. */
  readonly account: string;
  /** What a client shows to log in. */
  readonly authentication: Authentication;
}

/**
 * The managed SFTP server. The service makes its host key when it creates the server and keeps it for the server's
 * life: no argument but the change between its own users and a function's replaces the server. It costs about 0.30 USD an hour (us-east-1, 2026), used or not.
 */
export class SftpServer extends pulumi.ComponentResource {
  readonly server: aws.transfer.Server;

  constructor(name: string, args: SftpServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:SftpServer", name, {}, opts);
    const child = { parent: this };
    this.server = new aws.transfer.Server(
      name,
      {
        protocols: ["SFTP"],
        domain: "S3",
        endpointType: "PUBLIC",
        ...(args.identityProvider === undefined
          ? { identityProviderType: "SERVICE_MANAGED" }
          : {
              identityProviderType: "AWS_LAMBDA",
              function: args.identityProvider.function.arn,
              sftpAuthenticationMethods: args.identityProvider.authentication,
            }),
        securityPolicyName: args.securityPolicy,
        // The service wants the group's ARN with the wildcard that stands for its streams.
        structuredLogDestinations: [pulumi.interpolate`${args.logGroupArn}:*`],
        ...(args.loggingRoleArn === undefined ? {} : { loggingRole: args.loggingRoleArn }),
        // Mapped folders exist without marker objects only with this on.
        s3StorageOptions: { directoryListingOptimization: "ENABLED" },
        // Many clients set times and modes after an upload, and report a failed transfer when that is refused.
        protocolDetails: { setStatOption: "ENABLE_NO_OP" },
        tags: { Name: args.displayName },
      },
      pulumi.mergeOptions(child, { protect: args.protect }),
    );
    if (args.identityProvider !== undefined) {
      this.permitInvocation(`${name}-identity-provider`, args.identityProvider);
    }
    if (args.loggingRoleArn !== undefined) {
      new aws.cloudwatch.LogGroup(
        `${name}-role-log`,
        {
          name: pulumi.interpolate`/aws/transfer/${this.server.id}`,
          retentionInDays: args.logRetentionDays,
          ...logKey(args.key),
        },
        // A child inherits its parent's protection; a log may go when nobody wants it any more.
        waitingFor(args.key, { parent: this.server, protect: false }),
      );
    }
    this.registerOutputs({ serverId: this.server.id, endpoint: this.server.endpoint });
  }

  /** This server alone may ask the function: another one's logins would be answered with the roles of this gateway. */
  private permitInvocation(name: string, { function: asked, account }: AskedFunction): void {
    new aws.lambda.Permission(
      name,
      {
        statementId: "transfer",
        action: "lambda:InvokeFunction",
        function: asked.name,
        principal: "transfer.amazonaws.com",
        sourceArn: this.server.arn,
        sourceAccount: account,
      },
      { parent: this.server, protect: false },
    );
  }
}
