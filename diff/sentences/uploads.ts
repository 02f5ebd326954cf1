import { isDeepStrictEqual } from "node:util";
import type { Detail } from "../details";
import { isInput, isSilenceAfter, isWhole } from "../explained";
import { counted, plain, say, type Sentence } from "../sentence";
import { asDocument, fieldOf, listAt } from "../structure";
import { tell } from "../telling";

/** Somebody who hears of uploads, or a queue that is made to hear of them. */
export type Told =
  | { readonly kind: "own-queue"; readonly queue: string }
  | { readonly kind: "queue" | "function" | "email" | "https" | "other"; readonly endpoint: string };

type Listening = { readonly listener: Told };
type NewListening = Listening & {
  /** Whether nothing in the stack was told to it before. */
  readonly isFirst: boolean;
};
type Reader = { readonly reader: string };

const subscription = "aws:sns/topicSubscription:TopicSubscription";
const queue = "aws:sqs/queue:Queue";
const queuePolicy = "aws:sqs/queuePolicy:QueuePolicy";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const permission = "aws:lambda/permission:Permission";

/** Who hears of uploads, and what becomes of the files and messages themselves; of a tenant or of a space. */
export const uploadSentences = {
  "listener-added": tell({
    // What is sent to others leaves this account, or at least the hands that it was in.
    marks: ({ listener }: NewListening) => (listener.kind === "own-queue" ? [] : ["dangerous"]),
    say: ({ listener, isFirst }: NewListening) =>
      say`its uploads are told to ${named(listener)}${plain(listener.kind === "function" && isFirst ? forRoles : "")}`,
    explains: (detail, { listener }) => isOf(detail, listener),
  }),
  "listener-removed": tell({
    say: ({ listener }: Listening) => say`its uploads are no longer told to ${named(listener)}`,
    explains: (detail, { listener }) => isOf(detail, listener),
  }),
  "reader-added": tell({
    marks: ["dangerous"],
    say: ({ reader }: Reader) => say`${reader} may read the messages in its queue`,
    explains: isReaders,
  }),
  "reader-removed": tell({
    marks: ["breaking"],
    say: ({ reader }: Reader) => say`${reader} may no longer read the messages in its queue`,
    explains: isReaders,
  }),
  /** Hours of silence after which an alarm begins; undefined: never. */
  "expectation-changed": tell({
    say: ({ to, from }: Record<"from" | "to", number | undefined>) =>
      to === undefined
        ? say`its silence raises no alarm any more; it did ${silence(from)}`
        : say`its silence alarms ${silence(to)} instead of ${silence(from)}`,
    marks: ({ from = Infinity, to = Infinity }) => (to > from ? ["dangerous"] : []),
    explains: isSilenceAfter,
  }),
  "retention-set": tell({
    say: ({ to }: { readonly to: number }) => say`its files are deleted after ${days(to)}`,
    explains: isRetention,
  }),
  "retention-shortened": tell({
    marks: ["breaking", "dangerous"],
    say: ({ to, from }: { readonly from: number | undefined; readonly to: number }) =>
      say`its files are deleted after ${days(to)} instead of ${from === undefined ? plain("being kept") : days(from)}`,
    explains: isRetention,
  }),
  "retention-lengthened": tell({
    say: ({ from, to }: { readonly from: number; readonly to: number | undefined }) =>
      to === undefined
        ? say`its files are kept for ever instead of deleted after ${days(from)}`
        : say`its files are deleted after ${days(to)} instead of ${days(from)}`,
    explains: isRetention,
  }),
};

/** Without it the update fails: the workflows' roles may permit nobody to call a function that they do not know. */
const forRoles = "; before it is merged, deploy/aws/roles.yaml takes it among ListenerFunctionArns";

function named(listener: Told): Sentence {
  return listener.kind === "own-queue"
    ? say`a queue of its own, ${listener.queue}`
    : say`${plain(listener.kind === "other" ? "the endpoint" : listener.kind)} ${listener.endpoint}`;
}

