import * as pulumi from "@pulumi/pulumi";
import { ProvenAccess } from "../access/proof";
import { partitionOf } from "../iam/arn";
import { gatewayNames } from "../names";
import { planGateway, type GatewayPlan } from "../plan";
import { loadTenancy } from "../tenancy/load";
import type { Tenancy } from "../tenancy/model";
import { formatProblem } from "../tenancy/problem";
import { stackNames } from "../tenancy/stacks";
import { AccessRoles } from "./accessRoles";
import { dataKeyOf } from "./encryption";
import { HostName } from "./hostName";
import { AccessGuard } from "./guard";
import { settled, type SettledArgs, type SftpGatewayArgs } from "./gatewayArgs";
import { knownHosts } from "./hostKey";
import { IdentityProvider } from "./identityProvider";
import { GatewayLogging } from "./logging";
import { GatewayMonitoring } from "./monitoring";
import { GatewayNetwork } from "./network";
import { UploadNotifications } from "./notifications";
import { placeOf, requireOwnPlace } from "./place";
import { refusal, refusing } from "./refusal";
import { SftpServer } from "./server";
import { LandingBucket } from "./storage";
import { tenantOutputs } from "./tenantOutputs";
import { GatewayUsers } from "./users";

/** What is known of a gateway once its children are registered. */
type Deployed = Awaited<ReturnType<typeof registerChildren>>;

/**
 * The whole gateway of one tenants.yaml: landing bucket, logs, server, access roles, a user with its keys for each active
 * tenant or a function that knows them all, notifications of uploads, and monitoring.
 *
 * - Deploy one: `new SftpGateway("gateway", { tenantsFile: "tenants.yaml" })`.
 * - Hand on what others need of it: `gateway.endpoint`, `gateway.uploadsTopicArn`, `gateway.tenants`.
 * - Change what a child is made of: `new SftpGateway("gateway", {}, { transformations: [...] })`. What decides who reaches
 *   which files is compared with the proof after that, and refused where it differs; docs/EMBEDDING.md has the list.
 *
 * The file is read and checked by the constructor. Only the provider's account and region have to be waited for, so the
 * children are registered after the constructor has returned.
 */
export class SftpGateway extends pulumi.ComponentResource<Deployed> {
  /** AWS's own name of the server. */
  readonly endpoint = this.later(({ endpoint }) => endpoint);
  /** The name that clients connect to: `hostname`, or AWS's own. */
  readonly hostname = this.later(({ hostname }) => hostname);
  /** The fixed addresses that partners open their firewalls for; none unless the endpoint is `vpc`. */
  readonly addresses = pulumi.output(this.getData().then(({ addresses }) => addresses));
  readonly serverId = this.later(({ serverId }) => serverId);
  readonly hostKeyFingerprint = this.later(({ hostKeyFingerprint }) => hostKeyFingerprint);
  /** Lines for partners' `known_hosts` with the imported host key, a name or address each; of undefined without such a key. */
  readonly knownHosts = pulumi.output(this.getData().then(({ knownHosts: lines }) => lines));
  readonly bucketName = this.later(({ bucketName }) => bucketName);
  readonly loggingRoleArn = this.later(({ loggingRoleArn }) => loggingRoleArn);
  readonly logGroupName = this.later(({ logGroupName }) => logGroupName);
  /** Topic of every object that is written, as S3 tells it. */
  readonly arrivalsTopicArn = this.later(({ arrivalsTopicArn }) => arrivalsTopicArn);
  /** Topic of every upload, as documented in docs/NOTIFICATIONS.md. */
  readonly uploadsTopicArn = this.later(({ uploadsTopicArn }) => uploadsTopicArn);
  /** Topic of the alarms. */
  readonly alarmsTopicArn = this.later(({ alarmsTopicArn }) => alarmsTopicArn);
  /** The KMS key that files lie under; a promise of undefined where there is none. */
  readonly encryptionKeyArn = this.getData().then(({ encryptionKeyArn }) => encryptionKeyArn);
  /**
   * By tenant name; tenants that are suspended or belong to other stacks are absent. A promise, so that a preview shows what
   * is known of each although the commands still wait for the server; of an Output where there is no preview. Of undefined
   * where a function knows more than 200 users: `npm run access` shows them.
   */
  readonly tenants = this.getData().then(({ tenants }) => tenants);

  private readonly name: string;
  private readonly args: SettledArgs;
  private readonly tenancy: Tenancy;
  private readonly guard: AccessGuard;

  /** @throws pulumi.RunError with the place of everything that is wrong with tenants.yaml. */
  constructor(name: string, args: SftpGatewayArgs = {}, opts: pulumi.ComponentResourceOptions = {}) {
    const all = settled(args);
    const tenancy = readTenancy(all);
    const guard = new AccessGuard(name);
    super(
      "sftp-gateway:components:SftpGateway",
      name,
      {},
      pulumi.mergeOptions(opts, { transformations: [guard.transformation] }),
    );
    this.name = name;
    this.args = all;
    this.tenancy = tenancy;
    this.guard = guard;
  }

  /** Called by the base class; what it needs of `this` is there once the constructor has returned. */
  protected override async initialize(): Promise<Deployed> {
    const place = await placeOf(this);
    requireOwnPlace(place, this.args);
    const plan = this.plan(place.account);
    this.guard.expect(plan, this.args);
    const deployed = await registerChildren(this, this.name, this.args, this.guard, plan);
    this.guard.complete();
    const { endpoint, serverId, bucketName } = deployed;
    this.registerOutputs({ endpoint, serverId, bucketName });
    return deployed;
  }

