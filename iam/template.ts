import { asciiLowerCase } from "./asciiCase";
import { contextKey, valuesOf, type ContextKey } from "./contextKeys";
import { globMatcher, globTokens, patternMatcher, type GlobToken, type TextMatcher } from "./glob";
import type { Judgement } from "./judgement";
import type { AccessRequest } from "./request";
import { demand } from "./unsupported";

/** Where a value stands, which decides what may be in it and what an unknown value means. */
export interface ValuePlace {
  /** For messages. */
  readonly where: string;
  readonly document: DocumentKind;
  /**
   * Whether a match takes something away: values of a Deny or of a negated operator. A variable without a value must not
   * silently fail to match there, so whether it matches stays open.
   */
  readonly withholding: boolean;
}

export type DocumentKind = "identity" | "session" | "resource";

/** Whether a text of the request matches a value of the policy. */
export type ValueMatcher = (text: string, request: AccessRequest) => Judgement;

interface Variable {
  readonly key: ContextKey;
  readonly fallback: string | undefined;
}

type Token = GlobToken | Variable;

/** How a value is compared. */
export interface Comparison {
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  /** Of the letters A to Z. */
  readonly ignoreCase?: boolean;
}

/**
 * Compiles a value that may hold policy variables: `${aws:SourceAccount}`, `${aws:SourceAccount, 'default'}`, and `${*}`,
 * `${?}`, `${$}` for the characters themselves. What a variable stands for is text, never a pattern.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 * @throws UnsupportedPolicyError for a variable of an unknown or many-valued key, and an unclosed `${`.
 */
export function valueMatcher(value: string, comparison: Comparison, place: ValuePlace): ValueMatcher {
  const fold = (text: string) => (comparison.ignoreCase === true ? asciiLowerCase(text) : text);
  if (value.includes("${")) {
    return matcherWithVariables(tokensOf(value, comparison, place), fold, place);
  }
  if (comparison.wildcards) {
    return patternMatcher(value);
  }
  const wanted = fold(value);
  return (text) => fold(text) === wanted;
}

/** Compiled anew when the variables' values change, which they do not within a session. */
function matcherWithVariables(tokens: Token[], fold: (text: string) => string, place: ValuePlace): ValueMatcher {
  let filledWith: string[] | undefined;
  let matches: TextMatcher = () => false;
  const variables = tokens.filter(isVariable);
  return (text, request) => {
    const known: string[] = [];
    for (const { key, fallback } of variables) {
      const values = valuesOf(request, key);
      const value = values && (values[0] ?? fallback);
      if (value === undefined) {
        // AWS lets a variable without a value match nothing. That is safe where a match allows; elsewhere nothing is said.
        return values === undefined || place.withholding ? { key: key.name } : false;
      }
      known.push(value);
    }
    if (filledWith === undefined || known.some((value, i) => value !== filledWith?.[i])) {
      let next = 0;
      const filled = tokens.map((token) => (isVariable(token) ? { literal: known[next++] ?? "" } : token));
      matches = globMatcher(filled.map((token) => foldToken(token, fold)));
      filledWith = known;
    }
    return matches(fold(text));
  };
}

function tokensOf(value: string, { wildcards }: Comparison, place: ValuePlace): Token[] {
  const plain = (text: string): GlobToken[] => (wildcards ? globTokens(text) : text === "" ? [] : [{ literal: text }]);
  const tokens: Token[] = [];
  let position = 0;
  for (let start = value.indexOf("${"); start >= 0; start = value.indexOf("${", position)) {
    const end = value.indexOf("}", start);
    demand(end >= 0, place.where, `the policy variable in "${value}" is not closed`);
    tokens.push(...plain(value.slice(position, start)), variableToken(value.slice(start + 2, end), place));
    position = end + 1;
  }
  return [...tokens, ...plain(value.slice(position))];
}

function variableToken(inside: string, place: ValuePlace): Token {
  if (inside === "*" || inside === "?" || inside === "$") {
    return { literal: inside };
  }
  const [, name, fallback] = /^([\w:/.-]+)(?:, ?'([^']*)')?$/.exec(inside) ?? [];
  const key = name === undefined ? undefined : contextKey(name);
  demand(name && key && key.many === undefined, place.where, `unknown policy variable \${${inside}}`);
  demand(
    (key.only ?? place.document) === place.document,
    place.where,
    `\${${name}} has a value in session policies only`,
  );
  return { key, fallback };
}

function isVariable(token: Token): token is Variable {
  return typeof token === "object" && "key" in token;
}

function foldToken(token: GlobToken, fold: (text: string) => string): GlobToken {
  return typeof token === "object" ? { literal: fold(token.literal) } : token;
}
