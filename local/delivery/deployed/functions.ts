import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PolicyDocument, Statement } from "../../../iam/policy";
import type { DeployedResource, Deployment } from "../../../synth/deployment";
import type { DeployedRole } from "../../../inventory/role";
import { blockOf, labelOf, resourcesOf, textOf, valueOf } from "../../../inventory/resources";
import { NotServedError, refuseInputs } from "../../service/notServed";
import { DeadLetters } from "../deadLetters";
import type { Endpoints, Surroundings } from "./surroundings";
import { jsonObject, numberOf, optionalTextOf } from "./values";
import { topicArnOf } from "./topics";
import { functionLogEvent } from "../function/functionLog";
import { FunctionProcess, type FunctionProcessOptions } from "../function/functionProcess";
import { Gate } from "../gate";
import { LambdaFunction } from "../function/lambdaFunction";
import type { Queue } from "../queue";
import type { Topic } from "../topic";
import { unlessRefused } from "../undelivered";

/** What a function is connected to. */
type FunctionSurroundings = Surroundings & Pick<Endpoints, "queues"> & { readonly topics: ReadonlyMap<string, Topic> };

/** Source: AWS Lambda Developer Guide, "Configuring error handling settings for asynchronous invocation". */
const defaults = { timeoutSeconds: 3, retries: 2, maximumAgeSeconds: 6 * 60 * 60 };

/** Between the attempts: a minute and two at Lambda, for which nobody waits on a laptop. */
const defaultRetryDelaysMs = [1000, 2000];

/** @throws NotServedError for a function that cannot be reproduced faithfully, or whose code is not there. */
export function deployedFunction(lambda: DeployedResource, around: FunctionSurroundings): LambdaFunction {
  refuseInputs(lambda, "deadLetterConfig", "fileSystemConfig", "layers", "imageUri", "s3Bucket");
  const { name } = lambda;
  const policy = permissionsOf(lambda, around.deployment);
  const guarded = { label: labelOf(lambda), arn: textOf(lambda, "arn"), account: around.account, policy };
  const role = roleOf(lambda, around);
  const process = new FunctionProcess({
    codeFile: codeFileOf(lambda, around.codeFolder),
    environment: environmentOf(lambda, around.region),
    timeoutSeconds: numberOf(lambda, "timeout", defaults.timeoutSeconds),
    onLine: (line) => around.report(functionLogEvent(name, line)),
    publish: publisherOf(lambda, role, around),
  });
  const retryDelaysMs = around.retryDelaysMs ?? defaultRetryDelaysMs;
  return new LambdaFunction(
    { name, guarded, process, retryDelaysMs, ...failureHandlingOf(lambda, role, around) },
    around.report,
  );
}

/** The permissions of a function as the policy that Lambda makes of them. */
function permissionsOf(lambda: DeployedResource, deployment: Deployment): PolicyDocument | undefined {
  const names = [textOf(lambda, "name"), textOf(lambda, "arn")];
  const statements = resourcesOf(deployment, "aws:lambda/permission:Permission")
    .filter((permission) => names.includes(textOf(permission, "function")) && !valueOf(permission, "qualifier"))
    .map((permission): Statement => {
      refuseInputs(permission, "principalOrgId", "eventSourceToken", "functionUrlAuthType");
      const principal = textOf(permission, "principal");
      const sourceArn = optionalTextOf(permission, "sourceArn");
      const sourceAccount = optionalTextOf(permission, "sourceAccount");
      return {
        Sid: textOf(permission, "statementId"),
        Effect: "Allow",
        Principal: principal.endsWith(".amazonaws.com") ? { Service: principal } : { AWS: principal },
        Action: textOf(permission, "action"),
        Resource: textOf(lambda, "arn"),
        Condition: {
          ...(sourceArn === undefined ? {} : { ArnLike: { "aws:SourceArn": sourceArn } }),
          ...(sourceAccount === undefined ? {} : { StringEquals: { "aws:SourceAccount": sourceAccount } }),
        },
      };
    });
  return statements.length === 0 ? undefined : { Version: "2012-10-17", Statement: statements };
}

