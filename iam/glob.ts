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
 * Compiles a pattern. Each part between two `*` is taken at its first occurrence, which is right because a later `*` can
 * absorb whatever follows; so there is no backtracking.
 */
export function globMatcher(tokens: readonly GlobToken[]): TextMatcher {
  const parts = partsBetweenStars(tokens);
  const [first, ...rest] = parts.map(part);
  const last = rest.pop();
  if (first === undefined || last === undefined) {
    const only = first ?? part([]);
    return (text) => text.length === only.length && only.isAt(text, 0);
  }
  const shortest = first.length + rest.reduce((sum, { length }) => sum + length, 0) + last.length;
  return (text) => {
    if (text.length < shortest || !first.isAt(text, 0)) {
      return false;
    }
    let position = first.length;
    for (const middle of rest) {
      const found = middle.find(text, position);
      if (found < 0) {
        return false;
      }
      position = found + middle.length;
    }
    const end = text.length - last.length;
    return end >= position && last.isAt(text, end);
  };
}

/** What stands between two `*`: text in which single characters may be open. */
interface Part {
  readonly length: number;
  isAt(text: string, index: number): boolean;
  /** The first place at or after `from`, or -1. */
  find(text: string, from: number): number;
}

type PartToken = Exclude<GlobToken, "any">;

function partsBetweenStars(tokens: readonly GlobToken[]): PartToken[][] {
  const parts: PartToken[][] = [[]];
  for (const token of tokens) {
    if (token === "any") {
      parts.push([]);
    } else {
      parts[parts.length - 1]?.push(token);
    }
  }
  return parts;
}

function part(tokens: readonly PartToken[]): Part {
  if (tokens.includes("one")) {
    return partWithOpenCharacters(tokens);
  }
  const text = tokens.map((token) => (token === "one" ? "" : token.literal)).join("");
  return {
    length: text.length,
    isAt: (subject, index) => subject.startsWith(text, index),
    find: (subject, from) => subject.indexOf(text, from),
  };
}

const open = -1;

function partWithOpenCharacters(tokens: readonly PartToken[]): Part {
  const codes = tokens.flatMap((token) =>
    token === "one" ? [open] : Array.from({ length: token.literal.length }, (_, i) => token.literal.charCodeAt(i)),
  );
  const isAt = (text: string, index: number): boolean =>
    index + codes.length <= text.length &&
    codes.every((code, offset) => code === open || code === text.charCodeAt(index + offset));
  const find = (text: string, from: number): number => {
    for (let index = from; index + codes.length <= text.length; index++) {
      if (isAt(text, index)) {
        return index;
      }
    }
    return -1;
  };
  return { length: codes.length, isAt, find };
}
