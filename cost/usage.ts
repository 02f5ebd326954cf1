import type { DeployedResource, Deployment } from "../synth/deployment";
import { prices } from "./prices";

/** What one unit of use adds. */
export interface UsageCost {
  /** `a million uploads`. */
  readonly use: string;
  readonly usd: number;
  /** What it is made of, and what was assumed; empty where the price is AWS's own. */
  readonly madeOf: string;
}

const million = 1_000_000;
const bytesOfGigabyte = 1_000_000_000;

/** Ours: a line of Transfer's structured log about an upload has 400 to 600 bytes. */
const bytesOfLine = 500;

/** Ours: what the functions take for one call when they are warm, rounded up. */
const secondsOfCall = 0.2;

/** S3 tells of an object by one message, and the function tells of the upload by another. */
const messagesOfUpload = 2;

/** What the function writes to its table for one upload; docs/NOTIFICATIONS.md counts the same. */
const itemsOfUpload = 4;

/** When a file is opened and when it is closed, and two of the function. */
const [linesOfTransfer, linesOfFunction] = [2, 2];

/** What use of a stack adds to its fixed cost, by its resources. */
export function usageCosts(deployment: Deployment): UsageCost[] {
  const { resources } = deployment;
  const logs = resources.some(
    ({ type, inputs }) => type === "aws:transfer/server:Server" && inputs["loggingRole"] !== undefined,
  )
    ? 2
    : 1;
  const line = (bytesOfLine / bytesOfGigabyte) * prices.loggedGigabyte.usd;
  const onUpload = functionNamed(resources, "-on-upload");
  const identityProvider = functionNamed(resources, "-identity-provider");
  return [
    { use: "a GB that is sent or fetched", usd: prices.transferredGigabyte.usd, madeOf: "" },
    { use: "a GB that is kept for a month", usd: prices.storedGigabyte.usd, madeOf: "old versions are kept, too" },
    uploads(onUpload, line, logs),
    {
      use: "a million lines of the log",
      usd: million * line * logs,
      madeOf: `${bytesOfLine} bytes each, ${logs === 2 ? "in both logs" : "in one log"}`,
    },
    { use: "a metric that is written every hour", usd: prices.metric.usd, madeOf: "for a month" },
    ...(identityProvider === undefined
      ? []
      : [{ use: "a million logins", usd: million * callOf(identityProvider), madeOf: assumed(identityProvider) }]),
    ...(resources.some(encryptsByKey)
      ? [{ use: "a million requests to the KMS key", usd: million * prices.keyRequest.usd, madeOf: "" }]
      : []),
  ];
}

function uploads(onUpload: DeployedResource | undefined, line: number, logs: number): UsageCost {
  const parts: [part: string, usd: number][] = [
    ["S3", prices.objectWritten.usd],
    ["log", line * linesOfTransfer * logs],
    ...(onUpload === undefined
      ? []
      : ([
          ["messages", messagesOfUpload * prices.message.usd],
          ["function", callOf(onUpload) + line * linesOfFunction],
          ["table", itemsOfUpload * prices.itemWritten.usd],
        ] as [string, number][])),
  ];
  const madeOf = parts.map(([part, usd]) => `${part} ${(million * usd).toFixed(2)}`).join(", ");
  return { use: "a million uploads", usd: million * parts.reduce((all, [, usd]) => all + usd, 0), madeOf };
}

/** Whether a bucket's objects lie under a KMS key, made by the stack or given: AWS counts requests to either. */
function encryptsByKey({ type, inputs }: DeployedResource): boolean {
  return (
    type === "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration" &&
    JSON.stringify(inputs["rules"] ?? []).includes('"sseAlgorithm":"aws:kms"')
  );
}

function functionNamed(resources: readonly DeployedResource[], ending: string): DeployedResource | undefined {
  return resources.find(({ type, name }) => type === "aws:lambda/function:Function" && name.endsWith(ending));
}

/** Of a function, with the memory that it has. */
function callOf(lambda: DeployedResource): number {
  return prices.invocation.usd + secondsOfCall * (megabytesOf(lambda) / 1024) * prices.functionGigabyteSecond.usd;
}

function assumed(lambda: DeployedResource): string {
  return `${secondsOfCall} seconds each, with ${megabytesOf(lambda)} MB`;
}

/** Source of the default: Lambda API reference, CreateFunction, MemorySize. */
function megabytesOf({ inputs }: DeployedResource): number {
  const { memorySize } = inputs;
  return typeof memorySize === "number" ? memorySize : 128;
}
