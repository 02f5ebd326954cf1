import type { RolePlan, UserPlan } from "../../access/plan";
import { ProvenAccess } from "../../access/proof";
import type { GatewayPlan } from "../../plan";
import type { ListenerPlan } from "../../uploads/listeners";
import type { MessagingPlan } from "../../uploads/messaging";

/** A resource that a gateway registers and that bears access. */
export interface ExpectedResource {
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** What stands in its guarded inputs; those that are not named here are left out. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The very Output of a resource that the guard has seen registered. */
export class OutputOf {
  constructor(
    readonly type: string,
    readonly name: string,
    readonly property: string,
  ) {}
}

/** The Output that the guard made of an access role's proven trust and the server's id. */
export class TrustOf {
  constructor(readonly roleName: string) {}
}

/** What of the settings decides who hears of something. */
export interface GuardedSettings {
  readonly roleLogging: boolean;
  readonly alarmEmail: string;
}

const types = {
  bucket: "aws:s3/bucket:Bucket",
  function: "aws:lambda/function:Function",
  queue: "aws:sqs/queue:Queue",
  role: "aws:iam/role:Role",
  server: "aws:transfer/server:Server",
  subscription: "aws:sns/topicSubscription:TopicSubscription",
  topic: "aws:sns/topic:Topic",
} as const;

/** All that a gateway may register of the guarded types, by what was planned. @param name The gateway's logical name. */
export function expectedResources(name: string, plan: GatewayPlan, settings: GuardedSettings): ExpectedResource[] {
  const access = ProvenAccess.planOf(plan.access);
  const { topics, deadLetters, listeners } = plan.uploads;
  return [
    ...landingBucket(name, access.bucket, access.bucketPolicy),
    server(name, settings),
    ...access.roles.flatMap((role) => rolePair(`${name}-${role.profile}`, role, new TrustOf(role.name))),
    ...rolePair(`${name}-logging`, access.loggingRole, access.loggingRole.trust),
    ...rolePair(`${name}-on-upload`, plan.uploads.role, plan.uploads.role.trust),
    ...access.users.flatMap((user) => userWithKeys(name, user)),
    ...topicPair(`${name}-arrivals`, topics.arrivals),
    ...topicPair(`${name}-uploads`, topics.uploads),
    ...topicPair(`${name}-alarms`, topics.alarms),
    ...queuePair(`${name}-arrivals`, deadLetters.arrivals),
    ...queuePair(`${name}-on-upload`, deadLetters.onUpload),
    ...queuePair(`${name}-uploads`, deadLetters.uploads),
    ...arrivals(name),
    ...listeners.flatMap((listener) => listening(name, listener)),
    ...alarmMail(name, settings),
  ];
}

function landingBucket(name: string, bucketName: string, policy: string): ExpectedResource[] {
  const bucket = new OutputOf(types.bucket, name, "id");
  const closed = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  const rule = { objectOwnership: "BucketOwnerEnforced" };
  return [
    { type: types.bucket, name, inputs: { bucket: bucketName } },
    { type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name, inputs: { bucket, ...closed } },
    { type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls", name, inputs: { bucket, rule } },
    { type: "aws:s3/bucketPolicy:BucketPolicy", name, inputs: { bucket, policy } },
  ];
}

function server(name: string, { roleLogging }: GuardedSettings): ExpectedResource {
  const loggingRole = roleLogging ? new OutputOf(types.role, `${name}-logging`, "arn") : undefined;
  return { type: types.server, name, inputs: { domain: "S3", identityProviderType: "SERVICE_MANAGED", loggingRole } };
}

function rolePair(name: string, role: RolePlan, assumeRolePolicy: string | TrustOf): ExpectedResource[] {
  return [
    { type: types.role, name, inputs: { name: role.name, assumeRolePolicy } },
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      name,
      inputs: { role: new OutputOf(types.role, name, "name"), policy: role.policy },
    },
  ];
}

function userWithKeys(name: string, user: UserPlan): ExpectedResource[] {
  const { userName, session: policy, homeDirectory, mappings: homeDirectoryMappings, profile } = user;
  const serverId = new OutputOf(types.server, name, "id");
  const role = new OutputOf(types.role, `${name}-${profile}`, "arn");
  const home = { homeDirectoryType: "LOGICAL", homeDirectory, homeDirectoryMappings };
  return [
    {
      type: "aws:transfer/user:User",
      name: `${name}-${userName}`,
      inputs: { serverId, userName, role, policy, ...home },
    },
    ...user.keys.map(({ type, body, fingerprint }) => ({
      type: "aws:transfer/sshKey:SshKey",
      name: `${name}-${userName}-${fingerprint}`,
      inputs: { serverId, userName, body: `${type} ${body}` },
    })),
  ];
}

function topicPair(name: string, { name: topicName, policy }: MessagingPlan): ExpectedResource[] {
  return [
    { type: types.topic, name, inputs: { name: topicName } },
    { type: "aws:sns/topicPolicy:TopicPolicy", name, inputs: { arn: new OutputOf(types.topic, name, "arn"), policy } },
  ];
}

function queuePair(name: string, { name: queueName, policy }: MessagingPlan): ExpectedResource[] {
  const queueUrl = new OutputOf(types.queue, name, "url");
  return [
    { type: types.queue, name, inputs: { name: queueName } },
    { type: "aws:sqs/queuePolicy:QueuePolicy", name, inputs: { queueUrl, policy } },
  ];
}

/** From the bucket and from EventBridge to the function `on-upload`. */
function arrivals(name: string): ExpectedResource[] {
  const topic = new OutputOf(types.topic, `${name}-arrivals`, "arn");
  const endpoint = new OutputOf(types.function, `${name}-on-upload`, "arn");
  const rule = (property: string) =>
    new OutputOf("aws:cloudwatch/eventRule:EventRule", `${name}-partial-uploads`, property);
  const onUpload = { function: new OutputOf(types.function, `${name}-on-upload`, "name") };
  return [
    {
      type: types.function,
      name: `${name}-on-upload`,
      inputs: { role: new OutputOf(types.role, `${name}-on-upload`, "arn") },
    },
    {
      type: "aws:s3/bucketNotification:BucketNotification",
      name,
      inputs: {
        bucket: new OutputOf(types.bucket, name, "id"),
        topics: [{ id: "arrivals", topicArn: topic, events: ["s3:ObjectCreated:*"] }],
      },
    },
    permission(`${name}-arrivals`, onUpload, "sns.amazonaws.com", topic),
    permission(`${name}-partial-uploads`, onUpload, "events.amazonaws.com", rule("arn")),
    { type: types.subscription, name: `${name}-on-upload`, inputs: { topic, protocol: "lambda", endpoint } },
    {
      type: "aws:cloudwatch/eventTarget:EventTarget",
      name: `${name}-partial-uploads`,
      inputs: { rule: rule("name"), arn: endpoint },
    },
  ];
}

function listening(gateway: string, listener: ListenerPlan): ExpectedResource[] {
  const name = `${gateway}-${listener.id}`;
  const topic = new OutputOf(types.topic, `${gateway}-uploads`, "arn");
  const { filterPolicy } = listener;
  const subscribed = (protocol: string, endpoint: unknown): ExpectedResource => ({
    type: types.subscription,
    name,
    inputs: { topic, protocol, endpoint, filterPolicy, filterPolicyScope: "MessageAttributes" },
  });
  if (listener.kind === "own-queue") {
    return [
      ...queuePair(`${gateway}-dlq-${listener.id}`, listener.deadLetters),
      ...queuePair(name, listener.queue),
      subscribed("sqs", new OutputOf(types.queue, name, "arn")),
    ];
  }
  const { protocol, endpoint, invoked } = listener;
  return invoked === undefined
    ? [subscribed(protocol, endpoint)]
    : [
        subscribed(protocol, endpoint),
        permission(name, { function: invoked.functionArn, qualifier: invoked.qualifier }, "sns.amazonaws.com", topic),
      ];
}

function permission(
  name: string,
  invoked: { readonly function: unknown; readonly qualifier?: string | undefined },
  principal: string,
  sourceArn: OutputOf,
): ExpectedResource {
  return {
    type: "aws:lambda/permission:Permission",
    name,
    inputs: { action: "lambda:InvokeFunction", ...invoked, principal, sourceArn },
  };
}

function alarmMail(name: string, { alarmEmail }: GuardedSettings): ExpectedResource[] {
  const topic = new OutputOf(types.topic, `${name}-alarms`, "arn");
  return alarmEmail === ""
    ? []
    : [
        {
          type: types.subscription,
          name: `${name}-alarms`,
          inputs: { topic, protocol: "email", endpoint: alarmEmail },
        },
      ];
}
