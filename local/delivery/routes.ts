import type { Deployment } from "../../synth/deployment";
import { resourcesOf, textOf } from "../../inventory/resources";
import type { ServedRole } from "../service/deployedServer";
import type { AwsLocation } from "./deployed/values";
import { notifyingBuckets, type NotifyingBucket } from "./deployed/buckets";
import { deployedFunction } from "./deployed/functions";
import { deployedQueues } from "./deployed/queues";
import { deployedRule, rulesOf, targetsOf } from "./deployed/rules";
import { deployedSubscription, deployedTopics, subscriptionsTo } from "./deployed/topics";
import type { ReportDelivery } from "./event";
import type { EventRule } from "./eventRule";
import type { LambdaFunction } from "./function/lambdaFunction";

/** All ways on which a deployment hands something on. */
export interface Routes {
  /** By name. */
  readonly buckets: ReadonlyMap<string, NotifyingBucket>;
  readonly rules: readonly EventRule[];
  readonly functions: readonly LambdaFunction[];
  /** Whether there is a queue in which something can arrive. */
  readonly leadToQueues: boolean;
}

export interface RoutesOptions {
  readonly deployment: Deployment;
  /** By ARN. */
  readonly roles: ReadonlyMap<string, ServedRole>;
  readonly place: AwsLocation;
  /** Where the queues' files lie. */
  readonly queuesFolder: string;
  /** Where bundles lie, each in a folder of its hash. */
  readonly codeFolder: string;
  /** Between the attempts of an invocation that fails. */
  readonly retryDelaysMs: readonly number[];
  readonly report: ReportDelivery;
}

/** Reads the ways out of a deployment. @throws NotServedError for what cannot be reproduced faithfully. */
export function routesOf(options: RoutesOptions): Routes {
  const { deployment, place, queuesFolder, report } = options;
  const queues = deployedQueues(deployment, place, queuesFolder);
  const topics = deployedTopics(deployment, place);
  const subscriptions = subscriptionsTo(topics, deployment);
  const rules = rulesOf(deployment);
  const invoked = new Set([
    ...subscriptions.map((subscription) => textOf(subscription, "endpoint")),
    ...rules.flatMap((rule) => targetsOf(rule, deployment).map((target) => textOf(target, "arn"))),
  ]);
  const around = { ...options, queues, topics };
  const functions = new Map(
    resourcesOf(deployment, "aws:lambda/function:Function")
      .filter((lambda) => invoked.has(textOf(lambda, "arn")))
      .map((lambda) => [textOf(lambda, "arn"), deployedFunction(lambda, around)]),
  );
  const endpoints = { queues, functions };
  for (const resource of subscriptions) {
    const topic = topics.get(textOf(resource, "topic"));
    topic?.subscribe(deployedSubscription(resource, endpoints, place, report));
  }
  return {
    buckets: notifyingBuckets(deployment, topics, place, report),
    rules: rules.map((rule) => deployedRule(rule, deployment, endpoints, place, report)),
    functions: [...functions.values()],
    leadToQueues: queues.size > 0,
  };
}
