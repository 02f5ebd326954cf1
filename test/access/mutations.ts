import { bucketPolicyMutations } from "./mutations/bucketPolicy";
import { grantMutations } from "./mutations/grants";
import { listingMutations } from "./mutations/listings";
import type { Mutation } from "./mutations/mutation";
import { objectMutations } from "./mutations/objects";
import { roleMutations } from "./mutations/roles";
import { trustMutations } from "./mutations/trust";

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
