import { writeSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

/** What is written to while somebody waits. */
interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly fd: number;
}

/** What takes no longer needs no word. In milliseconds. */
const patience = 1000;

/** Back to the line's beginning, and nothing of what stood there. */
const cleared = "\r\u001b[K";

/** What the first number of the shared memory says; the second is 1 once something has been written. */
const states = { waiting: 0, writing: 1, ended: 2 } as const;

/**
 * Says on a terminal what is being waited for, and for how long, once that is more than a second; nothing remains of it. A
 * thread of its own counts, so that this is told of work as well that lets nothing else run.
 * @param doing `synthesising stack dev`.
 */
export async function withProgress<Result>(
  doing: string,
  work: () => Result | Promise<Result>,
  { isTTY, fd }: Terminal = process.stderr,
): Promise<Result> {
  if (isTTY !== true) {
    return work();
  }
  const end = beginTelling(doing, fd);
  try {
    return await work();
  } finally {
    end();
  }
}

/** @returns Ends it; once that has returned, nothing more is written. */
function beginTelling(doing: string, fd: number): () => void {
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(join(__dirname, "progressTicker.cjs"), {
    // What this process loads first, it does not need.
    execArgv: [],
    workerData: { memory: shared.buffer, fd, before: cleared, doing, patience, states },
  });
  worker.unref();
  return () => {
    while (Atomics.compareExchange(shared, 0, states.waiting, states.ended) === states.writing) {
      Atomics.wait(shared, 0, states.writing, patience);
    }
    Atomics.notify(shared, 0);
    if (Atomics.load(shared, 1) === 1) {
      writeSync(fd, cleared);
    }
  };
}
