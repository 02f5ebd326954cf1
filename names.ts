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

/** Source: S3 User Guide, "General purpose bucket naming rules". */
const bucketNamePattern = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** Source: SQS Developer Guide, "Amazon SQS message quotas", queue name. */
const queueNameLimit = 80;

/**
 * The names of a gateway's resources. Bucket names are unique in the whole partition, hence the account in them. A name of
 * more parts has underscores between them where a part may hold hyphens, so that no two things share one.
 * @param prefix What tells this gateway from others of the account.
 * @throws Error when the prefix does not make a bucket name.
 */
export function gatewayNames(prefix: string, account: string): GatewayNames {
  const bucket = `${prefix}-${account}`;
  if (!bucketNamePattern.test(bucket)) {
    throw new UserError(
      `the name prefix "${prefix}" makes the bucket name "${bucket}"; ` +
        "S3 wants 3 to 63 lower-case letters, digits and hyphens: choose another stack name, or another namePrefix",
    );
  }
  return {
    prefix,
    bucket,
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
}

/** The role that all users of an access profile take on. */
export function accessRoleName({ prefix }: Pick<GatewayNames, "prefix">, profile: string): string {
  return `${prefix}-${profile}`;
}

/**
 * The queue of a tenant's or a space's own and its dead-letter queue.
 * @throws Error when that is longer than SQS takes.
 */
export function ownQueueNames(
  { prefix }: Pick<GatewayNames, "prefix">,
  kind: "tenant" | "space",
  name: string,
): { readonly queue: string; readonly deadLetters: string } {
  const queue = `${prefix}_${kind}_${name}`;
  const deadLetters = deadLettersOf(queue);
  if (deadLetters.length > queueNameLimit) {
    throw new UserError(
      `the queue of ${kind} "${name}" would be called "${deadLetters}"; SQS takes ${queueNameLimit} characters: ` +
        `choose a shorter name for the stack or the ${kind}`,
    );
  }
  return { queue, deadLetters };
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
  readonly onUploadTable: string;
  readonly onUploadLogGroup: string;
  readonly onUploadDeadLetters: string;
  readonly partialUploadsRule: string;
}

/** The log group of a Lambda function, by the service's own convention. */
export function functionLogGroup(name: string): string {
  return `/aws/lambda/${name}`;
}

/** The ARNs that documents mention; AWS makes them of the names, so they need not be waited for. */
export function gatewayArns(scope: AwsScope, names: GatewayNames): GatewayArns {
  return {
    bucket: bucketArn(scope.partition, names.bucket),
    arrivalsTopic: arn(scope, "sns", names.arrivalsTopic),
    uploadsTopic: arn(scope, "sns", names.uploadsTopic),
    alarmsTopic: arn(scope, "sns", names.alarmsTopic),
    onUploadTable: arn(scope, "dynamodb", `table/${names.onUpload}`),
    onUploadLogGroup: arn(scope, "logs", `log-group:${functionLogGroup(names.onUpload)}`),
    onUploadDeadLetters: arn(scope, "sqs", names.deadLetters.onUpload),
    partialUploadsRule: arn(scope, "events", `rule/${names.partialUploadsRule}`),
  };
}
