import { expect } from "chai";
import fc from "fast-check";
import { globMatcher, globTokens, patternMatcher } from "../../iam/glob";

/** Obviously right: try everything that a `*` can stand for. */
function slowMatch(pattern: string, text: string): boolean {
  if (pattern === "") {
    return text === "";
  }
  const [head, rest] = [pattern[0], pattern.slice(1)];
  if (head === "*") {
    return Array.from({ length: text.length + 1 }, (_, i) => text.slice(i)).some((tail) => slowMatch(rest, tail));
  }
  return text !== "" && (head === "?" || head === text[0]) && slowMatch(rest, text.slice(1));
}

describe("glob", () => {
  const cases: [pattern: string, text: string, matches: boolean][] = [
    ["b/acme*", "b/acme-corp/x", true],
    ["b/acme/*", "b/acme-corp/x", false],
    ["b/acme/*", "b/acme/", true],
    ["/acme/*", "acme/", false],
    ["b/*/", "b/acme/new/", true],
    ["b/*/", "b/acme/f.txt", false],
    ["b/?cme/x", "b/acme/x", true],
    ["b/?cme/x", "b/cme/x", false],
    ["*", "", true],
    ["", "", true],
    ["", "x", false],
    ["a*a", "a", false],
    ["*.csv", "a.csv.csv", true],
    ["A", "a", false],
    [".", "x", false],
  ];
  for (const [pattern, text, matches] of cases) {
    it(`"${pattern}" ${matches ? "matches" : "does not match"} "${text}"`, () => {
      expect(patternMatcher(pattern)(text)).to.equal(matches);
    });
  }

  const letters = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "?"), maxLength: 8 });

  it("agrees with trying everything", () => {
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        expect(patternMatcher(pattern)(text)).to.equal(slowMatch(pattern, text));
        expect(globMatcher(globTokens(pattern))(text)).to.equal(slowMatch(pattern, text));
      }),
      { seed: 20260101, numRuns: 3000 },
    );
  });

  it("matches what is made from the pattern", () => {
    fc.assert(
      fc.property(letters, letters, (pattern, filling) => {
        expect(patternMatcher(pattern)(pattern.replaceAll("?", "x").replaceAll("*", filling))).to.equal(true);
      }),
      { seed: 20260101 },
    );
  });

  it("takes no time for a pattern that is made to backtrack", () => {
    const matches = patternMatcher(`${"a*".repeat(200)}b`);
    const start = process.cpuUsage();
    expect(matches("a".repeat(20_000))).to.equal(false);
    expect(process.cpuUsage(start).user / 1000).to.be.below(500);
  });
});
