import { findingText } from "../access/isolation";
import { namedBesideServices } from "../access/isolation/confinement";
import { findingsIn } from "../access/isolation/findings";
import type { AwsScope } from "../iam/arn";
import { listOf, type Statement } from "../iam/policy";
import type { MessagingPlan } from "./messaging";
import type { UploadsPlan } from "./plan";

/** What a service may do: send. */
const sending: ReadonlySet<string> = new Set(["sns:Publish", "sqs:SendMessage"]);

/** What a reader of a queue may do. */
const reading: ReadonlySet<string> = new Set(["sqs:ReceiveMessage", "sqs:DeleteMessage"]);

/**
 * What the policies of topics and queues let in beside what was planned: services that send, for sources of this account, and
 * the readers of a queue, which receive and delete. Whoever else may subscribe or receive would hear of the tenants' uploads.
 * @returns A sentence for each statement, with the ARN in front.
 */
export function messagingFindings({ account }: AwsScope, { topics, deadLetters, listeners }: UploadsPlan): string[] {
  const readBy = (readers: readonly string[], ...queues: MessagingPlan[]) =>
    queues.map((queue) => ({ ...queue, readers: new Set(readers) }));
  const all = [
    ...readBy([], ...Object.values(topics), ...Object.values(deadLetters)),
    ...listeners.flatMap((listener) =>
      listener.kind === "own-queue" ? readBy(listener.readers, listener.queue, listener.deadLetters) : [],
    ),
  ];
  const findings = all.flatMap(({ arn, policy, readers }) =>
    findingsIn({ document: policy, kind: "resource", called: "its policy", subject: { role: arn } }, (statement) =>
      faultOf(statement, readers, account),
    ),
  );
  return findings.map(findingText);
}

function faultOf(statement: Statement, readers: ReadonlySet<string>, account: string): string | undefined {
  const named = namedBesideServices(statement, account);
  if ("fault" in named) {
    return named.fault;
  }
  const { Action, NotAction } = statement;
  const stranger = named.names.find((name) => !readers.has(name));
  if (stranger !== undefined) {
    return `lets in ${stranger}, which is none of its "readers"`;
  }
  const mayRead = named.names.length > 0;
  const may = mayRead ? reading : sending;
  const more = listOf(Action).find((action) => !may.has(action));
  return NotAction !== undefined || more !== undefined
    ? `allows ${more ?? "everything but what NotAction lists"}, which is not ${mayRead ? "to receive" : "to send"}`
    : undefined;
}
