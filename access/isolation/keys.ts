import { asciiLowerCase } from "../../iam/asciiCase";
import { listOf, type Statement } from "../../iam/policy";
import { keyAction, type KeyReference } from "../encryption";
import type { Area, Claim } from "./claim";
import { conditionsIn, overreachOf } from "./confinement";

/** What an Allow opens beyond the areas and the key that they lie under. @param bucketResource ARN of the landing bucket. */
export function overreachBeyond(
  statement: Statement,
  areas: readonly Area[],
  bucketResource: string,
  { keys = [] }: Pick<Claim, "keys">,
): string | undefined {
  return isOnKeys(statement) ? overreachOnKeys(statement, keys) : overreachOf(statement, areas, bucketResource);
}

/** Whether a statement speaks of keys alone, not of files. */
export function isOnKeys({ Action }: Statement): boolean {
  const actions = listOf(Action);
  return actions.length > 0 && actions.every((action) => asciiLowerCase(action).startsWith("kms:"));
}

const usable: ReadonlySet<string> = new Set(Object.values(keyAction).map((action) => asciiLowerCase(action)));

/**
 * Says why an Allow statement on keys opens more than the use of the gateway's key, or undefined when it provably does not.
 * @param keys How a document may name that key; none where the gateway has no key.
 */
export function overreachOnKeys(
  { Action, Resource, NotResource, Condition }: Statement,
  keys: readonly KeyReference[],
): string | undefined {
  if (NotResource !== undefined) {
    return "allows everything but what NotResource lists";
  }
  const further = listOf(Action).find((action) => !usable.has(asciiLowerCase(action)));
  if (further !== undefined) {
    return `allows ${further}, which no access includes`;
  }
  const aliases = aliasesAskedFor(Condition);
  const strange = listOf(Resource).find(
    (resource) =>
      !keys.some((key) => key.resource === resource && (key.alias === undefined || isOnly(aliases, key.alias))),
  );
  return strange && `allows the use of "${strange}", which is not limited to the gateway's key`;
}

/** Whether a condition holds for a key with this alias alone. */
function isOnly(aliases: readonly (readonly string[])[], alias: string): boolean {
  return aliases.some((values) => values.every((value) => value === alias));
}

/** A key must bear one of the values for such a condition to hold; without ForAnyValue, or with ForAllValues, it need not. */
function aliasesAskedFor(condition: Statement["Condition"]): (readonly string[])[] {
  return conditionsIn(condition).flatMap(({ operator, key, values }) =>
    operator === "ForAnyValue:StringEquals" && asciiLowerCase(key) === "kms:resourcealiases" && values.length > 0
      ? [values]
      : [],
  );
}

/** Whether a statement admits requests through these services alone, and through none that hold files. */
export function isThroughOtherServicesThanS3({ Condition }: Statement): boolean {
  return conditionsIn(Condition).some(
    ({ operator, key, values }) =>
      operator === "StringEquals" &&
      asciiLowerCase(key) === "kms:viaservice" &&
      values.length > 0 &&
      values.every((value) => !value.startsWith("s3")),
  );
}
