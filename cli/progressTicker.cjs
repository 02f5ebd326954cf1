// Tells of a wait while the command's own thread may be too busy to do so: a thread that counts the seconds. cli/progress.ts
// starts it and says what the numbers in its memory mean.
const { writeSync } = require("node:fs");
const { workerData } = require("node:worker_threads");

const { memory, fd, before, doing, patience, states } = workerData;
const shared = new Int32Array(memory);

for (let seconds = 1; Atomics.wait(shared, 0, states.waiting, patience) === "timed-out"; seconds += 1) {
  if (Atomics.compareExchange(shared, 0, states.waiting, states.writing) !== states.waiting) {
    break;
  }
  try {
    writeSync(fd, `${before}${doing} ... ${seconds} s`);
    shared[1] = 1;
  } catch {
    // Nobody watches any more.
  }
  Atomics.store(shared, 0, states.waiting);
  Atomics.notify(shared, 0);
}
