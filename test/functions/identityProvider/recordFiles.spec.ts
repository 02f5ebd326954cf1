import { createHash } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import type { LoginRecord } from "../../../access/loginRecord";
import { recordIn, recordsIn } from "../../../functions/identity-provider/readRecords";
import { recordFileOf, recordFiles } from "../../../functions/identity-provider/recordFiles";
import { recordOf } from "./provider";
import { anyCharacter } from "../../fixtures/anyCharacter";

const manyRecords = (count: number) =>
  Array.from({ length: count }, (_, index) => recordOf({ userName: `login-${index}`, tenant: `tenant-${index}` }));

/** Any text in any field that takes any. */
const records: fc.Arbitrary<LoginRecord[]> = fc.uniqueArray(
  fc
    .record({ userName: fc.string({ minLength: 1, unit: anyCharacter }), tenant: fc.string({ minLength: 1 }) })
    .map((names) => recordOf(names)),
  { selector: ({ userName }) => userName, maxLength: 20 },
);

/** The file of acme alone, with one change to what its line says. */
function lineWith(change: (line: Record<string, unknown>) => void): string {
  const [rest = "", ...answered] = recordFiles([recordOf()])[recordFileOf("acme-login")]!.trimEnd().split("\t");
  const line: Record<string, unknown> = { ...(JSON.parse(rest) as object), policy: answered[0], mappings: answered[1] };
  change(line);
  const { policy, mappings, ...changed } = line;
  const texts = [policy, mappings].filter((each) => each !== undefined).map((each) => `\t${each as string}`);
  return `${JSON.stringify(changed)}${texts.join("")}\n`;
}

