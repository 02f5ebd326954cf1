import { findingText, proveIsolation } from "../access/isolation";
import type { Grant } from "../access/grant";
import { claimOf } from "../inventory/claim";
import { inventoryOf } from "../inventory/inventory";
import { UnreadableDeploymentError } from "../inventory/resources";
import type { Deployment } from "../synth/deployment";
import type { Written } from "./answer";
import { withWritten } from "./excerpt";
import type { Trial } from "./trial";

/** What a tenant is granted, before a change of tenants.yaml and after it; none where nobody knows. */
export interface GrantsBeside {
  readonly before: readonly Grant[];
  readonly after: readonly Grant[];
}

/** Whether the isolation proof has nothing against the changed documents that it had not against those before. */
export function isProvable(trial: Trial, writes: readonly Written[], { before, after }: GrantsBeside): boolean {
  const { excerpt } = trial;
  const known = findingsOf(trial, excerpt, before);
  const found = findingsOf(trial, withWritten(excerpt, writes), after);
  return found !== undefined && found.every((finding) => known?.includes(finding));
}

/** Undefined for a deployment that the proof cannot read. */
function findingsOf(
  { user, identityProvider }: Trial,
  deployment: Deployment,
  grants: readonly Grant[],
): string[] | undefined {
  const { userName, tenant = userName } = user;
  try {
    const claim = claimOf(inventoryOf(deployment), [{ tenant, userName, grants }]);
    return proveIsolation({ ...claim, serverAssumes: identityProvider === "lambda" }).map(findingText);
  } catch (error) {
    if (error instanceof UnreadableDeploymentError) {
      return undefined;
    }
    throw error;
  }
}
