import type { FunctionError } from "../../function/functionProcess";

/** An asynchronous invocation that Lambda has given up. */
export interface GivenUp {
  readonly requestId: string;
  readonly functionArn: string;
  readonly condition: "RetriesExhausted" | "EventAgeExceeded";
  readonly attempts: number;
  readonly input: unknown;
  readonly error: FunctionError;
}

/**
 * What the destination for failures gets.
 * Source: AWS Lambda Developer Guide, "Retaining records of asynchronous invocations".
 */
export function invocationRecord({ requestId, functionArn, condition, attempts, input, error }: GivenUp) {
  return {
    version: "1.0",
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: input,
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: error,
  };
}