describe("the files of records", () => {
  it("are named by the first byte of the login's SHA-256, and only those that hold somebody are there", () => {
    expect(recordFileOf("acme")).to.equal(`records/${createHash("sha256").update("acme").digest("hex").slice(0, 2)}`);
    expect(Object.keys(recordFiles([recordOf()]))).to.deep.equal([recordFileOf("acme-login")]);
    expect(recordFiles([])).to.deep.equal({});
  });

  it("give back every record, each in its file, whatever its names are", () => {
    fc.assert(
      fc.property(records, (list) => {
        const files = recordFiles(list);
        for (const record of list) {
          expect(recordIn(files[recordFileOf(record.userName)]!, record.userName)).to.deep.equal(record);
        }
        expect(Object.values(files).flatMap(recordsIn)).to.have.deep.members(list);
      }),
    );
  });

  it("are the same whatever the order of the records", () => {
    const list = manyRecords(1_000);
    const files = recordFiles(list);
    expect(JSON.stringify(recordFiles(list.toReversed()))).to.equal(JSON.stringify(files));
    expect(Object.keys(files)).to.deep.equal(Object.keys(files).sort());
    for (const text of Object.values(files)) {
      const logins = recordsIn(text).map(({ userName }) => userName);
      expect(logins).to.deep.equal([...logins].sort());
    }
  });

  it("have no record of anybody else, whose name begins or continues one, or stands in another field", () => {
    const text = recordFiles([recordOf({ tenant: '\n{"userName":"globex",' })])[recordFileOf("acme-login")]!;
    for (const other of ["acme-logi", "acme-login2", "", "ACME-LOGIN", "globex", 'acme-login","x":"', "__proto__"]) {
      expect(recordIn(text, other), other).to.equal(undefined);
    }
  });

  it("hold 20,000 tenants in 256 files, none with more than twice its share", () => {
    const files = recordFiles(manyRecords(20_000));
    const counts = Object.values(files).map((text) => recordsIn(text).length);
    expect(counts).to.have.length(256);
    expect(counts.reduce((sum, count) => sum + count)).to.equal(20_000);
    expect(Math.max(...counts)).to.be.below((2 * 20_000) / 256);
    for (const index of [0, 9_999, 19_999]) {
      const userName = `login-${index}`;
      expect(recordIn(files[recordFileOf(userName)]!, userName)?.tenant).to.equal(`tenant-${index}`);
    }
  });

  it("change in one file when one tenant changes", () => {
    const list = manyRecords(2_000);
    const files = recordFiles(list);
    const changed = recordFiles(list.map((record, index) => (index === 7 ? { ...record, password: false } : record)));
    expect(Object.keys(files).filter((name) => files[name] !== changed[name])).to.deep.equal([recordFileOf("login-7")]);
  });

  describe("are refused with the place, and without what stands there, where a record has", () => {
    const role = "arn:aws:iam::123456789012:role/x";
    for (const [what, place, change] of [
      ["no role", "role", (line) => delete line["role"]],
      ["a blank role", "role", (line) => (line["role"] = " ")],
      ["a role that is none", "role", (line) => (line["role"] = role.replace("role/", "user/"))],
      ["no policy, so that the mappings stand in its place", "policy, mappings", (line) => delete line["policy"]],
      ["an empty policy, which would open the whole role", "policy", (line) => (line["policy"] = "")],
      ["a policy without statements", "policy", (line) => (line["policy"] = '{"Statement":[]}')],
      ["a policy cut short", "policy", (line) => (line["policy"] = recordOf().policy.slice(0, -1))],
      ["no mappings", "mappings", (line) => (line["mappings"] = "[]")],
      ["mappings that are none", "mappings", (line) => (line["mappings"] = '{"Entry":"/","Target":"/bucket"}')],
      ["mappings twice", "mappings", (line) => (line["mappings"] = `${recordOf().mappings}\t${recordOf().mappings}`)],
      ["neither of the texts", "policy, mappings", (line) => delete line["policy"] && delete line["mappings"]],
      ["a mapping without a target", "mappings", (line) => (line["mappings"] = '[{"Entry":"/"}]')],
      ["a home that is no path", "homeDirectory", (line) => (line["homeDirectory"] = "")],
      ["keys that are no list", "keys", (line) => (line["keys"] = "ssh-ed25519 AAAA")],
      ["a key with an option before it", "keys.0.key", (line) => (line["keys"] = [{ key: 'from="x" ssh-rsa AAAA' }])],
      ["two keys in one", "keys.0.key", (line) => (line["keys"] = [{ key: "ssh-rsa AAAA\nssh-rsa BBBB" }])],
      [
        "a day that there is not",
        "keys.0.expires",
        (line) => (line["keys"] = [{ key: "a-b A", expires: "2026-02-30" }]),
      ],
      ["password as a text", "password", (line) => (line["password"] = "true")],
      ["no range at all", "allowedCidrs", (line) => (line["allowedCidrs"] = [])],
      ["a range that is none", "allowedCidrs.0", (line) => (line["allowedCidrs"] = ["203.0.113.0/33"])],
      ["what nobody knows", "its beginning", (line) => (line["admin"] = true)],
    ] as readonly (readonly [string, string, (line: Record<string, unknown>) => unknown])[]) {
      it(what, () => {
        const text = lineWith(change);
        const message = new RegExp(`^a record cannot be read at ${place.replaceAll(".", "\\.")}$`);
        expect(() => recordIn(text, "acme-login")).to.throw(message);
        expect(() => recordsIn(text)).to.throw(message);
      });
    }

    it("an end before its end", () => {
      const text = lineWith(() => undefined);
      expect(() => recordIn(text.slice(0, -3), "acme-login")).to.throw("a record cannot be read at mappings");
      expect(() => recordIn(text.slice(0, 40), "acme-login")).to.throw("a record cannot be read at its beginning");
    });

    it("a fault, to whom it belongs: the others of its file still log in", () => {
      const good = lineWith(() => undefined);
      const text = `{"userName":"aaa",broken\n${good}{"userName":"zzz"`;
      expect(recordIn(text, "acme-login")).to.deep.equal(recordOf());
      expect(() => recordIn(text, "aaa")).to.throw("a record cannot be read");
    });
  });
});
