import * as pulumi from "@pulumi/pulumi";

/** An error that the engine shows as it stands: without a stack, which the SDK takes up to a minute to colour. */
export function refusal(...reasons: readonly string[]): pulumi.RunError {
  const error = new pulumi.RunError(["nothing is deployed:", ...reasons].join("\n"));
  error.stack = "";
  return error;
}
