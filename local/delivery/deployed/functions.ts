import { join } from "node:path";
import type { DeployedResource } from "../../../synth/deployment";
import type { DeployedRole } from "../../../inventory/role";
import { blockOf, labelOf, resourcesOf, textOf } from "../../../inventory/resources";
import { deployedCode, guardedFunction, roleOfFunction } from "../../function/deployedFunction";
import { functionLogEvent } from "../../function/functionLog";
import { FunctionProcess, type FunctionProcessOptions } from "../../function/functionProcess";
import { NotServedError } from "../../service/notServed";
import { aboutOwned, type About } from "../about";
import { DeadLetters } from "../deadLetters";
import type { Endpoints, Surroundings } from "./surroundings";
import { jsonObject, numberOf } from "./values";
import { topicArnOf } from "./topics";
import { LambdaFunction } from "../function/lambdaFunction";
import type { Queue } from "../queue";
import type { Topic } from "../topic";

/** What a function is connected to. */
type FunctionSurroundings = Surroundings & Pick<Endpoints, "queues"> & { readonly topics: ReadonlyMap<string, Topic> };

/** Source: AWS Lambda Developer Guide, "Configuring error handling settings for asynchronous invocation". */
const defaults = { retries: 2, maximumAgeSeconds: 6 * 60 * 60 };

/** Between the attempts: a minute and two at Lambda, for which nobody waits on a laptop. */
const defaultRetryDelaysMs = [1000, 2000];

const runtime = join(__dirname, "../function/functionRuntime.mjs");

/** @throws NotServedError for a function that cannot be reproduced faithfully, or whose code is not there. */
export function deployedFunction(lambda: DeployedResource, around: FunctionSurroundings): LambdaFunction {
  const { name } = lambda;
  const guarded = guardedFunction(lambda, around);
  const role = roleOfFunction(lambda, around);
  const process = new FunctionProcess({
    ...deployedCode(lambda, around),
    runtime,
    onLine: (line) => around.report(functionLogEvent(name, line)),
    publish: publisherOf(lambda, role, around),
  });
  const retryDelaysMs = around.retryDelaysMs ?? defaultRetryDelaysMs;
  return new LambdaFunction(
    { name, guarded, process, retryDelaysMs, ...failureHandlingOf(lambda, role, around) },
    around.report,
  );
}

function publisherOf(
  lambda: DeployedResource,
  role: DeployedRole,
  { topics }: FunctionSurroundings,
): NonNullable<FunctionProcessOptions["publish"]> {
  const topic = topics.get(String(topicArnOf(lambda)));
  if (topic === undefined) {
    throw new NotServedError(labelOf(lambda), "its environment variable TOPIC_ARN names no topic of the deployment");
  }
  const admit = topic.gate.forRole("sns:Publish", role, textOf(lambda, "name"));
  return ({ message, attributes }) => {
    admit();
    topic.distribute({ message, attributes, ...subjectOf(message) });
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
function subjectOf(message: string): About {
  // The topic takes any text.
  const { path, owner, complete } = jsonObject(message) ?? {};
  return typeof path === "string" && typeof owner === "string"
    ? aboutOwned(`${complete === false ? "the part of " : ""}${path} of ${owner}`, owner)
    : { what: "a message" };
}
