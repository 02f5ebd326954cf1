import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { SNSClient } from "@aws-sdk/client-sns";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** The clients; tests give ones whose requests end in memory. */
export interface Clients {
  readonly sns: SNSClient;
  readonly dynamodb: DynamoDBClient;
}

/** Where the clients find AWS. Default: as Lambda's environment says. */
export type Place = Pick<DynamoDBClientConfig, "endpoint" | "region" | "credentials">;

type Request = Parameters<NodeHttpHandler["handle"]>;

/** A request that is not answered in this time is tried again. */
const requestMs = 3_000;

/** So often is a request sent before its call fails. */
const attempts = 3;

/**
 * What requests leave of the invocation, to write down what failed: longer than the one pause before a further attempt that
 * may have begun before the time was up.
 */
const reserveMs = 2_000;

/** No request is sent with less time than this: no service answers in it, and timers are that inexact. */
const leastMs = 20;

/**
 * Clients none of whose calls outlasts the invocation: a service that takes a request and never answers makes a failure in
 * order, with the upload's name in the log, and not a function that Lambda ends.
 * @param remainingMs what the invocation that is running has left.
 */
export function clientsWithin(remainingMs: () => number, place: Place = {}): Clients {
  const requestHandler = new RequestsWithin(remainingMs);
  const configuration = { ...place, maxAttempts: attempts, requestHandler };
  return { sns: new SNSClient(configuration), dynamodb: new DynamoDBClient(configuration) };
}

/** Ends each request with the invocation's time, whatever it waits for: a connection, an answer, or the rest of one. */
class RequestsWithin extends NodeHttpHandler {
  constructor(private readonly remainingMs: () => number) {
    super({
      connectionTimeout: 1_000,
      requestTimeout: requestMs,
      // Without it the handler only warns and goes on waiting.
      throwOnRequestTimeout: true,
    });
  }

  override handle(request: Request[0], options?: Request[1]): ReturnType<NodeHttpHandler["handle"]> {
    const milliseconds = this.remainingMs() - reserveMs;
    const abortSignal = milliseconds < leastMs ? AbortSignal.abort() : AbortSignal.timeout(milliseconds);
    return super.handle(request, { ...options, abortSignal });
  }
}
