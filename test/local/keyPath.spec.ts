import { expect } from "chai";
import fc from "fast-check";
import { isKey, keyPath, nameMeaning, segmentNames } from "../../local/objects/keyPath";
import { anyCharacter } from "../fixtures/anyCharacter";

const linux = { caseSensitive: true };
const mac = { caseSensitive: false };

/** Keys that try what file systems trip over: dots, empty parts, escapes, control characters, capitals, long names. */
const awkwardPart = fc.oneof(
  fc.constantFrom(
    "",
    ".",
    "..",
    "...",
    "%",
    "%%",
    "%2E",
    "%file",
    "%more",
    "a%file",
    "a%more",
    "%u1",
    "CON",
    "aB",
    "Ab",
  ),
  fc.string({ unit: anyCharacter, maxLength: 8 }).map((part) => part.replaceAll("/", "-")),
  fc.tuple(fc.constantFrom("x", "%", "é", "\n", "A"), fc.integer({ min: 1, max: 300 })).map(([c, n]) => c.repeat(n)),
);
const awkwardKey = fc
  .array(awkwardPart, { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join("/"))
  .filter(isKey);

describe("the file of a key", () => {
  it("has the key's own name where a file system can hold it", () => {
    expect(keyPath("tenants/acme/Ordre n° 7.csv", linux)).to.deep.equal({
      folders: ["tenants", "acme"],
      file: "Ordre n° 7.csv",
    });
  });

  const escapes: [why: string, key: string, path: string][] = [
    ["is % for a folder marker", "acme/", "acme/%"],
    ["is below % for an empty part", "acme//a.txt", "acme/%/a.txt"],
    ["never is . or ..", "acme/./../a", "acme/%2E/%2E./a"],
    ["has % escaped, so that escapes stay readable", "acme/100%", "acme/100%25"],
    ["has control characters escaped", "acme/a\nb\u0000", "acme/a%0Ab%00"],
    ["continues below when a name is too long", `${"x".repeat(260)}`, `${"x".repeat(245)}%more/${"x".repeat(15)}`],
  ];
  for (const [why, key, path] of escapes) {
    it(why, () => {
      const { folders, file } = keyPath(key, linux);
      expect([...folders, file].join("/")).to.equal(path);
    });
  }

  it("tells capitals apart by a number where the file system does not", () => {
    expect(keyPath("Ab", mac).file).to.equal("Ab%u1");
    expect(keyPath("aB", mac).file).to.equal("aB%u2");
    expect(keyPath("ab", mac).file).to.equal("ab");
  });

  for (const [system, rules] of [
    ["where case counts", linux],
    ["where case does not count", mac],
  ] as const) {
    it(`is another for every other key, ${system}`, () => {
      const place = (key: string) => {
        const { folders, file } = keyPath(key, rules);
        const path = [...folders, file].join("/");
        return rules.caseSensitive ? path : path.toLowerCase().normalize("NFC");
      };
      fc.assert(
        fc.property(awkwardKey, awkwardKey, (one, other) => {
          expect(place(one) === place(other)).to.equal(one === other);
        }),
        { numRuns: 200 },
      );
    });

    it(`tells the key, ${system}`, () => {
      fc.assert(
        fc.property(
          awkwardPart.filter((part) => part.isWellFormed()),
          (part) => {
            const names = segmentNames(part, rules);
            const meanings = names.map((name) => nameMeaning(name, rules)!);
            expect(meanings.map(({ text }) => text).join("")).to.equal(part);
            expect(meanings.map(({ continued }) => continued)).to.deep.equal(names.map((_, i) => i < names.length - 1));
          },
        ),
        { numRuns: 200 },
      );
    });

    it(`stays in its folder and fits a file system, ${system}`, () => {
      fc.assert(
        fc.property(awkwardKey, (key) => {
          const { folders, file } = keyPath(key, rules);
          for (const name of [...folders, `${file}%more%file`]) {
            expect(Buffer.byteLength(name)).to.be.within(1, 255);
            expect(name).not.to.match(/[/\0]|^\.{1,2}$/);
          }
        }),
      );
    });
  }

  it("is refused for what S3 does not take as a key", () => {
    for (const key of ["", "x".repeat(1025), "\ud800"]) {
      expect(() => keyPath(key, linux)).to.throw(RangeError);
    }
  });
});
