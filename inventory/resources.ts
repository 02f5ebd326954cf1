import type { DeployedResource, Deployment } from "../synth/deployment";
import { UserError } from "../userError";

/** The deployment holds something whose meaning is not known here; nothing is concluded from it. */
export class UnreadableDeploymentError extends UserError {
  /**
   * @param where The resource: `User "acme"`, `User "acme", "policy"`.
   * @param why What was found there and why nothing follows from it.
   */
  constructor(
    readonly where: string,
    readonly why: string,
  ) {
    super(`${where}: ${why}`);
  }
}

/** Resources of one type, in the deployment's order. */
export function resourcesOf({ resources }: Deployment, type: string): DeployedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** The same by one of their inputs. @throws UnreadableDeploymentError for one that does not say it. */
export function resourcesBy(deployment: Deployment, type: string, key: string): Map<string, DeployedResource[]> {
  const groups = new Map<string, DeployedResource[]>();
  for (const resource of resourcesOf(deployment, type)) {
    const value = textOf(resource, key);
    groups.set(value, [...(groups.get(value) ?? []), resource]);
  }
  return groups;
}

/** How messages name a resource. */
export function labelOf({ type, name }: DeployedResource): string {
  return `${type.slice(type.lastIndexOf(":") + 1)} "${name}"`;
}

/** An input or, failing that, an output; undefined when the resource has neither. */
export function valueOf(resource: DeployedResource, key: string): unknown {
  return resource.inputs[key] ?? resource.outputs[key];
}

/** @throws UnreadableDeploymentError unless the value is text. */
export function textOf(resource: DeployedResource, key: string): string {
  const value = valueOf(resource, key);
  if (typeof value !== "string" || value === "") {
    throw new UnreadableDeploymentError(labelOf(resource), `"${key}" must be text that is known before the deployment`);
  }
  return value;
}

/** An input that holds further inputs; empty when it is not set. @throws UnreadableDeploymentError for anything else. */
export function blockOf(resource: DeployedResource, key: string): Readonly<Record<string, unknown>> {
  const value = valueOf(resource, key) ?? {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new UnreadableDeploymentError(labelOf(resource), `"${key}" must be an object`);
  }
  return value as Readonly<Record<string, unknown>>;
}

/** An input that is a list of objects; empty when it is not set. @throws UnreadableDeploymentError for anything else. */
export function blocksOf(resource: DeployedResource, key: string): readonly Readonly<Record<string, unknown>>[] {
  const value = valueOf(resource, key) ?? [];
  if (!Array.isArray(value) || value.some((block) => typeof block !== "object" || block === null)) {
    throw new UnreadableDeploymentError(labelOf(resource), `"${key}" must be a list of objects`);
  }
  return value as Readonly<Record<string, unknown>>[];
}

/** The first of these inputs that the resource sets. */
export function firstSetInput(resource: DeployedResource, keys: readonly string[]): string | undefined {
  return keys.find((key) => resource.inputs[key] !== undefined);
}
