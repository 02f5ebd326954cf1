/** Runs a function by the handler that Lambda itself would call: what it asks of AWS goes where its environment says. */
import { takeInvocations } from "./invocations.mjs";

takeInvocations(({ handler }) => {
  if (handler === undefined) {
    throw new Error('the code exports no "handler"');
  }
  return handler;
});
