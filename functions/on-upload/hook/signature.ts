import type { UploadEvent } from "../event";

/**
 * The hook: called once for every event, after the topic has it. When it throws, the event is tried again and, in the end,
 * set aside in the dead-letter queue. It may be called again for an event that it has handled: use `uploadId` to notice.
 */
export type UploadHook = (event: UploadEvent) => Promise<void>;
