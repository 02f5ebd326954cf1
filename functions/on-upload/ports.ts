import type { BasePersistenceLayer } from "@aws-lambda-powertools/idempotency/persistence";
import type { Announcement } from "./event";
import type { UploadHook } from "./hook/signature";

/** All that the function does to the world, so that it runs the same in Lambda, on a laptop and in a test. */
export interface Ports {
  /** Sends to the topic `uploads`; settles once the topic has the message. */
  readonly publish: (announcement: Announcement) => Promise<void>;
  /** Remembers what was done: Powertools' layer over DynamoDB, or `MemoryStore`. */
  readonly store: BasePersistenceLayer;
  /** CloudWatch namespace of the metrics; one a stack, since two stacks may have tenants of one name. */
  readonly metricsNamespace: string;
  /** The user's own code. Default: `hook/`. */
  readonly hook?: UploadHook;
}
