import { stableText } from "../aws/operations";
import type { Service } from "../aws/service";
import type { StateResource } from "./stack";

/** A resource as two runs can be compared by. */
type Comparable = Pick<StateResource, "urn" | "id" | "parent" | "protect" | "inputs" | "outputs" | "dependencies">;

/** Providers belong to the engine; what the program makes is everything else. */
function isProgramResource({ type }: StateResource): boolean {
  return !type.startsWith("pulumi:providers:");
}

/** A state's resources in a form that is the same for every undisturbed run. */
export function comparable(resources: readonly StateResource[]): Comparable[] {
  return resources
    .filter(isProgramResource)
    .map(({ urn, id = "", parent = "", protect = false, inputs = {}, outputs = {}, dependencies = [] }) => ({
      urn,
      id,
      parent,
      protect,
      inputs,
      outputs,
      dependencies: [...dependencies].sort(),
    }))
    .sort((a, b) => (a.urn < b.urn ? -1 : 1))
    .map((resource) => withoutChance(resource));
}

/** Any data with a placeholder for each server id, which AWS draws anew for each server. */
export function withoutChance<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replace(/\bs-[0-9a-f]{17}\b/g, "s-SERVER")) as T;
}

/**
 * What AWS has and the stack does not know, or the other way round, or both have with different inputs: nothing, when
 * all is well.
 */
export function discrepancies(service: Service, resources: readonly StateResource[]): string[] {
  const known = new Map(
    resources
      .filter((resource) => resource.custom && isProgramResource(resource))
      .map(({ type, id = "", inputs = {} }) => [`${type} ${id}`, stableText(inputs)]),
  );
  const existing = new Map(service.inventory().map(({ type, id, inputs }) => [`${type} ${id}`, stableText(inputs)]));
  return [
    ...[...existing.keys()].filter((key) => !known.has(key)).map((key) => `orphaned: ${key}`),
    ...[...known.keys()].filter((key) => !existing.has(key)).map((key) => `missing: ${key}`),
    ...[...known].filter(([key, inputs]) => (existing.get(key) ?? inputs) !== inputs).map(([key]) => `differs: ${key}`),
  ];
}
