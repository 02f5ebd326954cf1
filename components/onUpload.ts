import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { GatewayNames } from "../names";
import type { UploadsPlan } from "../uploads/plan";
import { bundledFunction } from "./bundledFunction";
import { tableKey, waitingFor, type DataKey } from "./encryption";
import { functionCode } from "./functionCode";
import { deadLetterRetentionDays, queueWithPolicy } from "./queue";
import { roleWithPolicy } from "./role";

export interface OnUploadArgs {
  readonly names: GatewayNames;
  readonly plan: UploadsPlan;
  /** ARN of the topic that the function announces to. */
  readonly uploadsTopicArn: pulumi.Input<string>;
  /** Retention of the function's log. */
  readonly logRetentionDays: number;
  /** What one invocation may take. Lambda repeats a failed one after a minute, so it must be less. */
  readonly timeoutSeconds: number;
  /** ARN of the managed policy beyond which the function's role cannot go; empty: none. */
  readonly permissionsBoundary: string;
  /** The most invocations at a time, taken from the account's; -1: as many as the account has left. */
  readonly concurrency: number;
  /** What log, table, dead letters and variables lie under; undefined: what AWS gives them. */
  readonly key: DataKey | undefined;
}

/** Half of it is the code; a burst of uploads is bound by waiting for SNS and DynamoDB, not by the processor. */
const memoryMegabytes = 256;

/** The function's own record of what it has done bears the time of its end under this name. */
const expiryAttribute = "expiration";

/** After one minute and after two more, as Lambda spaces them. */
const repetitions = 2;

/** How long Lambda keeps an event that it cannot hand over, as while everything is throttled. */
const eventAgeSeconds = 6 * 60 * 60;

/** The function `on-upload` with all that is its own: role, log, memory, and a queue for what it fails at. */
export class OnUpload extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  /** Holds the invocations that failed to the end. */
  readonly deadLetters: aws.sqs.Queue;
  /** Says that they go there. What invokes the function waits for it: an event that failed before would be lost. */
  readonly failureDestination: aws.lambda.FunctionEventInvokeConfig;

  constructor(name: string, args: OnUploadArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:OnUpload", name, {}, opts);
    const { key } = args;
    const functionName = args.names.onUpload;
    this.deadLetters = queueWithPolicy(
      `${name}-on-upload`,
      { plan: args.plan.deadLetters.onUpload, key, retentionDays: deadLetterRetentionDays },
      { parent: this },
    ).queue;
    const table = this.createTable(name, functionName, key);
    const { role, policy } = roleWithPolicy(
      `${name}-on-upload`,
      {
        plan: args.plan.role,
        description: "The function on-upload runs with it; it reads no file",
        permissionsBoundary: args.permissionsBoundary,
      },
      { parent: this },
    );
    this.function = bundledFunction(
      `${name}-on-upload`,
      {
        functionName,
        description: "Makes one event of each upload and announces it to the topic uploads",
        code: functionCode("on-upload"),
        role,
        policy,
        memoryMegabytes,
        timeoutSeconds: args.timeoutSeconds,
        concurrency: args.concurrency,
        variables: {
          TOPIC_ARN: args.uploadsTopicArn,
          TABLE_NAME: table.name,
          POWERTOOLS_METRICS_NAMESPACE: args.names.metrics,
        },
        logRetentionDays: args.logRetentionDays,
        key,
      },
      { parent: this },
    );
    this.failureDestination = this.setFailureDestination(name, policy);
    this.registerOutputs({ functionName: this.function.name });
  }

  /** Losing it would cost an announcement or two that is repeated. */
  private createTable(name: string, tableName: string, key: DataKey | undefined): aws.dynamodb.Table {
    return new aws.dynamodb.Table(
      `${name}-on-upload`,
      {
        name: tableName,
        billingMode: "PAY_PER_REQUEST",
        hashKey: "id",
        attributes: [{ name: "id", type: "S" }],
        ttl: { attributeName: expiryAttribute, enabled: true },
        ...tableKey(key),
      },
      waitingFor(key, { parent: this }),
    );
  }

  private setFailureDestination(name: string, policy: aws.iam.RolePolicy): aws.lambda.FunctionEventInvokeConfig {
    return new aws.lambda.FunctionEventInvokeConfig(
      `${name}-on-upload`,
      {
        functionName: this.function.name,
        maximumRetryAttempts: repetitions,
        maximumEventAgeInSeconds: eventAgeSeconds,
        destinationConfig: { onFailure: { destination: this.deadLetters.arn } },
      },
      // Lambda refuses a destination that the role may not send to.
      { parent: this.function, dependsOn: policy },
    );
  }
}
