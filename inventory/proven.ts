import { findingText, proveIsolation } from "../access/isolation";
import type { Deployment } from "../synth/deployment";
import { claimOf, type GrantedUser } from "./claim";
import { inventoryOf } from "./inventory";
import { UserError } from "../userError";

/** The finished deployment is not proven to keep tenants apart; the message has a line for each finding. */
export class UnprovenDeploymentError extends UserError {}

/**
 * Proves the isolation of a finished deployment: also of what stands beside the gateway, and of what a transformation made of
 * the gateway's own resources after they had been planned.
 * @throws UnprovenDeploymentError with what stands against it; UnreadableDeploymentError when that cannot be told.
 */
export function requireProven(deployment: Deployment, granted: readonly GrantedUser[]): void {
  const findings = proveIsolation(claimOf(inventoryOf(deployment), granted));
  if (findings.length > 0) {
    const lines = findings.map(findingText);
    throw new UnprovenDeploymentError(["the deployment does not keep its tenants apart:", ...lines].join("\n"));
  }
}
