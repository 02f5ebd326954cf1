import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readSource } from "../../adoption/readSource";
import { publicKey } from "../publicKeys";

const [first, second] = [publicKey("first"), publicKey("second")];

describe("a source as people have it", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "source-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function written(name: string, content: string | Buffer): string {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  }

  /** Its users, with what is said of it. */
  function read(path: string) {
    const { kind, users, remarks } = readSource(path);
    return {
      kind,
      users: users.map(({ login, name, keys, folders }) => ({
        login,
        ...(name === undefined ? {} : { name }),
        keys: keys.map(({ key }) => key.fingerprint),
        access: folders.map(({ access }) => access).join(),
      })),
      remarks: remarks.map(({ place, message }) => `${place.replace(`${folder}/`, "")}: ${message}`),
    };
  }

  const csv = (content: string | Buffer) => read(written("partners.csv", content));
  const acme = { name: "Acme", login: "acme", keys: [first.fingerprint], access: "read-only" };
  const rows = (separator: string, end: string) =>
    [
      ["Name", "Login", "Key", "Access"],
      ["Acme", "acme", `${first.text} c`, "read-only"],
    ]
      .map((fields) => `${fields.join(separator)}${end}`)
      .join("");

  for (const [what, content] of [
    ["with the line ends of Windows", rows(",", "\r\n")],
    ["with a byte order mark", `\ufeff${rows(",", "\r\n")}`],
    ["in UTF-16", Buffer.from(`\ufeff${rows(",", "\r\n")}`, "utf16le")],
    ["with semicolons", rows(";", "\r\n")],
    ["with tabs", rows("\t", "\n")],
    ["without a last line end", rows(",", "\n").trimEnd()],
    ["with quotes around everything", rows('","', "\n").replace(/^(.*)$/gm, (line) => line && `"${line}"`)],
  ] as const) {
    it(`reads CSV ${what}`, () => {
      expect(csv(content)).to.deep.equal({ kind: "a CSV file", users: [acme], remarks: [] });
    });
  }

  it("reads fields of CSV that hold separators, quotes and line ends", () => {
    const { users } = readSource(
      written("partners.csv", `name,description,key\nacme,"A ""B"", of\nC",${first.text}\nglobex,D,\n`),
    );
    expect(users.map(({ login, description, place }) => [login, description, place.split(":").at(-1)])).to.deep.equal([
      ["acme", 'A "B", of\nC', "2"],
      ["globex", "D", "4"],
    ]);
  });

  for (const [what, content, message] of [
    ["a column that is there twice", "name,name\nacme,acme\n", 'partners.csv:1: there are two columns "name"'],
    [
      "a row with more fields than columns",
      `name,key\nacme,${first.text} one, two\n`,
      "partners.csv:2: the row has 3 fields, and the first line 2: put what holds a separator into double quotes",
    ],
    [
      "a quote without end",
      'name,login\n"acme,acme\n',
      "partners.csv:2: a double quote is opened here, and nowhere closed",
    ],
    [
      "two accesses of one login",
      `login,key,access\nacme,${first.text},read-only\nacme,${second.text},write-only\n`,
      'partners.csv:3: "acme" has the access "write-only" here, and another one above',
    ],
    [
      "an encoding of old",
      Buffer.from("name,description\nacme,caf\xe9\n", "latin1"),
      "partners.csv: this is no text in UTF-8 or UTF-16; save it as UTF-8",
    ],
  ] as const) {
    it(`refuses CSV with ${what}`, () => {
      expect(() => csv(content)).to.throw(message);
    });
  }

  it("reads keys that Windows has written", () => {
    const keys = join(folder, "keys");
    mkdirSync(keys);
    written("keys/acme.pub", `\ufeff${first.text} acme\r\n`);
    written("keys/globex.pub", Buffer.from(`\ufeff${second.text} globex\r\n`, "utf16le"));
    expect(read(keys)).to.deep.equal({
      kind: "a folder of public keys",
      users: [
        { login: "acme", keys: [first.fingerprint], access: "read-write" },
        { login: "globex", keys: [second.fingerprint], access: "read-write" },
      ],
      remarks: [],
    });
  });

  it("says in one line each what in a folder of keys is none", () => {
    const keys = join(folder, "keys");
    mkdirSync(keys);
    written("keys/acme.pub", `${first.text}\n`);
    written("keys/Thumbs.db", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0x0a, 0, 0x0a]));
    symlinkSync("nowhere", join(keys, "gone.pub"));
    const { users, remarks } = read(keys);
    expect(users.filter(({ keys: own }) => own.length > 0).map(({ login }) => login)).to.deep.equal(["acme"]);
    expect(remarks).to.deep.equal([
      "keys/Thumbs.db: this is no text in UTF-8 or UTF-16; save it as UTF-8",
      "keys/gone.pub: the link leads nowhere",
    ]);
  });

  it("takes a text in a folder of keys for somebody's where there is a key in it, and for nobody's else", () => {
    const keys = join(folder, "keys");
    mkdirSync(keys);
    written("keys/acme.pub.txt", `${first.text}\n`);
    written("keys/readme.txt", "Keys of our partners\n");
    written("keys/stark.pub", "to be sent\n");
    const { users, remarks } = read(keys);
    expect(users.map(({ login, keys: own }) => [login, own.length])).to.deep.equal([
      ["acme", 1],
      ["stark", 0],
    ]);
    expect(remarks.map((remark) => remark.split(": ")[0])).to.deep.equal(["keys/readme.txt:1", "keys/stark.pub:1"]);
  });

  it("is refused as a folder of keys where nothing in it is one, with a line a file and ten in all", () => {
    const keys = join(folder, "keys");
    mkdirSync(join(keys, "docs"), { recursive: true });
    for (let number = 10; number < 22; number += 1) {
      written(`keys/docs/${number}.md`, "# A page\n\nof several\nlines\n");
    }
    const lines = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map(
      (number) => `${keys}/docs/${number}.md: none of its 2 lines is a public key`,
    );
    expect(() => readSource(keys)).to.throw(
      [`${keys} was taken for a folder of public keys, and there is no user in it`, ...lines, "and 2 more"].join("\n"),
    );
  });

  it("is refused where a subfolder may not be listed", function () {
    if (process.getuid?.() === 0) {
      this.skip(); // root may list everything
    }
    const closed = join(folder, "keys", "stark");
    mkdirSync(closed, { recursive: true });
    chmodSync(closed, 0);
    expect(() => readSource(join(folder, "keys"))).to.throw(`${closed}: the folder cannot be listed (EACCES)`);
    chmodSync(closed, 0o700);
  });

  it("gives a user to a subfolder whose keys cannot be used", () => {
    mkdirSync(join(folder, "keys", "stark"), { recursive: true });
    written("keys/acme.pub", `${first.text}\n`);
    written("keys/stark/authorized_keys", `from="192.0.2.1" ${second.text}\n`);
    expect(read(join(folder, "keys")).users.map(({ login, keys: own }) => [login, own.length])).to.deep.equal([
      ["acme", 1],
      ["stark", 0],
    ]);
  });

  it("copies no machine whose passwd says that a home is its root", () => {
    const { users } = readSource(
      written("passwd", "acme:x:1001:1001:::/bin/sh\r\nglobex:x:1002:1002::/:/usr/sbin/nologin\r\n"),
    );
    expect(users.map(({ login, folders }) => [login, folders[0]?.target])).to.deep.equal([
      ["acme", undefined],
      ["globex", undefined],
    ]);
  });

  const user = {
    UserName: "acme",
    HomeDirectoryType: "LOGICAL",
    HomeDirectoryMappings: [{ Entry: "/", Target: "/b/acme" }],
  };

  it("reads a user of a server of which nothing else is said, or null", () => {
    for (const nothing of [{}, { SshPublicKeys: null, Policy: null, Tags: null, Role: null }, { SshPublicKeys: [] }]) {
      const { users } = read(written("user.json", JSON.stringify({ ServerId: "s-1", User: { ...user, ...nothing } })));
      expect(users).to.deep.equal([{ login: "acme", keys: [], access: "read-write" }]);
    }
  });

  it("reads folders of a user that lie in several buckets", () => {
    const mappings = ["one", "two"].map((name) => ({ Entry: `/${name}`, Target: `/bucket-${name}/acme` }));
    const described = { ServerId: "s-1", User: { ...user, HomeDirectoryMappings: mappings } };
    const { users } = readSource(written("user.json", JSON.stringify(described)));
    expect(users[0]?.folders.map(({ entry, target }) => [entry, target])).to.deep.equal([
      ["/one", { kind: "bucket", bucket: "bucket-one", prefix: "acme/" }],
      ["/two", { kind: "bucket", bucket: "bucket-two", prefix: "acme/" }],
    ]);
  });

  for (const [what, described, message] of [
    ["a list of users", { Users: [] }, "at User: Invalid input: expected object, received undefined"],
    [
      "a name that is none",
      { User: { UserName: 7 } },
      "at User.UserName: Invalid input: expected string, received number",
    ],
    [
      "keys that are none",
      { User: { ...user, SshPublicKeys: "x" } },
      "at User.SshPublicKeys: Invalid input: expected array",
    ],
  ] as const) {
    it(`refuses JSON with ${what}, with its line`, () => {
      const file = written("user.json", JSON.stringify(described));
      expect(() => readSource(file)).to.throw(
        `user.json:1: this is not what "aws transfer describe-user" prints ${message}`,
      );
    });
  }
});
