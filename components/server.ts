import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logKey, waitingFor, type DataKey } from "./encryption";
import type { Authentication } from "../tenancy/signIn";
import type { GatewayNetwork } from "./network";

export interface SftpServerArgs {
  /** What AWS's console shows; the service itself draws an id. */
  readonly displayName: string;
  /** Transfer's name of the set of SSH algorithms; clients that know none of them cannot connect. */
  readonly securityPolicy: string;
  /** Private half of the host key; undefined: the service makes one. */
  readonly hostKey: pulumi.Output<string> | undefined;
  /** What clients are shown before they log in; empty: nothing. */
  readonly loginBanner: string;
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
  /** Where it listens in a VPC; undefined: at AWS's own addresses. */
  readonly network: GatewayNetwork | undefined;
  /** IPv6 beside IPv4. */
  readonly dualStack: boolean;
  /** The name that partners connect to; empty: AWS's own. */
  readonly hostname: string;
  /** The zone of Route 53 that has the name; empty: another DNS. */
  readonly hostedZoneId: string;
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
 * The managed SFTP server. The service takes its host key, or makes one, when it creates the server and keeps it for the
 * server's life: no argument replaces the server but the change between its own users and a function's, and another VPC or none
 * after one. It costs about 0.30 USD an hour (us-east-1, 2026), used or not.
 */
export class SftpServer extends pulumi.ComponentResource {
  readonly server: aws.transfer.Server;

  constructor(name: string, args: SftpServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:SftpServer", name, {}, opts);
    const child = { parent: this };
    const identity = {
      ...(args.hostKey === undefined ? {} : { hostKey: args.hostKey }),
      ...(args.loginBanner === "" ? {} : { preAuthenticationLoginBanner: args.loginBanner }),
    };
    this.server = new aws.transfer.Server(
      name,
      {
        protocols: ["SFTP"],
        domain: "S3",
        ...endpointOf(args),
        ...(args.identityProvider === undefined
          ? { identityProviderType: "SERVICE_MANAGED" }
          : {
              identityProviderType: "AWS_LAMBDA",
              function: args.identityProvider.function.arn,
              sftpAuthenticationMethods: args.identityProvider.authentication,
            }),
        securityPolicyName: args.securityPolicy,
        ...identity,
        // The service wants the group's ARN with the wildcard that stands for its streams.
        structuredLogDestinations: [pulumi.interpolate`${args.logGroupArn}:*`],
        ...(args.loggingRoleArn === undefined ? {} : { loggingRole: args.loggingRoleArn }),
        // Mapped folders exist without marker objects only with this on.
        s3StorageOptions: { directoryListingOptimization: "ENABLED" },
        // Many clients set times and modes after an upload, and report a failed transfer when that is refused.
        protocolDetails: { setStatOption: "ENABLE_NO_OP" },
        tags: { Name: args.displayName, ...hostNameTags(args) },
      },
      pulumi.mergeOptions(child, {
        protect: args.protect,
        // An address can be attached only where the way to the internet is there already.
        dependsOn: args.network ?? [],
        transformations: [asGiven(identity)],
      }),
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

/**
 * Undoes what the provider's class makes of inputs: a secret of the banner, which everybody may read and reviewers should, and
 * another Output of the host key, which the guard could not compare.
 */
function asGiven(inputs: aws.transfer.ServerArgs): pulumi.ResourceTransformation {
  // A child inherits its parent's transformations.
  return ({ type, props, opts }) =>
    type === "aws:transfer/server:Server" ? { props: { ...props, ...inputs }, opts } : undefined;
}

function endpointOf({ network, dualStack }: SftpServerArgs) {
  return {
    ...(network === undefined
      ? { endpointType: "PUBLIC" }
      : { endpointType: "VPC", endpointDetails: network.endpoint }),
    ...(dualStack ? { ipAddressType: "DUALSTACK" } : {}),
  };
}

/**
 * What Transfer's console shows as the custom host name. A tag resource of its own would be at odds with the server's tags for
 * ever. Source: Transfer Family User Guide, "Working with custom hostnames".
 */
function hostNameTags({ hostname, hostedZoneId }: SftpServerArgs): Record<string, string> {
  return {
    ...(hostname === "" ? {} : { "transfer:customHostname": hostname }),
    ...(hostedZoneId === "" ? {} : { "transfer:route53HostedZoneId": `/hostedzone/${hostedZoneId}` }),
  };
}
