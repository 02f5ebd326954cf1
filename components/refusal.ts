import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../userError";

/** An error that the engine shows as it stands: without a stack, which the SDK takes up to a minute to colour. */
export function refusal(...reasons: readonly string[]): pulumi.RunError {
  const error = new pulumi.RunError(["nothing is deployed:", ...reasons].join("\n"));
  error.stack = "";
  return error;
}

/** What the work gives. @throws pulumi.RunError for what whoever runs this has to mend, in its own words. */
export function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof UserError ? refusal(error.message) : error;
  }
}
