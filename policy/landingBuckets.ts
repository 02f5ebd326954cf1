import { patternMatcher } from "../iam/glob";
import { homeFolders, homeOf } from "./home";
import { bucketTypes, userTypes, type BucketType, type ResourceType } from "./resourceTypes";
import { elements, holdsUnknown, type Place, type SeenResource } from "./seenResource";
import type { Stack } from "./stack";
import { documentsOf, transferRoles } from "./transferRoles";

/** Found once for a stack, about which most rules for buckets ask. */
const found = new WeakMap<Stack, SeenResource<BucketType>[]>();

/**
 * The buckets where the files of Transfer users land: those that a user's home or session policy names, or a policy of a
 * role that Transfer takes on. The roles alone say it where no user exists, or where users are not in the stack.
 */
export function landingBuckets(stack: Stack): readonly SeenResource<BucketType>[] {
  const buckets = found.get(stack) ?? findLandingBuckets(stack);
  found.set(stack, buckets);
  return buckets;
}

function findLandingBuckets(stack: Stack): SeenResource<BucketType>[] {
  const users = stack.ofType(userTypes);
  const documents = [
    ...users.map((user) => user.at("policy")),
    ...transferRoles(stack).flatMap((role) => documentsOf(role, stack)),
  ];
  const unknownHomes = users.map(homeOf).filter(({ value }) => holdsUnknown(value));
  const knownHomes = users.filter((user) => !holdsUnknown(homeOf(user).value)).flatMap(homeFolders);
  const names = new Set([...knownHomes.map(({ bucket }) => bucket), ...documents.flatMap(bucketNamesIn)]);
  // A pattern for every bucket says nothing of which one it is; another rule reports it.
  const matchers = [...names].filter((name) => !/^[*?]*$/.test(name)).map(patternMatcher);
  const sources = new Set(
    [...unknownHomes, ...documents].flatMap(({ resource, property }) => resource.dependenciesOf(property)),
  );
  return stack.ofType(bucketTypes).filter((bucket) => {
    const name = bucket.get("bucket");
    return sources.has(bucket.urn) || (typeof name === "string" && matchers.some((matches) => matches(name)));
  });
}

/** What bears the bucket that it configures in `bucket`. */
type BucketConfigurationType = Extract<ResourceType, `aws:s3/${"bucket" | "accessPoint:"}${string}`>;

/** The resources of some types that configure a bucket: its versioning, its policy, its access points. */
export function configurationsOf<Type extends BucketConfigurationType>(
  bucket: SeenResource<BucketType>,
  types: readonly Type[],
  stack: Stack,
): SeenResource<Type>[] {
  return stack.referringTo(bucket, ["bucket", "id"], types, "bucket");
}

/**
 * Where to read what holds for a bucket in the end: a resource of its own is applied after the bucket, so what the bucket
 * itself says counts only where there is none.
 */
export function effective(separate: readonly Place[], own: readonly Place[]): readonly Place[] {
  return separate.length > 0 ? separate : own.filter(({ value }) => elements(value).length > 0);
}

/** Names and name patterns in the S3 ARNs of a document, whatever else it says. */
function bucketNamesIn({ value }: Place): string[] {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return [...text.matchAll(/arn:[a-z-]+:s3:::([^/"\\]+)/g)].map(([, name = ""]) => name);
}
