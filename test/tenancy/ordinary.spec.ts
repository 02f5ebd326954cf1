import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { Lexer } from "yaml";

import { readYaml } from "../../tenancy/document";
import { readOrdinary } from "../../tenancy/ordinary";
import { Report } from "../../tenancy/report";
import { manyTenants } from "../fixtures/manyTenants";

const seed = 20260101;
const committed = readFileSync(join(__dirname, "../../tenants.yaml"), "utf8");

/** What has a meaning somewhere in YAML, or nearly one. */
const pieces = [
  ..."-:#,?!&*|>'\"%@`~=\\[]{} a1é\t\r\n",
  ...["- ", ": ", " #", " # c", "\n  ", "\n    ", "\n- x", "\n  - x", "\n---", "\n...", "? ", "<<", "__proto__"],
  ...["null", "True", "FALSE", "yes", "0", "017", "1e3", "0x1F", "0o7", ".5", "-1", "+1", "1_000", ".inf", ".NaN"],
  ...["2027-01-01", "24h", "arn:aws:x::y", "key: v", "key:", "true: 1", "{ a: b }", "{a: }", "[a, b]", "[a: b]", "[]"],
  ...["[a,]", '"a"', "'a''b'", '"\\n"', '"a": b', "- - a", "- a: b\n  c: d"],
];

const usual = [
  "a",
  "b c",
  "7",
  "true",
  "null",
  "'x'",
  '"y: z"',
  "[a, 'b']",
  "{ a: b, c: [d] }",
  "a # b",
  "2027-01-01",
  "",
];

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...usual) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 3 }).map((parts) => parts.join("")) },
);

/** Lines of lists and mappings within each other, indented as people may indent them. */
const { block } = fc.letrec<{ block: string[] }>((tie) => {
  const content = fc.oneof({ depthSize: "small", withCrossShrink: true }, value, tie("block"));
  const start = fc.constantFrom("-", "name:", "tags:", "- name:", "- key:");
  const part = fc
    .tuple(start, content, fc.constantFrom(0, 2, 2, 2, 3))
    .map(([begin, inner, indent]) =>
      typeof inner === "string"
        ? [`${begin} ${inner}`]
        : [begin, ...inner.map((row) => `${" ".repeat(begin.startsWith("- ") ? indent + 2 : indent)}${row}`)],
    );
  const lists = fc.array(part, { minLength: 1, maxLength: 3 });
  return { block: lists.map((parts) => parts.flat()) };
});

/** A part of the committed file, with some edits. */
const edited = fc
  .tuple(
    fc.nat(committed.length),
    fc.nat(600),
    fc.array(fc.tuple(fc.nat(600), fc.nat(3), fc.constantFrom("", ...pieces)), { maxLength: 3 }),
  )
  .map(([start, length, edits]) => {
    const begin = committed.lastIndexOf("\n", start) + 1;
    const part = outdented(committed.slice(begin, begin + length));
    return edits.reduce((text, [at, cut, piece]) => text.slice(0, at) + piece + text.slice(at + cut), part);
  });

function outdented(text: string): string {
  const indent = /^ */.exec(text)?.[0].length ?? 0;
  return text
    .split("\n")
    .map((row) => row.slice(Math.min(indent, row.search(/[^ ]|$/))))
    .join("\n");
}

describe("the reader of ordinary files", () => {
  it("reads the committed file, and those of the benchmark", () => {
    expect(readOrdinary(committed)).not.to.equal(undefined);
    expect(readOrdinary(manyTenants(10))).not.to.equal(undefined);
    expect(readOrdinary(manyTenants(10_000))).to.deep.equal(readYaml(manyTenants(10_000), new Report("", "")));
  }).timeout(60_000);

  for (const [from, texts] of Object.entries({
    "blocks put together": block.map((rows) => rows.join("\n")),
    edited,
  })) {
    it(`gives what the YAML parser gives, or nothing: ${from}`, () => {
      let read = 0;
      fc.assert(
        fc.property(texts, (text) => {
          const tree = readOrdinary(text);
          if (tree !== undefined) {
            read++;
            const report = new Report("tenants.yaml", text);
            expect(tree).to.deep.equal(readYaml(text, report));
            expect(report.problems).to.deep.equal([]);
          }
        }),
        { seed, numRuns: 6000 },
      );
      expect(read).to.be.above(600);
    });
  }

  const others: readonly (readonly [what: string, text: string])[] = [
    ["an empty file", ""],
    ["comments alone", "# nothing\n"],
    ["one value", "acme\n"],
    ["a text of several lines", "description: one\n  two\n"],
    ["a block of text", "description: |\n  one\n"],
    ["a list in brackets over several lines", "retired: [a,\n  b]\n"],
    ["escapes", 'description: "a\\nb"\n'],
    ["an anchor", "a: &b c\n"],
    ["a tag", "a: !!str 1\n"],
    ["a key in quotes", '"a": b\n'],
    ["a number that is no whole one", "a: 1.5\n"],
    ["a tab", "a:\tb\n"],
    ["two documents", "a: b\n---\nc: d\n"],
    ["indentation that goes astray", "a:\n    b: c\n  d: e\n"],
    ["a very long line", `a: ${"x".repeat(20_000)}\n`],
    ["deep lists", Array.from({ length: 20 }, (_, depth) => `${" ".repeat(depth)}-\n`).join("")],
  ];
  for (const [what, text] of others) {
    it(`leaves ${what} to the YAML parser`, () => {
      expect(readOrdinary(text)).to.equal(undefined);
    });
  }

  it("leaves files that might have too many parts to the YAML parser", () => {
    const rows = ["- a: b # c\n", `- [${"[],".repeat(20)}[]]\n`, "\n", "-\n", "- { a: 'b', c: [d, e] }\n"];
    for (const row of rows) {
      const most = "- x\n" + row.repeat(longest(row));
      expect(readOrdinary(most), row).not.to.equal(undefined);
      expect([...new Lexer().lex(most)].length, row).to.be.at.most(1_000_000);
    }
  }).timeout(60_000);
});

/** How often the row can stand in a file that is still read. */
function longest(row: string): number {
  let [fits, over] = [1, 200_000];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    [fits, over] = readOrdinary("- x\n" + row.repeat(middle)) === undefined ? [fits, middle] : [middle, over];
  }
  return fits;
}
