import { arn, bucketArn, type AwsScope } from "./iam/arn";
import { UserError } from "./userError";

/** Names that policies mention, known before anything is created so that every document is plain text in a preview. */
export interface GatewayNames {
  /** What all of them start with; the log group after a slash. */
  readonly prefix: string;
  /** The landing bucket. */
  readonly bucket: string;
  /** The log group of the structured log. */
  readonly logGroup: string;
  /** The role that Transfer Family writes its role-based log with. */
  readonly loggingRole: string;
  /** The topic that hears of every object that is written. */
  readonly arrivalsTopic: string;
  /** The topic of the documented event about each upload. */
  readonly uploadsTopic: string;
  /** The topic that alarms are told to. */
  readonly alarmsTopic: string;
  /** The function `on-upload`, its role, and the table that it remembers in. */
  readonly onUpload: string;
  /** The EventBridge rule for uploads cut short. */
  readonly partialUploadsRule: string;
  /** What has not reached the function `on-upload`, what the function failed at, and what has not reached a listener. */
  readonly deadLetters: Readonly<Record<"arrivals" | "onUpload" | "uploads", string>>;
  /** Namespace of the CloudWatch metrics. */
  readonly metrics: string;
}

/** A prefix of which AWS does not take a name. */
export class PrefixError extends UserError {
  /**
   * @param found What is wrong with which name, and what AWS takes.
   * @param right What another stack name, or another prefix, would be: "is shorter by 4".
   */
  constructor(
    readonly found: string,
    readonly right: string,
  ) {
    super(`${found}: choose a stack name, or a namePrefix, that ${right}`);
  }
}

/** What AWS takes for a name: so many characters at most, by the document that says so. */
const limits = {
  bucket: { of: "S3 bucket", characters: 63, source: 'S3 User Guide, "General purpose bucket naming rules"' },
  role: { of: "IAM role", characters: 64, source: 'IAM User Guide, "IAM and AWS STS quotas"' },
  function: { of: "Lambda function", characters: 64, source: "Lambda API reference, CreateFunction" },
  table: { of: "DynamoDB table", characters: 255, source: "DynamoDB API reference, CreateTable" },
  topic: { of: "SNS topic", characters: 256, source: "SNS API reference, CreateTopic" },
  queue: { of: "SQS queue", characters: 80, source: 'SQS Developer Guide, "Amazon SQS message quotas"' },
  rule: { of: "EventBridge rule", characters: 64, source: "EventBridge API reference, PutRule" },
  logGroup: { of: "log group", characters: 512, source: "CloudWatch Logs API reference, CreateLogGroup" },
  dashboard: { of: "dashboard", characters: 255, source: "CloudWatch API reference, PutDashboard" },
  keyAlias: { of: "KMS alias", characters: 256, source: "KMS API reference, CreateAlias" },
  namespace: { of: "metrics namespace", characters: 255, source: "CloudWatch API reference, PutMetricData" },
} as const;

type Kind = keyof typeof limits;

/** What each name is the name of; a further name does not compile without. */
const kinds: { readonly [Name in Exclude<keyof GatewayNames, "deadLetters">]: readonly Kind[] } = {
  prefix: ["dashboard"],
  bucket: ["bucket"],
  logGroup: ["logGroup"],
  loggingRole: ["role"],
  arrivalsTopic: ["topic"],
  uploadsTopic: ["topic"],
  alarmsTopic: ["topic"],
  onUpload: ["function", "role", "table"],
  partialUploadsRule: ["rule"],
  metrics: ["namespace"],
};

/** Source: S3 User Guide, "General purpose bucket naming rules". */
const bucketNamePattern = /^[a-z0-9][a-z0-9-]+[a-z0-9]$/;

/** What no bucket's name begins with. Source: the same. */
const reservedBeginnings = /^(xn--|sthree-|amzn-s3-demo-)/;

/**
 * The names of a gateway's resources. Bucket names are unique in the whole partition, hence the account in them. A name of
 * more parts has underscores between them where a part may hold hyphens, so that no two things share one.
 * @param prefix What tells this gateway from others of the account.
 * @throws PrefixError when the prefix makes no bucket name, or a name that is longer than AWS takes.
 */
export function gatewayNames(prefix: string, account: string): GatewayNames {
  const names: GatewayNames = {
    prefix,
    bucket: `${prefix}-${account}`,
    logGroup: `/${prefix}`,
    loggingRole: `${prefix}-logging`,
    arrivalsTopic: `${prefix}-arrivals`,
    uploadsTopic: `${prefix}-uploads`,
    alarmsTopic: `${prefix}-alarms`,
    onUpload: `${prefix}-on-upload`,
    partialUploadsRule: `${prefix}-partial-uploads`,
    deadLetters: {
      arrivals: deadLettersOf(`${prefix}_arrivals`),
      onUpload: deadLettersOf(`${prefix}_on-upload`),
      uploads: deadLettersOf(`${prefix}_uploads`),
    },
    metrics: prefix,
  };
  if (!bucketNamePattern.test(names.bucket)) {
    throw new PrefixError(
      `the name prefix "${prefix}" makes the bucket name "${names.bucket}"; ` +
        `S3 wants lower-case letters, digits and hyphens (${limits.bucket.source})`,
      "holds nothing else",
    );
  }
  const [reserved] = reservedBeginnings.exec(prefix) ?? [];
  if (reserved !== undefined) {
    throw new PrefixError(
      `the name prefix "${prefix}" begins the bucket's name, and S3 keeps "${reserved}" for itself (${limits.bucket.source})`,
      "begins otherwise",
    );
  }
  const { deadLetters, ...others } = names;
  requireShort([
    ...Object.entries(others).flatMap(([of, name]) => kinds[of as keyof typeof kinds].map((kind) => ({ kind, name }))),
    ...Object.values(deadLetters).map((name) => ({ kind: "queue" as const, name })),
  ]);
  return names;
}