  private later(pick: (deployed: Deployed) => pulumi.Output<string>): pulumi.Output<string> {
    return pulumi.output(this.getData().then(pick));
  }

  private plan(account: string): GatewayPlan {
    const {
      region,
      namePrefix,
      tenantsFile: file,
      today,
      identityProvider,
      authentication,
      encryption,
      kmsKeyArn,
    } = this.args;
    const { plan, problems } = refusing(() =>
      planGateway({
        tenancy: this.tenancy,
        stack: pulumi.getStack(),
        today,
        signIn: { identityProvider, authentication },
        encryption: { encryption, kmsKeyArn },
        scope: { partition: partitionOf(region), region, account },
        names: gatewayNames(namePrefix, account),
        file,
      }),
    );
    if (plan === undefined) {
      throw refusal(...problems.map(formatProblem));
    }
    return plan;
  }
}

/** The children in the order in which they need each other; the guard sees each. @returns What others learn of them. */
async function registerChildren(
  parent: pulumi.Resource,
  name: string,
  args: SettledArgs,
  guard: AccessGuard,
  { scope, names, access, uploads }: GatewayPlan,
) {
  const child = { parent };
  const { region } = scope;
  const proven = ProvenAccess.planOf(access);

  const key = dataKeyOf(name, { ...args, access }, child);
  const storage = new LandingBucket(name, { ...args, access, key }, child);
  const logging = new GatewayLogging(
    name,
    { ...args, key, role: proven.loggingRole, logGroupName: names.logGroup, retentionDays: args.logRetentionDays },
    child,
  );
  const loggingRoleArn = args.roleLogging ? logging.role.arn : undefined;
  const identityProvider =
    proven.identityProviderRole === undefined
      ? undefined
      : new IdentityProvider(
          name,
          {
            ...args,
            key,
            names,
            role: proven.identityProviderRole,
            signIn: proven.signIn,
            code: guard.identityProviderCode(),
          },
          child,
        );
  const network =
    args.endpoint === "public"
      ? undefined
      : new GatewayNetwork(
          name,
          { ...args, displayName: names.prefix, isInternetFacing: args.endpoint === "vpc" },
          child,
        );
  const { server } = new SftpServer(
    name,
    {
      ...args,
      network,
      key,
      displayName: names.prefix,
      logGroupArn: logging.logGroup.arn,
      loggingRoleArn,
      identityProvider: identityProvider && {
        function: identityProvider.function,
        account: scope.account,
        authentication: proven.signIn.authentication,
      },
    },
    child,
  );
  const addresses = network?.addresses ?? [];
  if (args.hostedZoneId !== "") {
    new HostName(name, { ...args, addresses, endpoint: server.endpoint }, child);
  }
  const hostname = args.hostname === "" ? server.endpoint : pulumi.output(args.hostname);
  const roles = new AccessRoles(name, { ...args, access, trustOf: (plan) => guard.trustOf(plan) }, child);
  const users =
    identityProvider === undefined ? new GatewayUsers(name, { serverId: server.id, roles, access }, child) : undefined;
  const watched = { ...args, key, region, names, plan: uploads, serverId: server.id };
  const notifications = new UploadNotifications(name, { ...watched, bucket: storage.bucket.id }, child);
  const monitoring = new GatewayMonitoring(
    name,
    {
      ...watched,
      logGroupName: logging.logGroup.name,
      onUpload: notifications.onUpload,
      identityProvider: identityProvider?.function,
      deadLetters: notifications.deadLetters,
      ownDeadLetters: notifications.ownDeadLetters,
    },
    child,
  );

  await users?.registered;
  return {
    endpoint: server.endpoint,
    hostname,
    addresses: pulumi.all(addresses),
    serverId: server.id,
    hostKeyFingerprint: server.hostKeyFingerprint,
    knownHosts:
      args.hostKey &&
      pulumi.all([hostname, server.endpoint, ...addresses]).apply((names) => knownHosts(names, args.hostKeyPublic)),
    bucketName: storage.bucket.bucket,
    loggingRoleArn: logging.role.arn,
    logGroupName: logging.logGroup.name,
    arrivalsTopicArn: notifications.arrivalsTopic.arn,
    uploadsTopicArn: notifications.uploadsTopic.arn,
    alarmsTopicArn: monitoring.alarmsTopic.arn,
    encryptionKeyArn: key?.arn ?? proven.encryption?.key.resource,
    tenants: tenantOutputs(proven, hostname),
  };
}

function readTenancy({ tenantsFile, today, places, ...args }: SettledArgs): Tenancy {
  const { identityProvider, authentication, endpoint, allowedCidrs } = args;
  const entrance = endpoint === "public" ? {} : { allowedCidrs };
  const placed = places === undefined ? {} : { places };
  const stack = pulumi.getStack();
  const stacks = [...new Set([...stackNames("."), stack])].sort();
  const { tenancy, problems } = loadTenancy(tenantsFile, {
    stacks,
    stack,
    today,
    signIn: { [stack]: { identityProvider, authentication, ...entrance, ...placed } },
  });
  if (tenancy === undefined) {
    throw refusal(...problems.map(formatProblem));
  }
  return tenancy;
}
