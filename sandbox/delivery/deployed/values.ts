import type { DeployedResource } from "../../../synth/deployment";
import { labelOf, NotServedError, textOf, valueOf } from "../../service/resources";

/** Where the deployment lies, as far as messages name it. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

/** An input that is a list of objects; empty when it is not set. @throws NotServedError for anything else. */
export function blocksOf(resource: DeployedResource, key: string): readonly Readonly<Record<string, unknown>>[] {
  const value = valueOf(resource, key) ?? [];
  if (!Array.isArray(value) || value.some((block) => typeof block !== "object" || block === null)) {
    throw new NotServedError(labelOf(resource), `"${key}" must be a list of objects`);
  }
  return value as Readonly<Record<string, unknown>>[];
}

/** A number, or what AWS takes when it, or the whole resource, is not there. @throws NotServedError for anything else. */
export function numberOf(resource: DeployedResource | undefined, key: string, otherwise: number): number {
  const value = (resource && valueOf(resource, key)) ?? otherwise;
  if (resource !== undefined && typeof value !== "number") {
    throw new NotServedError(labelOf(resource), `"${key}" must be a number`);
  }
  return value as number;
}

/** Text, where it is set. @throws NotServedError for anything else. */
export function optionalTextOf(resource: DeployedResource, key: string): string | undefined {
  return valueOf(resource, key) === undefined ? undefined : textOf(resource, key);
}