function isOf(detail: Detail, listener: Told): boolean {
  if (listener.kind === "own-queue") {
    return isOwnQueue(detail, listener.queue);
  }
  const { kind, resource, path } = detail;
  const { endpoint, function: invoked, principal, action } = resource?.inputs ?? {};
  if (resource?.type === permission) {
    const isForTopic = principal === "sns.amazonaws.com" && action === "lambda:InvokeFunction";
    const isIts = listener.endpoint.startsWith(String(invoked));
    return isWhole(detail, permission) && isIts && (isForTopic || kind === "deleted");
  }
  const subscribed = resource?.type === subscription && endpoint === listener.endpoint;
  return subscribed && (isWhole(detail, subscription) || path[0] === "filterPolicy");
}

/** What is made for an own queue, as far as it is what a gateway makes. */
function isOwnQueue(detail: Detail, name: string): boolean {
  const { kind, resource } = detail;
  const inputs = resource?.inputs ?? {};
  const isNamed = (value: unknown, begin: string) => [name, `${name}_dlq`].some((own) => value === `${begin}${own}`);
  const beginOf = (value: unknown) => String(value).slice(0, -lastPart(value).length);
  return (
    (isWhole(detail, queue) && isNamed(inputs["name"], "")) ||
    (isWhole(detail, subscription) && inputs["protocol"] === "sqs" && lastPart(inputs["endpoint"]) === name) ||
    (isWhole(detail, alarm) && resource?.name.includes("-dlq-") === true) ||
    (isWhole(detail, queuePolicy) &&
      isNamed(inputs["queueUrl"], beginOf(inputs["queueUrl"])) &&
      (kind === "deleted" || isQueuePolicy(inputs["policy"])))
  );
}

/** What follows the last `:` of an ARN or the last `/` of a URL. */
function lastPart(value: unknown): string {
  return /[^:/]*$/.exec(String(value))?.[0] ?? "";
}

/** A queue's policy that lets a topic send, readers read, and nobody in without TLS. */
function isQueuePolicy(policy: unknown): boolean {
  const statements = listAt(asDocument(policy), "Statement");
  return (
    statements.length > 0 &&
    statements.every((statement) => {
      const Resource = fieldOf(statement, "Resource");
      const source = fieldOf(fieldOf(fieldOf(statement, "Condition"), "ArnEquals"), "aws:SourceArn");
      const right = [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource,
          Condition: { ArnEquals: { "aws:SourceArn": source } },
        },
        readersStatement(statement),
        { ...(statement as object), Effect: "Deny" },
      ];
      return right.some((form) => isDeepStrictEqual(statement, form));
    })
  );
}

/** The statement with which somebody may read a queue, and no more. */
function readersStatement(statement: unknown): object {
  const AWS = fieldOf(fieldOf(statement, "Principal"), "AWS");
  const Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"];
  return { Sid: "Readers", Effect: "Allow", Principal: { AWS }, Action, Resource: fieldOf(statement, "Resource") };
}

/** That one of the readers comes or goes, or the first, or the last. */
function isReaders(detail: Detail): boolean {
  const { path, from, to } = detail;
  const isOne = path.length === 6 && path.slice(3, 5).join(".") === "Principal.AWS";
  const isFirstOrLast = path.length === 3 && isDeepStrictEqual(to ?? from, readersStatement(to ?? from));
  return isInput(detail, queuePolicy, "policy", "Statement", "Readers") && (isOne || isFirstOrLast);
}

/** A rule that deletes the files of a prefix and does nothing else, or the days of one. */
function isRetention(detail: Detail): boolean {
  const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
  const { path, from, to } = detail;
  const days = Number(fieldOf(fieldOf(to ?? from, "expiration"), "days"));
  const prefix = fieldOf(fieldOf(to ?? from, "filter"), "prefix");
  const rule = { id: path[1], status: "Enabled", filter: { prefix }, expiration: { days } };
  const isRule = path.length === 2 && isDeepStrictEqual(to ?? from, rule);
  return isInput(detail, lifecycle, "rules") && (isRule || path.slice(2).join(".") === "expiration.days");
}

function days(number: number): Sentence {
  return plain(counted(number, "day"));
}

function silence(hours: number | undefined): Sentence {
  return plain(hours === undefined ? "never" : `after ${counted(hours, "hour")}`);
}
