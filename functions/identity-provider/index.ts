import { awsPorts } from "./aws";
import { createHandler, type Handler } from "./handler";

let deployed: Handler | undefined;

/**
 * Lambda's entry point (`index.handler`). The ports are made at the first event, not on import; the records lie beside the
 * bundle.
 */
export const handler: Handler = async (input, invocation) => {
  deployed ??= createHandler(awsPorts(process.env, __dirname));
  return deployed(input, invocation);
};
