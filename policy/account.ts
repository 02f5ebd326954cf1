import { roleTypes, serverTypes, userTypes, type BucketType } from "./resourceTypes";
import { NotKnownYet, type SeenResource } from "./seenResource";
import type { Stack } from "./stack";

/**
 * Whether what is set for an account is set for a bucket's. Nothing says a bucket's account, so it is that of the roles,
 * users and servers which the same provider manages.
 * @throws NotKnownYet while no ARN of them is known.
 */
export function isInSameAccount(
  setting: SeenResource<"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock">,
  bucket: SeenResource<BucketType>,
  stack: Stack,
): boolean {
  const account = setting.at("accountId").known();
  const isOfSameProvider = setting.providerUrn === bucket.providerUrn;
  if (account === undefined && !isOfSameProvider) {
    throw new NotKnownYet(setting, "accountId");
  }
  return account === undefined || (typeof account === "string" && accountsBeside(bucket, stack).has(account));
}

function accountsBeside(bucket: SeenResource, stack: Stack): ReadonlySet<string> {
  const neighbours = stack
    .ofType([...roleTypes, ...serverTypes, ...userTypes])
    .filter(({ providerUrn }) => providerUrn === bucket.providerUrn);
  const accounts = neighbours.flatMap((resource) => {
    const arn = resource.get("arn");
    return typeof arn === "string" ? (arn.split(":")[4] ?? []) : [];
  });
  const [first] = neighbours;
  if (accounts.length === 0 && first !== undefined) {
    throw new NotKnownYet(first, "arn");
  }
  return new Set(accounts);
}
