import type { Claim } from "../../access/isolation";
import { bucketPolicyMutations } from "./mutations/bucketPolicy";
import { grantMutations } from "./mutations/grants";
import { listingMutations } from "./mutations/listings";
import { objectMutations } from "./mutations/objects";
import { roleMutations } from "./mutations/roles";
import { trustMutations } from "./mutations/trust";

/** One way of breaking documents that are right. */
export interface Mutation {
  /** What is broken, and where. */
  readonly name: string;
  /** Whether a request exists that is wrongly allowed then; elsewhere the other documents still hold, or none is readable. */
  readonly opens: boolean;
  /** The broken claim; made from the claim of the sample tenants, which stays as it is. */
  readonly mutate: (claim: Claim) => Claim;
}

/** Each of them must be caught by the proof, and the ones that open something with a request that shows it. */
export const mutations: readonly Mutation[] = [
  ...under("session policy, objects", objectMutations),
  ...under("session policy, listing", listingMutations),
  ...under("grants", grantMutations),
  ...under("role", roleMutations),
  ...under("trust", trustMutations),
  ...under("bucket policy", bucketPolicyMutations),
];

function under(heading: string, list: readonly Mutation[]): Mutation[] {
  return list.map((mutation) => ({ ...mutation, name: `${heading}: ${mutation.name}` }));
}
