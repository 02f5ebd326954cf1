import { findingText, proveIsolation } from "../access/isolation";
import type { Deployment } from "../synth/deployment";
import { claimOf, type GrantedUser } from "./claim";
import { inventoryOf } from "./inventory";
import { UserError } from "../userError";

/**
 * Proves the isolation of a finished deployment: also of what stands beside the gateway, and of what a transformation made of
 * the gateway's own resources after they had been planned.
 * @throws UserError with a line for each finding that stands against it; UnreadableDeploymentError when that cannot be told.
 */
export function requireProven(deployment: Deployment, granted: readonly GrantedUser[]): void {
  const findings = proveIsolation(claimOf(inventoryOf(deployment), granted));
  if (findings.length > 0) {
    throw new UserError(["the deployment does not keep its tenants apart:", ...findings.map(findingText)].join("\n"));
  }
}
