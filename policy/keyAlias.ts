import { asciiLowerCase } from "../iam/asciiCase";
import { listOf, type Statement } from "../iam/policy";

/** Every key of one account in one region. */
const everyKey = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/\*$/;

/**
 * Whether a statement names every key of an account and a region, and under a condition the alias of the one that it means: so
 * a key is named whose id AWS has yet to draw.
 */
export function namesKeyByAlias({ Condition = {} }: Statement, resource: string): boolean {
  const asked = Object.entries(Condition["ForAnyValue:StringEquals"] ?? {});
  return (
    everyKey.test(resource) &&
    asked.some(([key, aliases]) => asciiLowerCase(key) === "kms:resourcealiases" && listOf(aliases).length > 0)
  );
}
