import { namedStatements, readStatements } from "./document";
import { partiesOf, sayWho, whoKeys } from "./principals";
import type { Rule } from "./rule";

const bearerTypes = [
  "aws:kms/key:Key",
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:sns/topic:Topic",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sqs/queue:Queue",
  "aws:sqs/queuePolicy:QueuePolicy",
] as const;

/** Names of partners and files go by these topics and queues, and the files rest under these keys. */
export const notPublic: Rule<(typeof bearerTypes)[number]> = {
  name: "notifications-and-keys-are-not-public",
  description:
    "Every Allow in the policy of a topic, a queue or a key names who may, in its Principal or by a condition " +
    "on the account, the organization, the ARN or the source of whoever asks.",
  subjects: bearerTypes,
  *check(resource) {
    const reading = readStatements(resource.at("policy"));
    if (reading === "unreadable") {
      yield `The policy in ${resource.label} cannot be read. Make it a policy document in JSON.`;
    }
    for (const { name, statement } of namedStatements(reading)) {
      const isForEverybody = partiesOf(statement).some(({ kind }) => kind === "everybody");
      if (isForEverybody && !sayWho(statement.Condition, whoKeys)) {
        yield (
          `In ${resource.label}, ${name} allows something to everybody. Name services, accounts or roles in ` +
          "`Principal`, with StringEquals on aws:SourceAccount or ArnEquals on aws:SourceArn beside a service."
        );
      }
    }
  },
};
