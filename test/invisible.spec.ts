import { expect } from "chai";

import { invisibleInFile, printable, visibleLine } from "../invisible";
import { printableJson } from "../local/journal/printableJson";
import { quoted } from "../tenancy/quote";
import { publicKey } from "./publicKeys";
import { problemsOf } from "./tenancy/loading";

/** One character of each kind, by what it could be used for. */
const invisible: Readonly<Record<string, string>> = {
  "an escape, which begins orders to a terminal": "\u001b",
  "a control character of eight bits": "\u009b",
  "a right-to-left override": "\u202e",
  "an isolate of directions": "\u2066",
  "a zero-width space": "\u200b",
  "a soft hyphen": "\u00ad",
  "a byte order mark": "\ufeff",
  "a line separator": "\u2028",
  "a paragraph separator": "\u2029",
  "a Hangul filler, which counts as a letter": "\u3164",
  "a combining mark that joins nothing": "\u034f",
  "a variation selector": "\ufe0f",
  "a variation selector beyond 16 bits": "\u{e0100}",
  "a tag character": "\u{e0041}",
};

/** It as YAML writes it in double quotes. */
function escaped(character: string): string {
  return `\\U${codePoint(character).padStart(8, "0")}`;
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}

const onlyVisible = "one line without control characters";

for (const [what, character] of Object.entries(invisible)) {
  describe(`${what} is invisible`, () => {
    const key = publicKey(1).text;
    const shown = `\\u{${codePoint(character)}}`;
    const tenantWith = (line: string) => `tenants:\n  - name: acme\n    sshKeys: [${key}]\n    ${line}\n`;

    it("in a file, whose place is told", () => {
      const name = `U+${codePoint(character).toUpperCase().padStart(4, "0")}`;
      expect(problemsOf(`${tenantWith("state: active")}# a${character}b\n`)).to.deep.equal([
        `tenants.yaml:5:4: error: the invisible character ${name} stands here; remove it`,
      ]);
    });

    it("in a text that is written with an escape", () => {
      expect(problemsOf(tenantWith(`contact: "a${escaped(character)}b"`))).to.deep.equal([
        `tenants.yaml:4:14: error: contact "a${shown}b" is not allowed: ${onlyVisible}`,
      ]);
    });

    it("in names, and in what AWS takes for a letter", () => {
      const name = `"a${escaped(character)}b"`;
      for (const line of [`userName: ${name}`, `tags: { ${name}: x }`, `tags: { x: ${name} }`]) {
        const problems = problemsOf(tenantWith(line));
        expect(problems, line).to.have.length(1);
        expect(problems[0], line).to.match(/^tenants\.yaml:4:\d+: error: .* is not allowed: /);
        expect(problems[0], line).to.include(shown);
      }
    });

    it("in a key's comment", () => {
      expect(problemsOf(`tenants: [{ name: acme, sshKeys: ["${key} a${escaped(character)}b"] }]\n`)).to.deep.equal([
        "tenants.yaml:1:35: error: the key's comment holds a control character; remove it",
      ]);
    });

    it("on a terminal, in text, quotes and JSON", () => {
      const text = `a${character}b`;
      expect(printable(text)).to.equal(`a${shown}b`);
      expect(quoted(text)).to.equal(`"a${shown}b"`);
      expect(printableJson({ text })).to.match(visibleLine);
      expect(JSON.parse(printableJson({ text }))).to.deep.equal({ text });
    });
  });
}

describe("invisible text", () => {
  it("is half a character, too", () => {
    expect(printable("a\ud800b\udc00")).to.equal("a\\u{d800}b\\u{dc00}");
  });

  it("is a tab or a line break in one line, and not in a file", () => {
    expect(["a\tb", "a\nb", "a\r\nb"].filter((text) => visibleLine.test(text))).to.deep.equal([]);
    expect(invisibleInFile("a\tb\nc\r\n")).to.deep.equal([]);
  });

  it("is a carriage return by itself, even in a file", () => {
    expect(invisibleInFile("a\rb\r")).to.deep.equal([
      { character: "\r", offset: 1 },
      { character: "\r", offset: 3 },
    ]);
  });

  it("is not what people write: letters of any script, accents, emoji", () => {
    expect(visibleLine.test("Zoë, Łódź, 東京, שלום, नमस्ते, e\u0301, 📦")).to.equal(true);
    expect(printable("Zoë 東京 📦")).to.equal("Zoë 東京 📦");
  });

  it("is no space other than the plain one, which may stand in text and is shown by its number all the same", () => {
    const spaces = ["\u00a0", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000"];
    expect(spaces.filter((space) => !visibleLine.test(space))).to.deep.equal([]);
    expect(printable(`a b${spaces.join("")}`)).to.equal("a b\\u{a0}\\u{1680}\\u{2003}\\u{202f}\\u{205f}\\u{3000}");
  });
});
