import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import type { BasePersistenceLayer } from "@aws-lambda-powertools/idempotency/persistence";
import type { Context } from "aws-lambda";

/** What the function needs to know of the invocation it runs in. */
export type Invocation = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/** The two things done for an upload, each remembered by itself: a failing hook does not announce again. */
export type Step = "publish" | "hook";

/** Does the work unless it was done before. Throws when it fails, and while another invocation is at it. */
export type Once = (step: Step, uploadId: string, work: () => Promise<void>) => Promise<void>;

/**
 * How long a step is remembered: longer than any copy of its record can be on its way. SNS tries to hand over for up to 23
 * days, a dead letter waits up to 14 before somebody sends it again.
 */
const rememberedSeconds = 30 * 24 * 60 * 60;

/** The start of every key in the table. */
const keyPrefix = "on-upload";

/** Prepares the memory; the function that it returns is called at the start of each invocation. */
export function rememberingIn(store: BasePersistenceLayer): (invocation: Invocation) => Once {
  const config = new IdempotencyConfig({ expiresAfterSeconds: rememberedSeconds, hashFunction: "sha256" });
  return (invocation) => {
    // Powertools reads the remaining time alone: a step whose invocation has timed out may be taken over from then on.
    config.registerLambdaContext(invocation as Context);
    return async (step, uploadId, work) => {
      const once = makeIdempotent(async (_key: string) => work(), { persistenceStore: store, config, keyPrefix });
      await once(`${step} ${uploadId}`);
    };
  };
}
