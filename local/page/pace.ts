import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";

/** How much longer than a piece of work everything else has the processor before the next piece. */
const rest = 4;

/**
 * Does one piece of work after the other, and leaves time between them: whoever asks the page a lot, or what takes long, does not
 * hold up transfers, which run in the same process.
 */
export class Pace {
  private last: Promise<void> = Promise.resolve();

  /** @param work Must not throw. */
  take(work: () => void): void {
    this.last = this.last.then(async () => {
      const begun = performance.now();
      work();
      // A timer for each answer of no length would cost more than the answer.
      const took = performance.now() - begun;
      await (took < 1 ? undefined : setTimeout(took * rest, undefined, { ref: false }));
    });
  }
}
