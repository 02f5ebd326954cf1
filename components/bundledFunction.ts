import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { functionLogGroup } from "../names";
import { functionKey, logKey, waitingFor, type DataKey } from "./encryption";

export interface BundledFunctionArgs {
  readonly functionName: string;
  readonly description: string;
  /** Its handler is `index.handler`. */
  readonly code: pulumi.Input<pulumi.asset.Archive>;
  readonly role: aws.iam.Role;
  /** What the role may: Lambda checks at once that it may write to the log group. */
  readonly policy: aws.iam.RolePolicy;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** The most invocations at a time, taken from the account's; -1: as many as the account has left. */
  readonly concurrency: number;
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  readonly logRetentionDays: number;
  /** What log and variables lie under; undefined: what AWS gives them. */
  readonly key: DataKey | undefined;
}

/** A function of `functions/` with its log, which the function writes as JSON by itself. */
export function bundledFunction(
  name: string,
  { functionName, key, ...args }: BundledFunctionArgs,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const logGroup = new aws.cloudwatch.LogGroup(
    name,
    { name: functionLogGroup(functionName), retentionInDays: args.logRetentionDays, ...logKey(key) },
    waitingFor(key, opts),
  );
  return new aws.lambda.Function(
    name,
    {
      name: functionName,
      description: args.description,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      code: args.code,
      role: args.role.arn,
      memorySize: args.memoryMegabytes,
      timeout: args.timeoutSeconds,
      reservedConcurrentExecutions: args.concurrency,
      // Metrics are among its JSON; Lambda's own JSON format would wrap that once more.
      loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      ...functionKey(key),
      environment: { variables: args.variables },
    },
    waitingFor(key, pulumi.mergeOptions(opts, { dependsOn: args.policy })),
  );
}
