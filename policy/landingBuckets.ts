import { patternMatcher } from "../iam/glob";
import { homeFolders, homeProperty } from "./home";
import { bucketTypes, userTypes, type BucketType, type PropertyOf, type ResourceType } from "./resourceTypes";
import type { StackRule, Findings } from "./rule";
import { notKnownYet, type SeenResource } from "./seenResource";
import type { Stack } from "./stack";
import { documentsOf, transferRoles } from "./transferRoles";

/**
 * The buckets where the files of Transfer users land: those that a user's home or session policy names, or a policy of a
 * role that Transfer takes on. The roles alone say it where no user exists, or where users are not in the stack.
 */
export function landingBuckets(stack: Stack): SeenResource<BucketType>[] {
  const mentions = [...userMentions(stack), ...roleMentions(stack)];
  const names = new Set(mentions.flatMap(({ bucketNames }) => bucketNames));
  // A pattern for every bucket says nothing of which one it is; another rule reports it.
  const matchers = [...names].filter((name) => !/^[*?]*$/.test(name)).map(patternMatcher);
  const sources = new Set(mentions.flatMap(({ sourceUrns }) => sourceUrns));
  return stack.ofType(bucketTypes).filter((bucket) => {
    const name = bucket.get("bucket");
    return sources.has(bucket.urn) || (typeof name === "string" && matchers.some((matches) => matches(name)));
  });
}

/** A rule on every landing bucket of a stack. */
export function landingBucketRule(
  facts: Pick<StackRule, "name" | "description" | "level" | "configSchema">,
  checkBucket: (bucket: SeenResource<BucketType>, stack: Stack, findings: Findings) => void,
): StackRule {
  return {
    ...facts,
    checkStack(stack, findings) {
      for (const bucket of landingBuckets(stack)) {
        checkBucket(bucket, stack, findings);
      }
    },
  };
}

/** What bears the bucket that it configures in `bucket`. */
type BucketConfigurationType = Extract<ResourceType, `aws:s3/bucket${string}`>;

/** The resources of some types that configure a bucket: its versioning, its policy. */
export function configurationsOf<Type extends BucketConfigurationType>(
  bucket: SeenResource<BucketType>,
  types: readonly Type[],
  stack: Stack,
): SeenResource<Type>[] {
  return stack.referringTo(bucket, ["bucket", "id"], types, "bucket");
}

interface Mention {
  readonly bucketNames: readonly string[];
  /** Urns of what the text will come from, while it is not known. */
  readonly sourceUrns: readonly string[];
}

function userMentions(stack: Stack): Mention[] {
  return stack.ofType(userTypes).flatMap((user) => {
    const homes = homeFolders(user);
    return [
      homes === notKnownYet
        ? mentionOf(user, homeProperty(user), undefined)
        : { bucketNames: homes.map(({ bucket }) => bucket), sourceUrns: [] },
      mentionOf(user, "policy", user.get("policy")),
    ];
  });
}

function roleMentions(stack: Stack): Mention[] {
  return transferRoles(stack).flatMap((role) =>
    documentsOf(role, stack).map(({ resource, property, value }) => mentionOf(resource, property, value)),
  );
}

function mentionOf<Type extends ResourceType>(
  resource: SeenResource<Type>,
  property: PropertyOf<Type>,
  document: unknown,
): Mention {
  return { bucketNames: bucketNamesIn(document), sourceUrns: resource.dependenciesOf(property) };
}

/** Names and name patterns in the S3 ARNs of a document, whatever else it says. */
function bucketNamesIn(document: unknown): string[] {
  const text = typeof document === "string" ? document : (JSON.stringify(document) ?? "");
  return [...text.matchAll(/arn:[a-z-]+:s3:::([^/"\\]+)/g)].map(([, name = ""]) => name);
}
