import { awsPorts } from "./aws";
import { clientsWithin } from "./clients";
import { createHandler, type Handler } from "./handler";
import type { Invocation } from "./once";

export { createHandler } from "./handler";
export { MemoryStore } from "./memoryStore";

let deployed: Handler | undefined;
let running: Invocation;

/**
 * Lambda's entry point (`index.handler`). The AWS clients are made at the first event, not on import, so that the same
 * bundle can be imported where there is no AWS and run through `createHandler`.
 */
export const handler: Handler = async (input, invocation) => {
  // Lambda gives one process one invocation at a time.
  running = invocation;
  deployed ??= createHandler(
    awsPorts(
      process.env,
      clientsWithin(() => running.getRemainingTimeInMillis()),
    ),
  );
  await deployed(input, invocation);
};
