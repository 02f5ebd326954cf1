import { arn, type AwsScope } from "../iam/arn";
import { policyText, type PolicyDocument } from "../iam/policy";
import { queuePolicy, type Sender } from "./documents";

/** A topic or a queue with its policy. */
export interface MessagingPlan {
  readonly name: string;
  readonly arn: string;
  /** Text of the policy. */
  readonly policy: string;
}

/** Plans a topic with this policy. */
export function planTopic(scope: AwsScope, name: string, policy: PolicyDocument): MessagingPlan {
  return { name, arn: arn(scope, "sns", name), policy: policyText(policy) };
}

/** Plans a queue. @param readers ARNs of roles and users that receive and delete, and no more. */
export function planQueue(
  scope: AwsScope,
  name: string,
  senders: readonly Sender[],
  readers: readonly string[] = [],
): MessagingPlan {
  const queueArn = arn(scope, "sqs", name);
  return { name, arn: queueArn, policy: policyText(queuePolicy(queueArn, senders, readers)) };
}
