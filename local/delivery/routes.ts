import { resourcesOf, textOf } from "../../inventory/resources";
import { notifyingBuckets } from "./deployed/buckets";
import { deployedFunction } from "./deployed/functions";
import { deployedQueues } from "./deployed/queues";
import { deployedRule, rulesOf, targetsOf } from "./deployed/rules";
import { deployedSubscription } from "./deployed/subscriptions";
import type { Surroundings } from "./deployed/surroundings";
import { deployedTopics } from "./deployed/topics";

/** All ways on which a deployment hands something on. */
export type Routes = ReturnType<typeof routesOf>;

/** Reads the ways out of a deployment. @throws NotServedError for what cannot be reproduced faithfully. */
export function routesOf(around: Surroundings) {
  const { deployment } = around;
  const queues = deployedQueues(around);
  const topics = deployedTopics(around);
  const subscriptions = resourcesOf(deployment, "aws:sns/topicSubscription:TopicSubscription").filter((subscription) =>
    topics.has(textOf(subscription, "topic")),
  );
  const rules = rulesOf(deployment);
  const invoked = new Set([
    ...subscriptions.map((subscription) => textOf(subscription, "endpoint")),
    ...rules.flatMap((rule) => targetsOf(rule, deployment).map((target) => textOf(target, "arn"))),
  ]);
  const functions = new Map(
    resourcesOf(deployment, "aws:lambda/function:Function")
      .filter((lambda) => invoked.has(textOf(lambda, "arn")))
      .map((lambda) => [textOf(lambda, "arn"), deployedFunction(lambda, { ...around, queues, topics })]),
  );
  const endpoints = { queues, functions };
  for (const resource of subscriptions) {
    topics.get(textOf(resource, "topic"))?.subscriptions.push(deployedSubscription(resource, endpoints, around));
  }
  return {
    /** By name. */
    buckets: notifyingBuckets(topics, around),
    rules: rules.map((rule) => deployedRule(rule, endpoints, around)),
    functions: [...functions.values()],
    queues: [...queues.values()],
  };
}
