import { access } from "./resourceTypes/access";
import { encryption } from "./resourceTypes/encryption";
import { functions } from "./resourceTypes/functions";
import { messaging } from "./resourceTypes/messaging";
import { monitoring } from "./resourceTypes/monitoring";
import { network } from "./resourceTypes/network";
import type { DeclaredType } from "./resourceTypes/resourceType";
import { storage } from "./resourceTypes/storage";
import { transferFamily } from "./resourceTypes/transfer";
import { UserError } from "../userError";

const declared = {
  ...storage,
  ...encryption,
  ...access,
  ...transferFamily,
  ...functions,
  ...messaging,
  ...monitoring,
  ...network,
};

/** The types of AWS's resources that the program may register: `aws:s3/bucket:Bucket`. */
export type ResourceTypeName = keyof typeof declared;

/** The one declaration of each of them: what AWS computes, what replaces it, and the rights it takes. */
export const resourceTypes: Readonly<Record<ResourceTypeName, DeclaredType>> = declared;

/** Whether a type is declared here. */
export function isResourceTypeName(type: string): type is ResourceTypeName {
  return Object.hasOwn(resourceTypes, type);
}

/** What is declared of a type; undefined for one that only another version, or another program, registers. */
export function declarationOf(type: string): DeclaredType | undefined {
  return isResourceTypeName(type) ? resourceTypes[type] : undefined;
}

/** A type as one that is declared. @throws UserError for one that is not; nothing is made up. */
export function resourceTypeName(type: string): ResourceTypeName {
  if (!isResourceTypeName(type)) {
    throw new UserError(
      `the resource type ${type} is not known: declare it in the file of synth/resourceTypes/ it belongs to`,
    );
  }
  return type;
}
