import { asciiLowerCase } from "../iam/asciiCase";
import { listOf, type Statement } from "../iam/policy";

/** Every key of one account in one region. */
const everyKey = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/\*$/;

/**
 * Whether a statement names every key of an account and a region, and under a condition the alias of the one that it means: so
 * a key is named whose id AWS has yet to draw.
 */
export function namesKeyByAlias({ Condition = {} }: Statement, resource: string): boolean {
  const asked = [Condition["ForAnyValue:StringEquals"], Condition["ForAnyValue:StringLike"]].flatMap((keys = {}) =>
    Object.entries(keys),
  );
  return (
    everyKey.test(resource) &&
    asked.some(([key, aliases]) => asciiLowerCase(key) === "kms:resourcealiases" && nameKeys(listOf(aliases)))
  );
}

/** Neither a pattern nor a variable names one. */
function nameKeys(aliases: readonly string[]): boolean {
  return aliases.length > 0 && aliases.every((alias) => /^alias\/[^*?$]+$/.test(alias));
}
