import { isDeepStrictEqual } from "node:util";
import { firstSetInput, labelOf, UnreadableDeploymentError, valueOf } from "../../inventory/resources";
import type { DeployedResource } from "../../synth/deployment";

/** The deployment says something that this gateway cannot serve as AWS would; better no gateway than a wrong one. */
export class NotServedError extends UnreadableDeploymentError {}

/** @throws NotServedError when the resource sets one of these inputs, whose effect is not reproduced here. */
export function refuseInputs(resource: DeployedResource, ...keys: string[]): void {
  const key = firstSetInput(resource, keys);
  if (key !== undefined) {
    throw new NotServedError(labelOf(resource), `"${key}" is not reproduced by the gateway on this machine`);
  }
}

/** @throws NotServedError unless an input is what AWS takes when it is not set, the only value that is reproduced here. */
export function requireInput(resource: DeployedResource, key: string, usual: string | readonly string[]): void {
  if (!isDeepStrictEqual(valueOf(resource, key) ?? usual, usual)) {
    throw new NotServedError(labelOf(resource), `only "${key}" ${String(usual)} is reproduced`);
  }
}
