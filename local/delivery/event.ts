import type { Owner } from "../../uploads/owner";
import type { About } from "./about";

/** Who handed something on, or could not, by its logical name in the deployment. */
export type Source =
  | { readonly server: string }
  | { readonly bucket: string }
  | { readonly subscription: string }
  | { readonly rule: string }
  | { readonly function: string };

/** What is told of a delivery. It never holds what was delivered, but the name of the file that it is about. */
export type DeliveryEvent =
  /** A message is in a queue, or a function has been invoked with it. */
  | (Source &
      About & {
        readonly event: "delivered";
        readonly protocol: "sqs" | "lambda";
        /** The queue's file, or the function's logical name. */
        readonly to: string;
      })
  /** It would leave this machine on AWS. */
  | (Source & About & { readonly event: "not-sent"; readonly protocol: string; readonly to: string })
  /** A line that the function wrote: JSON, or the text of one that is none; with the owner that it names. */
  | { readonly event: "function-log"; readonly function: string; readonly line: unknown; readonly owner?: Owner }
  | MetricsEvent
  /** An invocation failed and will be repeated. */
  | (About & {
      readonly event: "retry";
      readonly function: string;
      readonly attempt: number;
      readonly attempts: number;
      readonly error: string;
      readonly seconds: number;
    })
  /** What could not be handed on waits in a queue. */
  | (Source & About & { readonly event: "dead-letter"; readonly to: string; readonly reason: string })
  /** It could not be handed on, and no queue took it. */
  | (Source & About & { readonly event: "lost"; readonly reason: string })
  /** The gateway ended before the function was done. */
  | { readonly event: "unfinished"; readonly function: string; readonly invocations: number };

/** What the function counted, as CloudWatch would read it from its log. */
export interface MetricsEvent {
  readonly event: "metrics";
  readonly function: string;
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number>>;
  readonly owner?: Owner;
}

export type ReportDelivery = (event: DeliveryEvent) => void;
