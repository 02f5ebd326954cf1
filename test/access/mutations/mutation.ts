import type { Claim } from "../../../access/isolation";

/** One way of breaking documents that are right. */
export interface Mutation {
  /** What is broken, and where. */
  readonly name: string;
  /** Whether a request exists that is wrongly allowed then; elsewhere the other documents still hold, or none is readable. */
  readonly opens: boolean;
  /** The broken claim; made from the claim of the sample tenants, which stays as it is. */
  readonly mutate: (claim: Claim) => Claim;
}
