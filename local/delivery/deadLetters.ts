import type { About } from "./about";
import type { ReportDelivery, Source } from "./event";
import type { Queue } from "./queue";
import { unlessRefused } from "./undelivered";

/** Where a message goes that could not be handed on: a queue, the ARN of one elsewhere, or nowhere. */
export class DeadLetters {
  constructor(
    private readonly source: Source,
    private readonly queue: Queue | string | undefined,
    private readonly report: ReportDelivery,
  ) {
    if (typeof queue === "object") {
      queue.takesDeadLetters = true;
    }
  }

  /** @param send Puts the message into the queue, as whoever gave up on it. */
  put(about: About, reason: string, send: (queue: Queue) => void): void {
    const { source, queue } = this;
    if (queue === undefined) {
      return this.report({ event: "lost", ...source, ...about, reason });
    }
    if (typeof queue === "string") {
      return this.report({ event: "not-sent", ...source, protocol: "dead letter", to: queue, ...about });
    }
    unlessRefused(
      () => {
        send(queue);
        this.report({ event: "dead-letter", ...source, to: queue.shown, ...about, reason });
      },
      ({ message }) => this.report({ event: "lost", ...source, ...about, reason: `${reason}; ${message}` }),
    );
  }
}
