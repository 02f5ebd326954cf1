import { expect } from "chai";
import fc from "fast-check";
import { isNode, parseDocument, visit, type ParsedNode } from "yaml";

import { readYaml } from "../../tenancy/document";
import { Report } from "../../tenancy/report";
import { manyTenants } from "../fixtures/manyTenants";
import { problemsOf } from "./loading";
import { indentation } from "./wrongFiles/indentation";
import { keys } from "./wrongFiles/keys";
import { punctuation } from "./wrongFiles/punctuation";
import { shape } from "./wrongFiles/shape";
import { slips } from "./wrongFiles/slips";
import { syntax } from "./wrongFiles/syntax";

/** Entries that are composed together, while the file is read, in a list that has as many; one that has fewer is read whole. */
const atOnce = 64;
const linesOfTenant = 3;

/** Lines of tenants with keys that no other test file has. */
const lines = manyTenants(1000 + 2 * atOnce)
  .split("\n")
  .slice(1 + linesOfTenant * 1000, -1);

/** Valid entries of tenants, indented as those of a file. */
function entries(count: number, indent: string): string {
  return lines
    .slice(0, linesOfTenant * count)
    .map((line) => `${indent}${line.slice(2)}\n`)
    .join("");
}

/** Problems as they are told where so many lines fewer stand before them. */
function movedUp(problems: readonly string[], lines: number): string[] {
  const up = (line: string) => String(Number(line) - lines);
  return problems.map((problem) =>
    problem
      .replace(/^(tenants\.yaml:)(\d+)/, (_, file: string, line: string) => file + up(line))
      .replaceAll(/(?<=\blines? )\d+/g, up),
  );
}

/** Files whose tenants are a list in block style, and their beginning up to its first entry. */
const files = [...syntax, ...indentation, ...shape, ...keys, ...slips, ...punctuation].flatMap(({ title, yaml }) => {
  const [head, indent] = /^tenants:\n( *)(?=- )/.exec(yaml) ?? [];
  return head === undefined || indent === undefined ? [] : [{ title, head: "tenants:\n", indent, yaml }];
});

/** Entries as people write them, each with what may stand between it and the next one. */
const anyEntry = fc.constantFrom(
  "  - plain\n",
  "  - name: acme\n    sshKeys:\n      - a key\n",
  "  - name: acme # said here\n\n\n",
  "  - {name: acme, sshKeys: [a, b]}\n  # before the next one\n",
  "  - name: acme\n    # further in\n",
  "  - name: acme\n      # much further in\n# and in the first column\n",
  "  -\n",
  "  - - nested\n    - twice\n",
  "  - 'one''s own'\n",
  "  - text: >-\n      goes on\n      and on\n",
  "  - plain text\n    on two lines\n",
  "  - a: 1\n    b:\n",
);

const anyList = fc.array(anyEntry, { minLength: atOnce - 4, maxLength: 2 * atOnce + 4 }).map((texts) => texts.join(""));

/** Where every node of a tree begins and ends. */
function rangesOf(root: ParsedNode | null | undefined): unknown[] {
  const ranges: unknown[] = [];
  visit(root ?? null, (_, node) => {
    if (isNode(node)) {
      ranges.push([node.constructor.name, node.range]);
    }
  });
  return ranges;
}

/** Mistakes that are told by what stands before them. */
const mistakes = {
  "an entry without its dash": '  - "acme"\n      name: globex\n  - name: initech\n',
  "an entry too far left": "  - name: acme\n - name: globex\n",
  "an entry too far right": "  - name: acme\n    - name: globex\n",
  "a key without its value": "  - name\n    sshKeys: []\n",
  "a quote that stays open": '  - name: "acme\n',
};

describe("a long list of tenants, whose entries are composed while the file is read,", () => {
  it("is the tree that the library makes of the whole text, to each node's place", () => {
    fc.assert(
      fc.property(anyList, anyList, (tenants, spaces) => {
        const text = `tenants:\n${tenants}retired: [one]\nspaces:\n${spaces}`;
        const whole = parseDocument(text, { uniqueKeys: false });
        const report = new Report("tenants.yaml", text);
        const read = readYaml(report);
        expect(report.problems).to.deep.equal([]);
        expect(whole.errors).to.deep.equal([]);
        expect(rangesOf(read)).to.deep.equal(rangesOf(whole.contents));
        expect(read?.toJS(whole)).to.deep.equal(whole.toJS());
      }),
      { numRuns: 50 },
    );
  });

  for (const [what, text] of Object.entries(mistakes)) {
    it(`is told what a short one is told, wherever entries are composed: ${what}`, () => {
      const behind = (count: number) => problemsOf(`tenants:\n${entries(count, "  ")}${text}`);
      const short = behind(2);
      expect(short).not.to.deep.equal([]);
      for (let more = atOnce - 6; more < atOnce + 6; more += 1) {
        expect(movedUp(behind(2 + more), linesOfTenant * more), String(more)).to.deep.equal(short);
      }
    });
  }

  it("has dozens of files with mistakes to try", () => {
    expect(files.length).to.be.above(60);
  });

  describe("is told what a short one is told: ", () => {
    for (const { title, head, indent, yaml } of files) {
      it(title, () => {
        const behind = (count: number) => problemsOf(yaml.replace(head, () => head + entries(count, indent)));
        expect(movedUp(behind(2 + atOnce), linesOfTenant * atOnce)).to.deep.equal(behind(2));
      });
    }
  });
});
