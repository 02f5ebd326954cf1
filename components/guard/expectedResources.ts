import type * as pulumi from "@pulumi/pulumi";
import type { AccessPlan, RolePlan, UserPlan } from "../../access/plan";
import { ProvenAccess } from "../../access/proof";
import { identityProviderTable, type GatewayNames } from "../../names";
import type { GatewayPlan } from "../../plan";
import type { ListenerPlan } from "../../uploads/listeners";
import type { MessagingPlan } from "../../uploads/messaging";
import { entrances, listeningAt, type NetworkSettings } from "./expectedNetwork";
import { outputOf, RecordsInCode, resource, TrustOf, type ExpectedResource, type OutputOf } from "./expectedResource";

/** What of the settings decides who the server is, who hears of something, and beyond what no role can go. */
export interface GuardedSettings extends NetworkSettings {
  readonly hostKey: pulumi.Output<string> | undefined;
  readonly roleLogging: boolean;
  readonly alarmEmail: string;
  readonly permissionsBoundary: string;
  readonly securityPolicy: string;
}

/** All that a gateway may register of the guarded types, by what was planned. @param name The gateway's logical name. */
export function expectedResources(name: string, plan: GatewayPlan, settings: GuardedSettings): ExpectedResource[] {
  const access = ProvenAccess.planOf(plan.access);
  const { topics, deadLetters, role, listeners } = plan.uploads;
  return [
    ...encryptionKey(name, access),
    ...landingBucket(name, access),
    server(name, access, settings),
    ...entrances(name, settings),
    ...identityProvider(name, plan.names, access, settings),
    ...access.roles.flatMap((each) => withPolicy(`${name}-${each.profile}`, each, settings, new TrustOf(each.name))),
    ...withPolicy(`${name}-logging`, access.loggingRole, settings),
    ...withPolicy(`${name}-on-upload`, role, settings),
    ...(access.identityProviderRole === undefined ? access.users.flatMap((user) => userWithKeys(name, user)) : []),
    ...(["arrivals", "uploads", "alarms"] as const).flatMap((each) => topicPair(`${name}-${each}`, topics[each])),
    ...queuePair(`${name}-arrivals`, deadLetters.arrivals),
    ...queuePair(`${name}-on-upload`, deadLetters.onUpload),
    ...queuePair(`${name}-uploads`, deadLetters.uploads),
    ...arrivals(name, plan.names),
    ...listeners.flatMap((listener) => listening(name, listener, plan.scope.region)),
    ...alarmMail(name, settings),
  ];
}

/** Who may use the gateway's own key, and which key the policies of roles mean. */
function encryptionKey(name: string, { encryption, keyPolicy: policy }: AccessPlan): ExpectedResource[] {
  const targetKeyId = outputOf("encryptionKey", name, "keyId");
  return policy === undefined
    ? []
    : [
        resource("encryptionKey", name, { policy, enableKeyRotation: true }),
        resource("alias", name, { name: encryption?.key.alias, targetKeyId }),
      ];
}

function landingBucket(name: string, { bucket: bucketName, bucketPolicy: policy }: AccessPlan): ExpectedResource[] {
  const bucket = outputOf("bucket", name, "id");
  const closed = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  return [
    resource("bucket", name, { bucket: bucketName }),
    resource("bucketAccess", name, { bucket, ...closed }),
    resource("bucketOwnership", name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }),
    resource("bucketPolicy", name, { bucket, policy }),
  ];
}

function server(name: string, { signIn }: AccessPlan, settings: GuardedSettings): ExpectedResource {
  const { roleLogging, hostKey, securityPolicy: securityPolicyName } = settings;
  const loggingRole = roleLogging ? outputOf("role", `${name}-logging`, "arn") : undefined;
  const users =
    signIn.identityProvider === "service-managed"
      ? { identityProviderType: "SERVICE_MANAGED" }
      : {
          identityProviderType: "AWS_LAMBDA",
          function: outputOf("function", `${name}-identity-provider`, "arn"),
          sftpAuthenticationMethods: signIn.authentication,
        };
  const own = { domain: "S3", protocols: ["SFTP"], securityPolicyName, loggingRole, hostKey };
  return resource("server", name, { ...own, ...listeningAt(name, settings), ...users });
}

/** The function that answers logins, with what it answers and what it looks at; whoever may ask it is the server alone. */
function identityProvider(
  gateway: string,
  names: GatewayNames,
  { scope, signIn, identityProviderRole }: AccessPlan,
  settings: GuardedSettings,
): ExpectedResource[] {
  if (identityProviderRole === undefined) {
    return [];
  }
  const name = `${gateway}-identity-provider`;
  const TABLE_NAME = outputOf("table", name, "name");
  const variables = { TABLE_NAME, AUTHENTICATION: signIn.authentication, POWERTOOLS_METRICS_NAMESPACE: names.metrics };
  const invoked = { function: outputOf("function", name, "name"), sourceAccount: scope.account };
  return [
    ...withPolicy(name, identityProviderRole, settings),
    resource("table", name, { name: identityProviderTable(names) }),
    resource("function", name, {
      role: outputOf("role", name, "arn"),
      handler: "index.handler",
      code: new RecordsInCode(),
      environment: { variables },
    }),
    permission(name, invoked, "transfer.amazonaws.com", outputOf("server", gateway, "arn")),
  ];
}

