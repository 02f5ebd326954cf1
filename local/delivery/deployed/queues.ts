import { join } from "node:path";
import type { Deployment } from "../../../synth/deployment";
import { DeployedDocument } from "../../../inventory/document";
import { labelOf, resourcesOf, textOf } from "../../../inventory/resources";
import { NotServedError, refuseInputs } from "../../service/notServed";
import type { AwsLocation } from "./values";
import { Queue } from "../queue";

/** Source: SQS Developer Guide, "Amazon SQS message quotas", queue name. It keeps a name from leading out of a folder. */
const queueName = /^[\w-]{1,80}$/;

/**
 * The queues of a deployment by ARN.
 * @param folder Where their files lie.
 * @throws NotServedError for one that cannot be reproduced faithfully.
 */
export function deployedQueues(
  deployment: Deployment,
  { account }: AwsLocation,
  folder: string,
): ReadonlyMap<string, Queue> {
  const policies = resourcesOf(deployment, "aws:sqs/queuePolicy:QueuePolicy");
  return new Map(
    resourcesOf(deployment, "aws:sqs/queue:Queue").map((queue): [string, Queue] => {
      refuseInputs(queue, "policy", "fifoQueue", "kmsMasterKeyId", "redriveAllowPolicy");
      const [arn, name, url] = [textOf(queue, "arn"), textOf(queue, "name"), textOf(queue, "url")];
      if (!queueName.test(name)) {
        throw new NotServedError(labelOf(queue), `"${name}" is no name for a standard queue`);
      }
      const policy = policies.find((candidate) => textOf(candidate, "queueUrl") === url);
      const document = policy && new DeployedDocument(policy, "policy").content;
      const guarded = { label: labelOf(queue), arn, account, policy: document };
      const file = `${name}.jsonl`;
      return [arn, new Queue(guarded, `queues/${file}`, join(folder, file))];
    }),
  );
}
