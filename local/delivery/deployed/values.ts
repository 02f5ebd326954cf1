import type { DeployedResource } from "../../../synth/deployment";
import { labelOf, textOf, valueOf } from "../../../inventory/resources";
import { NotServedError } from "../../service/notServed";

/** The object that a text holds as JSON; undefined when it holds none. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The object that an input holds as JSON. @param label How messages name the resource. @throws NotServedError for none. */
export function jsonObjectIn(text: string, key: string, label: string): Readonly<Record<string, unknown>> {
  const object = jsonObject(text);
  if (object === undefined) {
    throw new NotServedError(label, `"${key}" is not JSON that holds an object`);
  }
  return object;
}

/** A number, or what AWS takes when it, or the whole resource, is not there. @throws NotServedError for anything else. */
export function numberOf(resource: DeployedResource | undefined, key: string, otherwise: number): number {
  const value = (resource && valueOf(resource, key)) ?? otherwise;
  if (resource !== undefined && typeof value !== "number") {
    throw new NotServedError(labelOf(resource), `"${key}" must be a number`);
  }
  return value as number;
}

/** Text, where it is set. @throws UnreadableDeploymentError for anything else. */
export function optionalTextOf(resource: DeployedResource, key: string): string | undefined {
  return valueOf(resource, key) === undefined ? undefined : textOf(resource, key);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
