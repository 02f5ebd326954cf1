import type { DeployedResource } from "../../../synth/deployment";
import { labelOf, textOf, valueOf } from "../../../inventory/resources";
import { NotServedError } from "../../service/notServed";

/** Where the deployment lies, as far as messages name it. */
export interface AwsLocation {
  readonly region: string;
  readonly account: string;
}

/** The object that an input holds as JSON. @param label How messages name the resource. @throws NotServedError for none. */
export function jsonObjectIn(text: string, key: string, label: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotServedError(label, `"${key}" is not JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new NotServedError(label, `"${key}" is no object`);
  }
  return value as Readonly<Record<string, unknown>>;
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
