import type { Area } from "../access/isolation/claim";
import { overreachOf } from "../access/isolation/confinement";
import { flawOf } from "../access/isolation/ownership";
import { listOf, type PolicyDocument, type Statement } from "../iam/policy";
import { namedStatements } from "./document";
import type { HomeFolder } from "./home";

/**
 * The statements of a session policy that reach beyond the user's home folders. Nobody declares a foreign user's grants,
 * so its home stands for them; the reasoning is that of the isolation proof.
 * @param furtherActions Actions, in lower case, that are fine within the home folders although the proof knows no access
 * that includes them.
 */
export function overreachingStatements(
  document: PolicyDocument,
  homes: readonly HomeFolder[],
  furtherActions: ReadonlySet<string>,
): string[] {
  const isConfined = (statement: Statement) =>
    statement.Effect === "Deny" ||
    usesKeys(statement) ||
    [...resourcesByBucket(statement)].every(([bucketResource, Resource]) => {
      const part = asObjectActions({ ...statement, ...(Resource && { Resource }) }, furtherActions);
      return overreachOf(part, areasIn(bucketResource, homes), bucketResource) === undefined;
    });
  return namedStatements(document).flatMap(({ name, statement }) => (isConfined(statement) ? [] : [name]));
}

/** With a bucket under a KMS key of its own, the session policy must allow the key's use as well. */
function usesKeys({ Action, Resource }: Statement): boolean {
  const actions = listOf(Action);
  const resources = listOf(Resource);
  return (
    actions.length > 0 &&
    resources.length > 0 &&
    actions.every((action) => /^kms:[a-z]+$/i.test(action)) &&
    resources.every((resource) => /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/.test(resource))
  );
}

/** The resources for each bucket they are in; those that name none in plain text stay together under an empty text. */
function resourcesByBucket({ Resource }: Statement): Map<string, string[] | undefined> {
  const byBucket = new Map<string, string[]>();
  for (const resource of listOf(Resource)) {
    const bucketResource = bucketOf(resource);
    byBucket.set(bucketResource, [...(byBucket.get(bucketResource) ?? []), resource]);
  }
  return Resource === undefined ? new Map([["", undefined]]) : byBucket;
}

/** `arn:aws:s3:::bucket` of an ARN in that bucket, or an empty text. */
function bucketOf(resource: string): string {
  const [, bucketResource = ""] = /^(arn:[a-z-]+:s3:::[a-z0-9][a-z0-9.-]*)(?:\/|$)/.exec(resource) ?? [];
  return bucketResource;
}

/** Home folders with names that mean nothing to IAM; a whole bucket is no folder, so nothing is confined to it. */
function areasIn(bucketResource: string, homes: readonly HomeFolder[]): Area[] {
  return homes
    .filter(({ bucket }) => bucket !== "" && bucketResource.endsWith(`:::${bucket}`))
    .map(({ prefix }): Area => ({ prefix, access: "read-write", shared: false }))
    .filter((area) => flawOf(area) === undefined);
}

/** The statement with the further actions checked by where they reach, as reading is. */
function asObjectActions(statement: Statement, furtherActions: ReadonlySet<string>): Statement {
  if (statement.Action === undefined || furtherActions.size === 0) {
    return statement;
  }
  const actions = listOf(statement.Action);
  return {
    ...statement,
    Action: actions.map((action) => (furtherActions.has(action.toLowerCase()) ? "s3:GetObject" : action)),
  };
}
