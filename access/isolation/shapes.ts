import { compilePolicies, parsePolicy, UnsupportedPolicyError } from "../../iam/evaluate";
import type { Area, UserClaim } from "./claim";
import { overreachOf } from "./confinement";

/** A prefix in whose place any other one could stand: no character of it means anything in JSON, an ARN or a pattern. */
const plainPrefix = /^[\w.-][\w./-]*\/$/;

/**
 * Placeholders are a private character and a slash. No plain prefix can match into one, because it would have to hold that
 * character, and no document that AWS stores holds one either, since those end at U+00FF.
 */
const privateUse = { first: 0xe000, last: 0xf8ff, pattern: /[\uE000-\uF8FF]/ };

/**
 * Proves session policies that say the same but for the names in their prefixes only once, since thousands of tenants share
 * a handful of shapes. In the policy's text each granted prefix becomes a placeholder, and the proof is made for the text
 * and the grants with placeholders. It then holds whatever plain prefixes stand in their place: the proof asks what a value
 * starts with (a placeholder, whole), what it ends in (a placeholder ends in `/`, as prefixes do), and whether it holds
 * wildcards, variables or colons (neither do). A policy whose shape is not proven so is judged by itself.
 */
export function shapeProver(bucketResource: string): (user: UserClaim) => boolean {
  const verdicts = new Map<string, boolean>();
  return ({ session, grants }) => {
    if (session === undefined || !grants.every(({ prefix }) => plainPrefix.test(prefix))) {
      return false;
    }
    const text = typeof session === "string" ? session : JSON.stringify(session);
    if (privateUse.pattern.test(text) || grants.length > privateUse.last - privateUse.first) {
      return false;
    }
    const shape = shapeOf(text, grants);
    const name = `${shape} ${grants.map(({ access, shared }) => `${access} ${shared}`).join()}`;
    let verdict = verdicts.get(name);
    if (verdict === undefined) {
      verdict = isConfined(shape, grants.map(placeholderArea), bucketResource);
      verdicts.set(name, verdict);
    }
    return verdict;
  };
}

/** The text with placeholders; the longest prefix is replaced first, since a shorter one may stand inside it. */
function shapeOf(text: string, grants: readonly Area[]): string {
  return grants
    .map(({ prefix }, index) => ({ prefix, placeholder: placeholderOf(index) }))
    .sort((a, b) => b.prefix.length - a.prefix.length)
    .reduce((shape, { prefix, placeholder }) => shape.replaceAll(prefix, placeholder), text);
}

function placeholderOf(index: number): string {
  return `${String.fromCharCode(privateUse.first + index)}/`;
}

function placeholderArea({ access, shared }: Area, index: number): Area {
  return { prefix: placeholderOf(index), access, shared };
}

function isConfined(shape: string, areas: readonly Area[], bucketResource: string): boolean {
  try {
    const document = parsePolicy(shape, "session policy");
    compilePolicies({ identity: [], session: document });
    return document.Statement.every(
      (statement) => statement.Effect === "Deny" || overreachOf(statement, areas, bucketResource) === undefined,
    );
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return false;
    }
    throw error;
  }
}
