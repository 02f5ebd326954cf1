import { findingText } from "../access/isolation";
import { isForThisAccount } from "../access/isolation/confinement";
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
  const { Principal, Action, NotAction } = statement;
  if (typeof Principal !== "object") {
    return "lets in everybody";
  }
  const services = listOf(Principal.Service);
  if (services.length > 0 && !isForThisAccount(statement, account)) {
    return `lets in ${services.join(" and ")} on behalf of any account`;
  }
  const others = Object.entries(Principal).flatMap(([kind, names]) => (kind === "Service" ? [] : listOf(names)));
  const stranger = others.find((name) => !readers.has(name));
  if (stranger !== undefined) {
    return `lets in ${stranger}, which is none of its "readers"`;
  }
  const may = others.length > 0 ? reading : sending;
  const more = listOf(Action).find((action) => !may.has(action));
  return NotAction !== undefined || more !== undefined
    ? `allows ${more ?? "everything but what NotAction lists"}, which is not ${others.length > 0 ? "to receive" : "to send"}`
    : undefined;
}
