/**
 * What every process of a function does, as Lambda's runtime does: it loads the deployed code, takes one invocation after the
 * other and says how each ended. Plain JavaScript: nothing but Node stands between the deployed bytes and the process.
 *
 * The process is called with the file of the code and the id of the gateway's process. What comes and goes is in
 * `functionProcess.ts`.
 */
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const [, , codeFile, gateway] = process.argv;

// Ctrl-C reaches every process of the terminal; the gateway decides when this one ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {});
}
process.on("disconnect", () => process.exit());
// Code that never returns to the event loop would not hear that the gateway is gone.
new Worker(
  `setInterval(() => { if (process.ppid !== ${Number(gateway)}) process.kill(process.pid, "SIGKILL"); }, 500)`,
  { eval: true },
).unref();

/** As Lambda's runtime for Node tells of what was thrown. */
function failureOf(error) {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
}

/** Takes invocations by the handler that `handlerOf` finds in the module of the code. */
export function takeInvocations(handlerOf) {
  const handler = import(pathToFileURL(codeFile)).then(handlerOf);
  // What rejects, as code that does not load, ends the process.
  // oxlint-disable-next-line typescript/no-misused-promises
  process.on("message", async ({ requestId, input, timeoutMs }) => {
    if (requestId === undefined) {
      return;
    }
    const handle = await handler;
    process.send({ begun: requestId });
    const deadline = Date.now() + timeoutMs;
    try {
      const context = { awsRequestId: requestId, getRemainingTimeInMillis: () => deadline - Date.now() };
      process.send({ ended: requestId, answer: await handle(input, context) });
    } catch (error) {
      process.send({ ended: requestId, error: failureOf(error) });
    }
  });
}
