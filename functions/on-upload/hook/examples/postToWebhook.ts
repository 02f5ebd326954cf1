import type { UploadHook } from "../signature";

/** Longer than a healthy receiver needs, short enough that a dead one does not use up the function's timeout. */
const patienceMs = 5_000;

/**
 * A hook that posts each complete upload to an HTTP endpoint of yours, with the upload's id as `idempotency-key`. It throws
 * unless the endpoint answers 2xx, so the event is tried again later.
 */
export function postToWebhook(url: string): UploadHook {
  return async (event) => {
    if (!event.complete) {
      return;
    }
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": event.uploadId },
      body: JSON.stringify(event),
      // A redirect could carry the event to a place that nobody chose.
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    // The body is not used, but the connection is free for the next event only once it is read or dropped.
    await response.body?.cancel();
    if (!response.ok) {
      throw new Error(`the webhook answered ${String(response.status)}`);
    }
  };
}
