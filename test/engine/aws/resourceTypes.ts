import type { ApiRequest } from "./apiModel";
import { bucketTypes } from "./bucketTypes";
import { functionTypes } from "./functionTypes";
import { iamTypes } from "./iamTypes";
import { messagingTypes } from "./messagingTypes";
import { monitoringTypes } from "./monitoringTypes";
import type { Properties, Service, StoredResource } from "./service";
import { transferTypes } from "./transferTypes";

/**
 * What AWS does when it is asked to create what exists already: overwrite it, as `Put...` requests do; make another one
 * with an id of its own; or refuse with an error of this name, some unless what is asked for is equal.
 */
export type WhenExists = "overwrite" | "duplicate" | { readonly refuse: string; readonly unlessEqual?: true };

/** How AWS and its provider treat one resource type. */
export interface ResourceType {
  /** The API requests that its inputs become. What only the provider understands is left out. */
  requests(inputs: Properties): ApiRequest[];
  /** Inputs whose change replaces the resource. */
  readonly replaceOn: readonly string[];
  readonly whenExists: WhenExists;
  /** The input that the provider fills with a name of its own. */
  readonly autoNamed?: "name";
  /** An input as the provider compares it. */
  readonly comparable?: (key: string, value: unknown) => unknown;
  /** @throws ServiceError where AWS refuses the inputs for what else exists. */
  accept?(service: Service, inputs: Properties): void;
  /** Deletes what goes along. @throws ServiceError where AWS refuses the deletion. */
  release?(service: Service, resource: StoredResource): void;
}

const resourceTypes: Readonly<Record<string, ResourceType>> = {
  ...bucketTypes,
  ...iamTypes,
  ...functionTypes,
  ...messagingTypes,
  ...monitoringTypes,
  ...transferTypes,
};

/**
 * The behaviour of a type.
 * @throws Error for one that is not known: a new one needs an entry here, its operations in model/extract.py, and its
 * computed attributes in synth/computed.ts.
 */
export function resourceType(type: string): ResourceType {
  const known = resourceTypes[type];
  if (known === undefined) {
    throw new Error(`the stand-in for AWS does not know the resource type ${type}`);
  }
  return known;
}
