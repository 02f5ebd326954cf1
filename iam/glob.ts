/** A piece of a pattern: text that stands for itself, any characters (`*`), or exactly one (`?`, a UTF-16 code unit). */
export type GlobToken = { readonly literal: string } | "any" | "one";

export type TextMatcher = (text: string) => boolean;

/** The tokens of a pattern in which `*` and `?` are wildcards and nothing can be escaped. */
export function globTokens(pattern: string): GlobToken[] {
  return [...pattern.matchAll(/\*+|\?|[^*?]+/g)].map(([piece]) =>
    piece.startsWith("*") ? "any" : piece === "?" ? "one" : { literal: piece },
  );
}

/** A pattern in which `*` and `?` are wildcards. The usual shapes, no wildcard or one `*` at the end, need no tokens. */
export function patternMatcher(pattern: string): TextMatcher {
  const wildcard = pattern.search(/[*?]/);
  if (wildcard < 0) {
    return (text) => text === pattern;
  }
  if (wildcard === pattern.length - 1 && pattern.endsWith("*")) {
    const start = pattern.slice(0, -1);
    return (text) => text.startsWith(start);
  }
  return globMatcher(globTokens(pattern));
}

/**
 * Compiles a pattern. What follows a `*` is taken at its first occurrence, which is right because a later `*` can absorb
 * whatever comes then; so a mismatch leads back to the last `*` only, and never to one before it.
 */
export function globMatcher(tokens: readonly GlobToken[]): TextMatcher {
  const pattern = tokens.flatMap((token) => (typeof token === "string" ? [token] : token.literal.split("")));
  return (text) => {
    let unit = 0;
    let position = 0;
    /** The unit after the last `*`, and where in the text it is tried. */
    let retry: { readonly unit: number; position: number } | undefined;
    while (position < text.length) {
      if (pattern[unit] === "any") {
        retry = { unit: ++unit, position };
      } else if (pattern[unit] === "one" || pattern[unit] === text[position]) {
        unit++;
        position++;
      } else if (retry !== undefined) {
        unit = retry.unit;
        position = ++retry.position;
      } else {
        return false;
      }
    }
    return pattern.slice(unit).every((rest) => rest === "any");
  };
}
