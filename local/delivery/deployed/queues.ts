import { join } from "node:path";
import { labelOf, resourcesBy, resourcesOf, textOf } from "../../../inventory/resources";
import { NotServedError, refuseInputs } from "../../service/notServed";
import { guardedResource } from "../gate";
import { Queue } from "../queue";
import { keyGateOf } from "./keys";
import type { Surroundings } from "./surroundings";

/** Source: SQS Developer Guide, "Amazon SQS message quotas", queue name. It keeps a name from leading out of a folder. */
const queueName = /^[\w-]{1,80}$/;

/** The queues of a deployment by ARN. @throws NotServedError for one that cannot be reproduced faithfully. */
export function deployedQueues(around: Surroundings): ReadonlyMap<string, Queue> {
  const { deployment, account, queuesFolder } = around;
  const policies = resourcesBy(deployment, "aws:sqs/queuePolicy:QueuePolicy", "queueUrl");
  const queues = resourcesOf(deployment, "aws:sqs/queue:Queue").map((queue) => {
    refuseInputs(queue, "policy", "fifoQueue", "redriveAllowPolicy");
    const name = textOf(queue, "name");
    if (!queueName.test(name)) {
      throw new NotServedError(labelOf(queue), `"${name}" is no name for a standard queue`);
    }
    const guarded = guardedResource(
      queue,
      account,
      policies.get(textOf(queue, "url"))?.[0],
      keyGateOf(queue, "sqs", around),
    );
    return new Queue(guarded, `queues/${name}.jsonl`, join(queuesFolder, `${name}.jsonl`));
  });
  return new Map(queues.map((queue) => [queue.arn, queue]));
}
