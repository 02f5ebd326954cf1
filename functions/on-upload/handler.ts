import { Logger } from "@aws-lambda-powertools/logger";
import { announcementOf, type UploadEvent } from "./event";
import { onUpload } from "./hook";
import { serviceName } from "../../uploads/metrics";
import { uploadCounter } from "./measure";
import { rememberingIn, type Invocation } from "./once";
import type { Ports } from "./ports";
import { readArrivals } from "./readArrivals";

/** The function's entry point; its result is not used. */
export type Handler = (input: unknown, invocation: Invocation) => Promise<void>;

/**
 * The function `on-upload`: announces each upload that the invocation tells of once, then calls the hook with it. Uploads
 * are taken one after the other, since S3 sends one a message. Where some fail, the others are done all the same; the
 * invocation then fails, Lambda repeats it, and what was done is remembered.
 */
export function createHandler({ publish, store, metricsNamespace, hook = onUpload }: Ports): Handler {
  const logger = new Logger({ serviceName });
  const count = uploadCounter(metricsNamespace);
  const remember = rememberingIn(store);

  return async (input, invocation) => {
    logger.appendKeys({ requestId: invocation.awsRequestId });
    const once = remember(invocation);
    const failures: unknown[] = [];
    for (const arrival of readArrivals(input)) {
      switch (arrival.kind) {
        case "ignored":
          logger[arrival.expected ? "info" : "warn"]("ignored", { reason: arrival.reason, key: arrival.key });
          break;
        case "unreadable":
          logger.error("a record cannot be read", { error: arrival.error });
          failures.push(arrival.error);
          break;
        case "upload":
          try {
            await handle(arrival.event);
          } catch (error) {
            logger.error("an upload failed and will be tried again", { ...logged(arrival.event), error });
            failures.push(error);
          }
      }
    }
    throwIfAny(failures);

    async function handle(event: UploadEvent): Promise<void> {
      await once("publish", event.uploadId, async () => {
        await publish(announcementOf(event));
        count(event);
        logger.info("announced", logged(event));
      });
      // After the announcement, so that a fault in the hook keeps no listener waiting.
      await once("hook", event.uploadId, () => hook(event));
    }
  };
}

/** What of an event is logged: enough to find the file, nothing of its content. */
function logged({ owner, path, size, uploadId, complete }: UploadEvent): Record<string, unknown> {
  return { owner, path, size, uploadId, complete };
}

function throwIfAny(failures: readonly unknown[]): void {
  if (failures.length > 1) {
    throw new AggregateError(failures, `${String(failures.length)} records failed: ${failures.map(String).join("; ")}`);
  }
  if (failures.length === 1) {
    throw failures[0];
  }
}
