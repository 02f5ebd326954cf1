import type { Statement } from "../../iam/policy";
import type { Area, Claim, UserClaim } from "./claim";
import { findingsIn } from "./findings";
import { overreachBeyond } from "./keys";
import { unansweredInSession } from "./unanswered";

/** A prefix in whose place any other one could stand: no character of it means anything in JSON, an ARN or a pattern. */
const plainPrefix = /^[\w.-][\w./-]*\/$/;

/**
 * Placeholders are a private character and a slash. No plain prefix can match into one, because it would have to hold that
 * character, and no document that AWS stores holds one either, since those end at U+00FF.
 */
const privateUse = { first: 0xe000, last: 0xf8ff };

/** What could become a placeholder, as it stands or as an escape of JSON, whose meaning is not its text. */
const notPlain = /[\\\uE000-\uF8FF]/;

/** A policy's text in pieces: what all policies of the shape have in common, and numbers of grants for their prefixes. */
type Shape = readonly (string | number)[];

/**
 * Proves session policies that say the same but for the names in their prefixes only once, since thousands of tenants share
 * a handful of shapes. In the policy's text each granted prefix becomes a placeholder, and the proof is made for the text
 * and the grants with placeholders. It then holds whatever plain prefixes stand in their place: the proof asks what a value
 * starts with (a placeholder, whole), what it ends in (a placeholder ends in `/`, as prefixes do), and whether it holds
 * wildcards, variables or colons (neither do). A further policy is of a proven shape if its text, every character of it, is
 * the shape's with the prefixes of its own grants. One whose shape is not proven is proven by itself.
 */
export function shapeProver(
  bucketResource: string,
  claim: Pick<Claim, "scope" | "keys">,
): (user: UserClaim) => boolean {
  /** The last one of each list of accesses, so that shapes which nobody shares cost no more than their own proof. */
  const proven = new Map<string, Shape>();
  return ({ session, grants }) => {
    if (session === undefined || !grants.every(({ prefix }) => plainPrefix.test(prefix))) {
      return false;
    }
    const text = typeof session === "string" ? session : JSON.stringify(session);
    const accesses = grants.map(({ access, shared }) => `${access} ${shared}`).join();
    const known = proven.get(accesses);
    if (known !== undefined && text === textOf(known, grants)) {
      return true;
    }
    if (notPlain.test(text) || grants.length > privateUse.last - privateUse.first) {
      return false;
    }
    const shape = withPlaceholders(text, grants);
    const areas = grants.map((grant, index) => ({ ...grant, prefix: placeholderOf(index) }));
    const examined = { document: shape, kind: "session", called: "the session policy", subject: {} } as const;
    const faultOf = (statement: Statement) =>
      overreachBeyond(statement, areas, bucketResource, claim) ?? unansweredInSession(statement, claim);
    const isProven = findingsIn(examined, faultOf).length === 0;
    if (isProven) {
      proven.set(accesses, piecesOf(shape));
    }
    return isProven;
  };
}

/** The longest prefix is replaced first, since a shorter one may stand inside it. */
function withPlaceholders(text: string, grants: readonly Area[]): string {
  return grants
    .map(({ prefix }, index) => ({ prefix, placeholder: placeholderOf(index) }))
    .sort((a, b) => b.prefix.length - a.prefix.length)
    .reduce((shape, { prefix, placeholder }) => shape.replaceAll(prefix, placeholder), text);
}

function piecesOf(shape: string): Shape {
  return shape
    .split(/([\uE000-\uF8FF])\//)
    .map((piece, index) => (index % 2 === 0 ? piece : piece.charCodeAt(0) - privateUse.first));
}

function textOf(shape: Shape, grants: readonly Area[]): string {
  let text = "";
  for (const piece of shape) {
    text += typeof piece === "string" ? piece : grants[piece]?.prefix;
  }
  return text;
}

function placeholderOf(index: number): string {
  return `${String.fromCharCode(privateUse.first + index)}/`;
}