/** Lambda takes no function whose role it may not take on. */
function roleOf(lambda: DeployedResource, { roles, account: deploymentAccount }: FunctionSurroundings): DeployedRole {
  const role = roles.get(textOf(lambda, "role"));
  if (role === undefined) {
    throw new NotServedError(labelOf(lambda), "its role is not part of the deployment");
  }
  const { arn, account, trust } = role;
  const invoker = {
    service: "lambda.amazonaws.com",
    sourceArn: textOf(lambda, "arn"),
    sourceAccount: deploymentAccount,
  };
  unlessRefused(
    () => new Gate({ label: labelOf(lambda), arn, account, policy: trust.content }).require("sts:AssumeRole", invoker),
    () => {
      throw new NotServedError(labelOf(lambda), `Lambda may not take on its role ${arn}`);
    },
  );
  return role;
}

function codeFileOf(lambda: DeployedResource, codeFolder: string): string {
  const { archive } = blockOf(lambda, "code");
  if (typeof archive !== "string" || textOf(lambda, "handler") !== "index.handler") {
    throw new NotServedError(labelOf(lambda), 'only an archive of ours with the handler "index.handler" can be run');
  }
  const file = join(codeFolder, archive, "index.mjs");
  if (!existsSync(file)) {
    throw new NotServedError(
      labelOf(lambda),
      `its code, ${file}, is not there; a synthesis on this machine writes it (npm run synth)`,
    );
  }
  return file;
}

/** The deployed variables, and the few of Lambda's own; nothing of the shell that the gateway was started in. */
function environmentOf(lambda: DeployedResource, region: string): Record<string, string> {
  const variables = Object.entries(blockOf(lambda, "environment")["variables"] ?? {}).map(([name, value]) => {
    if (typeof value !== "string") {
      throw new NotServedError(labelOf(lambda), `the environment variable ${name} must be known before the deployment`);
    }
    return [name, value] as const;
  });
  return {
    PATH: process.env["PATH"] ?? "",
    TZ: "UTC",
    AWS_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: textOf(lambda, "name"),
    ...Object.fromEntries(variables),
  };
}

function publisherOf(
  lambda: DeployedResource,
  role: DeployedRole,
  { topics }: FunctionSurroundings,
): FunctionProcessOptions["publish"] {
  const topic = topics.get(String(topicArnOf(lambda)));
  if (topic === undefined) {
    throw new NotServedError(labelOf(lambda), "its environment variable TOPIC_ARN names no topic of the deployment");
  }
  const admit = topic.gate.forRole("sns:Publish", role, textOf(lambda, "name"));
  return ({ message, attributes }) => {
    admit();
    topic.distribute({ message, attributes, what: subjectOf(message) });
  };
}

function failureHandlingOf(lambda: DeployedResource, role: DeployedRole, around: FunctionSurroundings) {
  const config = resourcesOf(around.deployment, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").find(
    (candidate) => textOf(candidate, "functionName") === textOf(lambda, "name"),
  );
  const arn = config && failureDestinationOf(config);
  const queue = arn === undefined ? undefined : around.queues.get(arn);
  const admit = queue?.gate.forRole("sqs:SendMessage", role, textOf(lambda, "name"));
  return {
    retries: numberOf(config, "maximumRetryAttempts", defaults.retries),
    maximumAgeSeconds: numberOf(config, "maximumEventAgeInSeconds", defaults.maximumAgeSeconds),
    deadLetters: new DeadLetters({ function: lambda.name }, queue ?? arn, around.report),
    sendRecord: (to: Queue, record: string) => {
      admit?.();
      to.append({ body: record, attributes: {} });
    },
  };
}

function failureDestinationOf(config: DeployedResource): string | undefined {
  const { onFailure, onSuccess } = blockOf(config, "destinationConfig");
  const destination = (onFailure as { readonly destination?: unknown } | undefined)?.destination;
  if (onSuccess !== undefined || (destination !== undefined && typeof destination !== "string")) {
    throw new NotServedError(labelOf(config), "only a destination for failures is reproduced, by its ARN");
  }
  return destination;
}

/** What a message of the function is about, for whoever watches: `inbox/orders.csv of tenant:acme`. */
function subjectOf(message: string): string {
  // The topic takes any text.
  const { path, owner, complete } = jsonObject(message) ?? {};
  return typeof path === "string" && typeof owner === "string"
    ? `${complete === false ? "the part of " : ""}${path} of ${owner}`
    : "a message";
}
