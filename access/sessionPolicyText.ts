import { policyText } from "../iam/policy";
import { sessionPolicy, type LandingBucketRef } from "./documents";
import type { Grant } from "./grant";

/** Prefixes that stand in a JSON text as they are. */
const plainPrefix = /^[\w./-]*$/;

/** Stands for a prefix where the text is taken apart: a character that no document holds, since AWS's end at U+00FF. */
const placeholder = "\uE000";

/**
 * The texts of session policies for one bucket. A session policy holds the prefixes of its grants as they are, and all else
 * in it follows from their accesses; so the document is made once for each list of accesses, and its text then filled in.
 */
export function sessionPolicyTexts(landing: LandingBucketRef): (grants: readonly Grant[]) => string {
  const piecesByAccesses = new Map<string, string[]>();
  return (grants) => {
    if (!grants.every(({ prefix }) => plainPrefix.test(prefix))) {
      return policyText(sessionPolicy(landing, grants));
    }
    const accesses = grants.map(({ access, shared }) => `${access} ${shared}`).join();
    let pieces = piecesByAccesses.get(accesses);
    if (pieces === undefined) {
      pieces = piecesOf(landing, grants);
      piecesByAccesses.set(accesses, pieces);
    }
    return textOf(pieces, grants);
  };
}

/** What stands between the prefixes, and at every second place the number of the grant whose prefix stands there. */
function piecesOf(landing: LandingBucketRef, grants: readonly Grant[]): string[] {
  const nameless = grants.map((grant, index) => ({ ...grant, prefix: `${placeholder}${index}${placeholder}` }));
  return policyText(sessionPolicy(landing, nameless)).split(placeholder);
}

function textOf(pieces: readonly string[], grants: readonly Grant[]): string {
  let text = pieces[0] ?? "";
  for (let index = 1; index < pieces.length; index += 2) {
    text += `${grants[Number(pieces[index])]?.prefix}${pieces[index + 1]}`;
  }
  return text;
}
