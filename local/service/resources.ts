import type { DeployedResource, Deployment } from "../../synth/deployment";
import { UserError } from "../../userError";

/** The deployment holds something that this gateway cannot serve as AWS would; better no gateway than a wrong one. */
export class NotServedError extends UserError {
  constructor(where: string, why: string) {
    super(`${where}: ${why}`);
  }
}

/** Resources of one type, in the deployment's order. */
export function resourcesOf(deployment: Deployment, type: string): DeployedResource[] {
  return deployment.resources.filter((resource) => resource.type === type);
}

/** How messages name a resource. */
export function labelOf({ type, name }: DeployedResource): string {
  return `${type.slice(type.lastIndexOf(":") + 1)} "${name}"`;
}

/** An input or, failing that, an output; undefined when the resource has neither. */
export function valueOf(resource: DeployedResource, key: string): unknown {
  return resource.inputs[key] ?? resource.outputs[key];
}

/** @throws NotServedError unless the value is text. */
export function textOf(resource: DeployedResource, key: string): string {
  const value = valueOf(resource, key);
  if (typeof value !== "string" || value === "") {
    throw new NotServedError(labelOf(resource), `"${key}" must be text that is known before the deployment`);
  }
  return value;
}

/** An input that holds further inputs; empty when it is not set. @throws NotServedError for anything else. */
export function blockOf(resource: DeployedResource, key: string): Readonly<Record<string, unknown>> {
  const value = valueOf(resource, key) ?? {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new NotServedError(labelOf(resource), `"${key}" must be an object`);
  }
  return value as Readonly<Record<string, unknown>>;
}

/** @throws NotServedError when the resource sets one of these inputs, whose effect is not reproduced here. */
export function refuseInputs(resource: DeployedResource, ...keys: string[]): void {
  const key = keys.find((candidate) => resource.inputs[candidate] !== undefined);
  if (key !== undefined) {
    throw new NotServedError(labelOf(resource), `"${key}" is not reproduced by the gateway on this machine`);
  }
}
