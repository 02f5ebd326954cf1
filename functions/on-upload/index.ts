import { awsPorts } from "./aws";
import { createHandler, type Handler } from "./handler";

export { createHandler } from "./handler";
export { MemoryStore } from "./memoryStore";

let deployed: Handler | undefined;

/**
 * Lambda's entry point (`index.handler`). The AWS clients are made at the first event, not on import, so that the same
 * bundle can be imported where there is no AWS and run through `createHandler`.
 */
export const handler: Handler = async (input, invocation) => {
  deployed ??= createHandler(awsPorts(process.env));
  await deployed(input, invocation);
};
