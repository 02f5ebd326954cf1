import type { DeployedResource } from "../../../synth/deployment";
import { blockOf, blocksOf, resourcesBy, resourcesOf, textOf } from "../../../inventory/resources";
import { refuseInputs } from "../../service/notServed";
import { guardedResource } from "../gate";
import { Topic } from "../topic";
import { keyGateOf } from "./keys";
import type { Surroundings } from "./surroundings";

/**
 * The topics that an upload can reach, by ARN: those that a bucket notifies or a function announces to. Others, such as that
 * of alarms, have nothing to tell here.
 * @throws NotServedError for one that cannot be reproduced faithfully.
 */
export function deployedTopics(around: Surroundings): ReadonlyMap<string, Topic> {
  const { deployment, account } = around;
  const policies = resourcesBy(deployment, "aws:sns/topicPolicy:TopicPolicy", "arn");
  const notified = resourcesOf(deployment, "aws:s3/bucketNotification:BucketNotification").flatMap((notification) =>
    blocksOf(notification, "topics").map(({ topicArn }) => topicArn),
  );
  const announced = resourcesOf(deployment, "aws:lambda/function:Function").map((each) => topicArnOf(each));
  const topics = new Map<string, Topic>();
  for (const topic of resourcesOf(deployment, "aws:sns/topic:Topic")) {
    const arn = textOf(topic, "arn");
    if ([...notified, ...announced].includes(arn)) {
      refuseInputs(topic, "policy", "fifoTopic");
      const key = keyGateOf(topic, "sns", around);
      topics.set(arn, new Topic(guardedResource(topic, account, policies.get(arn)?.[0], key)));
    }
  }
  return topics;
}

/** The environment variable by which a function knows the topic that it announces to. */
export function topicArnOf(lambda: DeployedResource): unknown {
  const variables = blockOf(lambda, "environment")["variables"];
  return typeof variables === "object" ? (variables as Record<string, unknown> | null)?.["TOPIC_ARN"] : undefined;
}
