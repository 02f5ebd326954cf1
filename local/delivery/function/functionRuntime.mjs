/** Runs a function that announces to a topic, which is in the gateway's process: it answers with a refusal, or none. */
import { takeInvocations } from "../../function/invocations.mjs";

const publications = new Map();
let lastPublication = 0;

function publish(announcement) {
  return new Promise((resolve, reject) => {
    const publication = (lastPublication += 1);
    publications.set(publication, { resolve, reject });
    process.send({ publication, announcement });
  });
}

process.on("message", ({ publication, refusal }) => {
  const waiting = publications.get(publication);
  publications.delete(publication);
  if (refusal === undefined) {
    waiting?.resolve();
  } else {
    waiting?.reject(Object.assign(new Error(refusal), { name: "AuthorizationErrorException" }));
  }
});

takeInvocations(({ createHandler, MemoryStore }) => {
  if (createHandler === undefined || MemoryStore === undefined) {
    throw new Error("the code exports no createHandler and MemoryStore, by which it runs without AWS");
  }
  const metricsNamespace = process.env.POWERTOOLS_METRICS_NAMESPACE;
  return createHandler({ publish, store: new MemoryStore(), metricsNamespace });
});