/** @throws PrefixError for the name that is farthest beyond what AWS takes. */
function requireShort(names: readonly { readonly kind: Kind; readonly name: string }[]): void {
  const excess = ({ kind, name }: (typeof names)[number]) => name.length - limits[kind].characters;
  const [longest] = [...names].sort((a, b) => excess(b) - excess(a));
  if (longest === undefined || excess(longest) <= 0) {
    return;
  }
  const { of, characters, source } = limits[longest.kind];
  const { name } = longest;
  throw new PrefixError(
    `the name of the ${of} "${name}" has ${name.length} characters; AWS takes ${characters} (${source})`,
    `is shorter by ${excess(longest)}`,
  );
}

/**
 * The role that all users of an access profile take on.
 * @throws PrefixError when that is longer than IAM takes.
 */
export function accessRoleName({ prefix }: Pick<GatewayNames, "prefix">, profile: string): string {
  const name = `${prefix}-${profile}`;
  requireShort([{ kind: "role", name }]);
  return name;
}

/**
 * The function that answers logins, and its role.
 * @throws PrefixError when that is longer than AWS takes.
 */
export function identityProviderName(names: Pick<GatewayNames, "prefix">): string {
  const name = identityProviderTable(names);
  requireShort([
    { kind: "function", name },
    { kind: "role", name },
  ]);
  return name;
}

/** The table of password hashes and stopped tenants, which the function reads at each login. */
export function identityProviderTable({ prefix }: Pick<GatewayNames, "prefix">): string {
  return `${prefix}-identity-provider`;
}

/**
 * The queue of a tenant's or a space's own and its dead-letter queue.
 * @throws UserError when that is longer than SQS takes.
 */
export function ownQueueNames(
  { prefix }: Pick<GatewayNames, "prefix">,
  kind: "tenant" | "space",
  name: string,
): { readonly queue: string; readonly deadLetters: string } {
  const queue = `${prefix}_${kind}_${name}`;
  const deadLetters = deadLettersOf(queue);
  if (deadLetters.length > limits.queue.characters) {
    throw new UserError(
      `the queue of ${kind} "${name}" would be called "${deadLetters}"; SQS takes ${limits.queue.characters} characters: ` +
        `choose a shorter name for the stack or the ${kind}`,
    );
  }
  return { queue, deadLetters };
}

/**
 * The alias of the gateway's own key.
 * @throws PrefixError when that is longer than KMS takes.
 */
export function encryptionKeyAlias({ prefix }: Pick<GatewayNames, "prefix">): string {
  const name = `alias/${prefix}`;
  requireShort([{ kind: "keyAlias", name }]);
  return name;
}

/** An alarm. Behind the underscore may stand a tenant's name, and yet no other gateway's alarm begins like that. */
export function alarmName({ prefix }: Pick<GatewayNames, "prefix">, what: string): string {
  return `${prefix}_${what}`;
}

function deadLettersOf(queue: string): string {
  return `${queue}_dlq`;
}

/** ARNs of what the names name. */
export interface GatewayArns {
  readonly bucket: string;
  readonly arrivalsTopic: string;
  readonly uploadsTopic: string;
  readonly alarmsTopic: string;
  /** Of the structured log. */
  readonly logGroup: string;
  /** The role-based logs of all servers of account and region: a pattern, since a server's id is drawn. */
  readonly serverLogGroups: string;
  readonly onUploadTable: string;
  readonly onUploadLogGroup: string;
  readonly onUploadDeadLetters: string;
  readonly partialUploadsRule: string;
  readonly identityProviderTable: string;
  readonly identityProviderLogGroup: string;
}

/** The log group of a Lambda function, by the service's own convention. */
export function functionLogGroup(name: string): string {
  return `/aws/lambda/${name}`;
}

/** The ARNs that documents mention; AWS makes them of the names, so they need not be waited for. */
export function gatewayArns(scope: AwsScope, names: GatewayNames): GatewayArns {
  const identityProvider = identityProviderTable(names);
  return {
    bucket: bucketArn(scope.partition, names.bucket),
    arrivalsTopic: arn(scope, "sns", names.arrivalsTopic),
    uploadsTopic: arn(scope, "sns", names.uploadsTopic),
    alarmsTopic: arn(scope, "sns", names.alarmsTopic),
    logGroup: arn(scope, "logs", `log-group:${names.logGroup}`),
    serverLogGroups: arn(scope, "logs", "log-group:/aws/transfer/*"),
    onUploadTable: arn(scope, "dynamodb", `table/${names.onUpload}`),
    onUploadLogGroup: arn(scope, "logs", `log-group:${functionLogGroup(names.onUpload)}`),
    onUploadDeadLetters: arn(scope, "sqs", names.deadLetters.onUpload),
    partialUploadsRule: arn(scope, "events", `rule/${names.partialUploadsRule}`),
    identityProviderTable: arn(scope, "dynamodb", `table/${identityProvider}`),
    identityProviderLogGroup: arn(scope, "logs", `log-group:${functionLogGroup(identityProvider)}`),
  };
}