function withPolicy(
  name: string,
  role: RolePlan,
  settings: GuardedSettings,
  assumeRolePolicy: string | TrustOf = role.trust,
): ExpectedResource[] {
  const permissionsBoundary = settings.permissionsBoundary === "" ? undefined : settings.permissionsBoundary;
  return [
    resource("role", name, { name: role.name, assumeRolePolicy, permissionsBoundary }),
    resource("rolePolicy", name, { role: outputOf("role", name, "name"), policy: role.policy }),
  ];
}

function userWithKeys(gateway: string, user: UserPlan): ExpectedResource[] {
  const { userName, session: policy, homeDirectory, mappings: homeDirectoryMappings } = user;
  const name = `${gateway}-${userName}`;
  const serverId = outputOf("server", gateway, "id");
  const role = outputOf("role", `${gateway}-${user.profile}`, "arn");
  const home = { homeDirectoryType: "LOGICAL", homeDirectory, homeDirectoryMappings };
  return [
    resource("user", name, { serverId, userName, role, policy, ...home }),
    ...user.keys.map(({ type, body, fingerprint }) =>
      resource("key", `${name}-${fingerprint}`, { serverId, userName, body: `${type} ${body}` }),
    ),
  ];
}

function topicPair(name: string, plan: MessagingPlan): ExpectedResource[] {
  const arn = outputOf("topic", name, "arn");
  return [resource("topic", name, { name: plan.name }), resource("topicPolicy", name, { arn, policy: plan.policy })];
}

function queuePair(name: string, plan: MessagingPlan): ExpectedResource[] {
  const queueUrl = outputOf("queue", name, "url");
  return [
    resource("queue", name, { name: plan.name }),
    resource("queuePolicy", name, { queueUrl, policy: plan.policy }),
  ];
}

/** From the bucket and from EventBridge to the function `on-upload`. */
function arrivals(name: string, { onUpload: tableName }: GatewayNames): ExpectedResource[] {
  const topic = outputOf("topic", `${name}-arrivals`, "arn");
  const endpoint = outputOf("function", `${name}-on-upload`, "arn");
  const onUpload = { function: outputOf("function", `${name}-on-upload`, "name") };
  const partial = `${name}-partial-uploads`;
  return [
    resource("table", `${name}-on-upload`, { name: tableName }),
    resource("function", `${name}-on-upload`, {
      role: outputOf("role", `${name}-on-upload`, "arn"),
      handler: "index.handler",
    }),
    resource("failureDestination", `${name}-on-upload`, {
      functionName: onUpload.function,
      destinationConfig: { onFailure: { destination: outputOf("queue", `${name}-on-upload`, "arn") } },
    }),
    resource("bucketNotification", name, {
      bucket: outputOf("bucket", name, "id"),
      topics: [{ id: "arrivals", topicArn: topic, events: ["s3:ObjectCreated:*"] }],
    }),
    permission(`${name}-arrivals`, onUpload, "sns.amazonaws.com", topic),
    permission(partial, onUpload, "events.amazonaws.com", outputOf("eventRule", partial, "arn")),
    resource("subscription", `${name}-on-upload`, { topic, protocol: "lambda", endpoint }),
    resource("eventTarget", partial, {
      rule: outputOf("eventRule", partial, "name"),
      arn: endpoint,
      deadLetterConfig: { arn: outputOf("queue", `${name}-arrivals`, "arn") },
    }),
  ];
}

function permission(name: string, invoked: object, principal: string, sourceArn: OutputOf): ExpectedResource {
  return resource("permission", name, { action: "lambda:InvokeFunction", ...invoked, principal, sourceArn });
}

function listening(gateway: string, listener: ListenerPlan, home: string): ExpectedResource[] {
  const name = `${gateway}-${listener.id}`;
  const topic = outputOf("topic", `${gateway}-uploads`, "arn");
  const filter = { filterPolicy: listener.filterPolicy, filterPolicyScope: "MessageAttributes" };
  if (listener.kind === "own-queue") {
    return [
      ...queuePair(`${gateway}-dlq-${listener.id}`, listener.deadLetters),
      ...queuePair(name, listener.queue),
      resource("subscription", name, { topic, protocol: "sqs", endpoint: outputOf("queue", name, "arn"), ...filter }),
    ];
  }
  const { protocol, endpoint, invoked } = listener;
  const subscribed = resource("subscription", name, { topic, protocol, endpoint, ...filter });
  if (invoked === undefined) {
    return [subscribed];
  }
  const { functionArn, qualifier } = invoked;
  // SNS reaches into other regions; the permission lies where the function does.
  const region = invoked.region === home ? undefined : invoked.region;
  return [subscribed, permission(name, { function: functionArn, qualifier, region }, "sns.amazonaws.com", topic)];
}

function alarmMail(gateway: string, { alarmEmail: endpoint }: GuardedSettings): ExpectedResource[] {
  const name = `${gateway}-alarms`;
  const topic = outputOf("topic", name, "arn");
  return endpoint === "" ? [] : [resource("subscription", name, { topic, protocol: "email", endpoint })];
}
