import * as pulumi from "@pulumi/pulumi";
import { listenerPlans } from "../uploads/listeners";
import { gatewayArns, type GatewayNames } from "../names";
import { userPlans, type UserPlan } from "../access/userPlan";
import type { AwsScope } from "../iam/arn";
import type { DeployedTenant } from "../tenancy/deployed";
import type { Space } from "../tenancy/model";
import { AccessRoles } from "./accessRoles";
import type { ExpectedTenant } from "./alarms";
import { GatewayLogging } from "./logging";
import { GatewayMonitoring } from "./monitoring";
import { UploadNotifications } from "./notifications";
import { SftpServer } from "./server";
import { LandingBucket } from "./storage";
import { GatewayUsers } from "./users";

export interface SftpGatewayArgs {
  readonly scope: AwsScope;
  /** A change of a name replaces what bears it. */
  readonly names: GatewayNames;
  /** The tenants of this stack, those suspended included. */
  readonly tenants: readonly DeployedTenant[];
  /** The spaces, with their listeners in this stack. */
  readonly spaces: readonly Space[];
  /** Refuse deletion of server and bucket. */
  readonly protect: boolean;
  /** Transfer's name of the set of SSH algorithms. */
  readonly securityPolicy: string;
  /** Write the role-based log as well. */
  readonly roleLogging: boolean;
  readonly logRetentionDays: number;
  readonly noncurrentVersionDays: number;
  /** What one invocation of `on-upload` may take; less than a minute. */
  readonly onUploadTimeoutSeconds: number;
  /** The most invocations of `on-upload` at a time; -1: as many as the account has left. */
  readonly onUploadConcurrency: number;
  /** Who gets a mail of each alarm; empty: nobody. */
  readonly alarmEmail: string;
  /** So many failed logins within five minutes raise an alarm. */
  readonly failedLoginThreshold: number;
}

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
  readonly command: pulumi.Output<string>;
}

/**
 * The whole gateway: landing bucket, logs, server, access roles, a user with its keys for each active tenant, notifications
 * of uploads, and monitoring.
 */
export class SftpGateway extends pulumi.ComponentResource {
  /** Host name that clients connect to. */
  readonly endpoint: pulumi.Output<string>;
  readonly serverId: pulumi.Output<string>;
  readonly hostKeyFingerprint: pulumi.Output<string>;
  readonly bucketName: pulumi.Output<string>;
  readonly loggingRoleArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  /** Topic of every object that is written, as S3 tells it. */
  readonly arrivalsTopicArn: pulumi.Output<string>;
  /** Topic of every upload, as documented in docs/NOTIFICATIONS.md. */
  readonly uploadsTopicArn: pulumi.Output<string>;
  /** Topic of the alarms. */
  readonly alarmsTopicArn: pulumi.Output<string>;
  /** By tenant name; tenants that are suspended or belong to other stacks are absent. */
  readonly tenants: Readonly<Record<string, TenantOutput>>;

  constructor(name: string, args: SftpGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:SftpGateway", name, {}, opts);
    const child = { parent: this };
    const { scope, names } = args;
    const users = userPlans(args.tenants, { partition: scope.partition, bucket: names.bucket });

    const storage = new LandingBucket(name, { ...args, bucketName: names.bucket, partition: scope.partition }, child);
    const logging = new GatewayLogging(
      name,
      { scope, logGroupName: names.logGroup, retentionDays: args.logRetentionDays },
      child,
    );
    const { server } = new SftpServer(
      name,
      {
        ...args,
        logGroupArn: logging.logGroup.arn,
        loggingRoleArn: args.roleLogging ? logging.role.arn : undefined,
      },
      child,
    );
    const roles = new AccessRoles(name, { scope, bucketName: names.bucket, serverId: server.id }, child);
    new GatewayUsers(name, { serverId: server.id, roles, users }, child);
    const watched = { ...args, arns: gatewayArns(scope, names), serverId: server.id };
    const notifications = new UploadNotifications(
      name,
      { ...watched, bucket: storage.bucket.id, listeners: listenerPlans(names, args) },
      child,
    );
    const monitoring = new GatewayMonitoring(
      name,
      {
        ...watched,
        logGroupName: logging.logGroup.name,
        onUpload: notifications.onUpload,
        deadLetters: notifications.deadLetters,
        ownDeadLetters: notifications.ownDeadLetters,
        expected: args.tenants.flatMap(expectedTenant),
      },
      child,
    );

    this.endpoint = server.endpoint;
    this.serverId = server.id;
    this.hostKeyFingerprint = server.hostKeyFingerprint;
    this.bucketName = storage.bucket.bucket;
    this.loggingRoleArn = logging.role.arn;
    this.logGroupName = logging.logGroup.name;
    this.arrivalsTopicArn = notifications.arrivalsTopic.arn;
    this.uploadsTopicArn = notifications.uploadsTopic.arn;
    this.alarmsTopicArn = monitoring.alarmsTopic.arn;
    this.tenants = Object.fromEntries(users.map((user) => [user.tenant, tenantOutput(user, server.endpoint)]));
    this.registerOutputs({ endpoint: this.endpoint, serverId: this.serverId, bucketName: this.bucketName });
  }
}

function expectedTenant({ name, state, expectEveryHours }: DeployedTenant): ExpectedTenant[] {
  return expectEveryHours === undefined ? [] : [{ name, hours: expectEveryHours, active: state === "active" }];
}

function tenantOutput(user: UserPlan, endpoint: pulumi.Output<string>): TenantOutput {
  return {
    userName: user.userName,
    access: user.access,
    homeDirectory: user.landingFolder,
    prefixes: user.grants.map(({ prefix }) => prefix).sort(),
    keyFingerprints: user.keys.map(({ fingerprint }) => fingerprint),
    command: endpoint.apply((host) => `sftp ${user.userName}@${host}`),
  };
}
