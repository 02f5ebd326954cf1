import { asciiLowerCase } from "../iam/asciiCase";
import type { Area } from "../access/isolation/claim";
import { overreachOf } from "../access/isolation/confinement";
import { flawOf } from "../access/isolation/ownership";
import { listOf, type Conditions, type PolicyDocument, type Statement } from "../iam/policy";
import { namedStatements } from "./document";
import type { HomeFolder } from "./home";
import { namesKeyByAlias } from "./keyAlias";
import { isHarmlessAnywhere } from "./width";

/** What goes too far in a session policy. */
export interface Overreach {
  /** How messages call the statement. */
  readonly name: string;
  /** Whether it speaks of keys alone, not of folders. */
  readonly isOnKeys: boolean;
}

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
): Overreach[] {
  const isConfined = (statement: Statement) =>
    statement.Effect === "Deny" ||
    [...resourcesByBucket(statement)].every(([bucketResource, Resource]) => {
      const part = asProven({ ...statement, ...(Resource && { Resource }) }, furtherActions);
      return overreachOf(part, areasIn(bucketResource, homes), bucketResource) === undefined;
    });
  return namedStatements(document).flatMap(({ name, statement }) => {
    const isOnKeys = speaksOfKeys(statement);
    return (isOnKeys ? statement.Effect === "Deny" || usesKeys(statement) : isConfined(statement))
      ? []
      : [{ name, isOnKeys }];
  });
}

function speaksOfKeys({ Action, NotResource }: Statement): boolean {
  const actions = listOf(Action);
  return NotResource === undefined && actions.length > 0 && actions.every((action) => /^kms:/i.test(action));
}

/**
 * What Transfer asks of the key of an encrypted bucket, in the user's name.
 * Source: Transfer Family User Guide, "Managing access controls".
 */
export const keyActions = [
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GetPublicKey",
  "kms:ListKeyPolicies",
] as const;

const keyActionNames: ReadonlySet<string> = new Set(keyActions.map((action) => asciiLowerCase(action)));

const namedKey = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** With a bucket under a KMS key of its own, the session policy must allow the key's use as well. */
function usesKeys(statement: Statement): boolean {
  const { Action, Resource } = statement;
  const resources = listOf(Resource);
  return (
    resources.length > 0 &&
    listOf(Action).every((action) => keyActionNames.has(asciiLowerCase(action))) &&
    resources.every((resource) => namedKey.test(resource) || namesKeyByAlias(statement, resource))
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

/** The statement in the words of the proof, without what is harmless: further actions are checked as reading is. */
function asProven(statement: Statement, furtherActions: ReadonlySet<string>): Statement {
  const { Action, Condition } = statement;
  return {
    ...statement,
    ...(Action !== undefined && {
      Action: listOf(Action)
        .filter((action) => !isHarmlessAnywhere(action))
        .map((action) => (furtherActions.has(asciiLowerCase(action)) ? "s3:GetObject" : action)),
    }),
    ...(Condition && { Condition: ofOneValue(Condition) }),
  };
}

/** A request has one prefix or none, so any of its values is the value; without one neither form holds. */
function ofOneValue(conditions: Conditions): Conditions {
  const plain: Record<string, Conditions[string]> = { ...conditions };
  for (const name of ["StringEquals", "StringLike"]) {
    const ofAny = Object.entries(conditions[`ForAnyValue:${name}`] ?? {});
    const onPrefix = ofAny.filter(([key]) => asciiLowerCase(key) === "s3:prefix");
    plain[name] = { ...Object.fromEntries(onPrefix), ...conditions[name] };
  }
  return plain;
}
