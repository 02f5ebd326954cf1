/**
 * Runs one function in a process of its own, as Lambda's runtime does: loads the deployed code, takes one invocation after
 * the other and says how each ended. Plain JavaScript: nothing but Node stands between the deployed bytes and the process.
 *
 * Called with the file of the code and the id of the gateway's process. What comes and goes is in `functionProcess.ts`.
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

const publications = new Map();
let lastPublication = 0;

/** The topic is in the gateway's process: it answers with a refusal, or none. */
function publish(announcement) {
  return new Promise((resolve, reject) => {
    const publication = (lastPublication += 1);
    publications.set(publication, { resolve, reject });
    process.send({ publication, announcement });
  });
}

async function load() {
  const { createHandler, MemoryStore } = await import(pathToFileURL(codeFile));
  if (createHandler === undefined || MemoryStore === undefined) {
    throw new Error("the code exports no createHandler and MemoryStore, by which it runs without AWS");
  }
  const metricsNamespace = process.env.POWERTOOLS_METRICS_NAMESPACE;
  return createHandler({ publish, store: new MemoryStore(), metricsNamespace });
}

/** As Lambda's runtime for Node tells of what was thrown. */
function failureOf(error) {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
}

const handler = load();

process.on("message", async (message) => {
  if (message.publication !== undefined) {
    const { resolve, reject } = publications.get(message.publication);
    publications.delete(message.publication);
    return message.refusal === undefined
      ? resolve()
      : reject(Object.assign(new Error(message.refusal), { name: "AuthorizationErrorException" }));
  }
  const handle = await handler;
  const { requestId, input, timeoutMs } = message;
  process.send({ begun: requestId });
  const deadline = Date.now() + timeoutMs;
  try {
    await handle(input, { awsRequestId: requestId, getRemainingTimeInMillis: () => deadline - Date.now() });
    process.send({ ended: requestId });
  } catch (error) {
    process.send({ ended: requestId, error: failureOf(error) });
  }
});
