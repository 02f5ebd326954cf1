import { expect } from "chai";
import fc from "fast-check";
import { stringify } from "yaml";

import { addDays, isIsoDate, isoToday } from "../../tenancy/date";
import { visibleLine } from "../../invisible";
import { quoted } from "../../tenancy/quote";
import { publicKey } from "../publicKeys";
import { loadContent } from "./loading";
import { anyCharacter } from "../fixtures/anyCharacter";

const isNothingOfObjects = (text: string) => !(text in Object.prototype);
const name = fc
  .stringMatching(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/)
  .filter((text) => text !== "root" && isNothingOfObjects(text));
const tag = fc.stringMatching(/^[a-zA-Z0-9 ]{1,20}$/).filter(isNothingOfObjects);
const access = fc.constantFrom("read-write", "read-only", "write-only");
const text = fc.stringMatching(/^[ -~äöü€]{1,60}$/);
const environments = fc.constantFrom(["dev"], ["prod"], ["dev", "prod"]);

/** Tenants as a file holds them, all valid; the keys are numbered later so that none is there twice. */
const tenants = fc.uniqueArray(
  fc.record(
    {
      name,
      description: text,
      contact: text,
      environments,
      state: fc.constantFrom("active", "suspended"),
      access,
      retentionDays: fc.integer({ min: 1, max: 36500 }),
      tags: fc.dictionary(tag, fc.stringMatching(/^[a-zA-Z0-9 ]{0,20}$/)),
    },
    { requiredKeys: ["name"] },
  ),
  { minLength: 1, maxLength: 8, selector: (tenant) => tenant.name },
);

describe("laws of tenants.yaml", () => {
  it("every valid file loads, and says what it said", () => {
    fc.assert(
      fc.property(tenants, (list) => {
        const file = { tenants: list.map((tenant, index) => ({ ...tenant, sshKeys: [publicKey(index).text] })) };
        const { tenancy, problems } = loadContent(stringify(file, { aliasDuplicateObjects: false, lineWidth: 0 }));
        expect(problems).to.deep.equal([]);
        expect(tenancy?.tenants.map(({ name }) => name)).to.deep.equal(list.map(({ name }) => name));
        expect(tenancy?.tenants.map(({ tags }) => ({ ...tags }))).to.deep.equal(
          list.map(({ tags = {} }) => ({ ...tags })),
        );
        expect(tenancy?.tenants.map(({ description }) => description)).to.deep.equal(
          list.map(({ description }) => description),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("any text whatever gives problems in the order of the file, in printable messages, or a tenancy", () => {
    const line = fc.oneof(
      fc.constantFrom(
        "tenants:",
        "  - name: acme",
        "    sshKeys:",
        "      - ssh-ed25519 AAAA",
        "  - {",
        "- [",
        "&a *a !b",
      ),
      fc.string({ unit: anyCharacter }),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { tenancy, problems } = loadContent(lines.join("\n"));
        expect(tenancy === undefined).to.equal(problems.some(({ severity }) => severity === "error"));
        const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
        expect(problems).to.deep.equal(sorted);
        for (const { message } of problems) {
          expect(message).to.match(visibleLine);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("any YAML value in any place gives problems, never an exception", () => {
    const key = fc.constantFrom(
      "tenants",
      "spaces",
      "retired",
      "retiredSpaces",
      "name",
      "sshKeys",
      "tags",
      "folders",
      "path",
      "environments",
      "key",
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(publicKey(1).text)),
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.dictionary(key, tie("tree"), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(fc.record({ tenants: tree, spaces: tree }), (file) => {
        const { problems } = loadContent(stringify(file, { aliasDuplicateObjects: false }));
        expect(problems).to.not.deep.equal([]);
      }),
      { numRuns: 200 },
    );
  });

  it("quoted text is short and printable whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 2000 }), (text) => {
        expect(quoted(text)).to.match(visibleLine);
        expect(quoted("a b ".repeat(500) + text)).to.have.length.below(70);
      }),
    );
  });

  it("a day is a date exactly when the calendar has it", () => {
    expect(["2028-02-29", "2026-12-31", "0001-01-01"].map(isIsoDate)).to.deep.equal([true, true, true]);
    const wrong = [
      "2027-02-29",
      "2026-13-01",
      "2026-00-10",
      "2026-1-1",
      "26-01-01",
      "2026-01-01T00:00:00Z",
      "",
      "2026-04-31",
    ];
    expect(wrong.filter(isIsoDate)).to.deep.equal([]);
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1000-01-01"), max: new Date("9000-01-01"), noInvalidDate: true }),
        (date) => {
          expect(isIsoDate(isoToday(date))).to.equal(true);
          expect(addDays(addDays(isoToday(date), 30), -30)).to.equal(isoToday(date));
        },
      ),
    );
  });
});
