import { firstSetInput, labelOf, UnreadableDeploymentError } from "../../inventory/resources";
import type { DeployedResource } from "../../synth/deployment";
import { UserError } from "../../userError";

/** The deployment holds something that this gateway cannot serve as AWS would; better no gateway than a wrong one. */
export class NotServedError extends UserError {
  constructor(where: string, why: string) {
    super(`${where}: ${why}`);
  }
}

/** Runs a step that reads a deployment: what it cannot read is not served. @throws NotServedError */
export function requireServed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UnreadableDeploymentError ? new NotServedError(error.where, error.why) : error;
  }
}

/** @throws NotServedError when the resource sets one of these inputs, whose effect is not reproduced here. */
export function refuseInputs(resource: DeployedResource, ...keys: string[]): void {
  const key = firstSetInput(resource, keys);
  if (key !== undefined) {
    throw new NotServedError(labelOf(resource), `"${key}" is not reproduced by the gateway on this machine`);
  }
}
