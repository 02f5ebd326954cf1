import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { loadTenancy } from "../../tenancy/load";
import { publicKey } from "../publicKeys";
import { defaults, inDirectory, loadContent, problemsOf } from "./loading";
import { manyTenants } from "../fixtures/manyTenants";
import { accessNames } from "../../tenancy/access";
import { listed } from "../../tenancy/quote";

const key = (number: number): string => publicKey(number).text;

describe("loading tenants.yaml", () => {
  it("fills in every default", () => {
    const { tenancy, problems } = loadContent(`tenants:\n  - name: acme\n    sshKeys: [${key(1)} batch]\n`);
    expect(problems).to.deep.equal([]);
    const { body, fingerprint } = publicKey(1);
    expect(tenancy).to.deep.equal({
      tenants: [
        {
          name: "acme",
          userName: "acme",
          environments: ["dev", "prod"],
          state: "active",
          access: "read-write",
          password: false,
          folders: [],
          spaces: [],
          sshKeys: [{ type: "ssh-ed25519", body, comment: "batch", fingerprint, environments: ["dev", "prod"] }],
          notify: [],
          tags: {},
          position: { line: 2, column: 11 },
        },
      ],
      spaces: [],
      retired: [],
      retiredSpaces: [],
    });
  });

  it("reads a file again that has changed since it was loaded", () => {
    inDirectory((directory) => {
      const file = join(directory, "tenants.yaml");
      const namesIn = (content: string) => {
        writeFileSync(file, content);
        return loadTenancy(file, defaults).tenancy?.tenants.map(({ name }) => name);
      };
      expect(namesIn(`tenants: [{ name: acme, sshKeys: [${key(1)}] }]`)).to.deep.equal(["acme"]);
      expect(namesIn(`tenants: [{ name: ajax, sshKeys: [${key(1)}] }]`)).to.deep.equal(["ajax"]);
    });
  });

  it("keeps everything that is given", () => {
    const { tenancy, problems } = loadContent(`
spaces: [{ name: catalogue, path: /Out/Prices of Acme, description: Prices, notify: [{ email: prices@acme.example }] }]
tenants:
  - name: acme
    userName: ACME_batch
    description: Acme
    contact: ops@acme.example
    environments: [prod]
    state: suspended
    sshKeys: [{ key: ${key(1)}, expires: 2031-06-30, environments: [prod] }]
    folders: [{ name: inbox, access: write-only }, { name: outbox, path: /Out/From_Us, access: read-only }]
    spaces: [{ name: catalogue, access: read-only }]
    retentionDays: 90
    notify:
      - { queue: true, readers: [arn:aws:iam::111122223333:role/orders] }
      - { function: arn:aws:lambda:eu-central-1:111122223333:function:orders:live, environments: [prod] }
    expectEvery: 2d
    password: true
    allowedCidrs: [203.0.113.0/24]
    tags: { costCentre: "4711" }
retired: [globex]
retiredSpaces: [prices]
`);
    expect(problems).to.deep.equal([]);
    const { body, fingerprint } = publicKey(1);
    const sshKey = {
      type: "ssh-ed25519",
      body,
      comment: "",
      fingerprint,
      expires: "2031-06-30",
      environments: ["prod"],
    };
    expect(tenancy).to.deep.equal({
      tenants: [
        {
          name: "acme",
          userName: "ACME_batch",
          description: "Acme",
          contact: "ops@acme.example",
          environments: ["prod"],
          state: "suspended",
          folders: [
            { name: "inbox", path: "/inbox", access: "write-only" },
            { name: "outbox", path: "/Out/From_Us", access: "read-only" },
          ],
          spaces: [{ name: "catalogue", path: "/Out/Prices of Acme", access: "read-only" }],
          sshKeys: [sshKey],
          password: true,
          allowedCidrs: ["203.0.113.0/24"],
          retentionDays: 90,
          notify: [
            { kind: "own-queue", readers: ["arn:aws:iam::111122223333:role/orders"], environments: ["prod"] },
            {
              kind: "function",
              endpoint: "arn:aws:lambda:eu-central-1:111122223333:function:orders:live",
              environments: ["prod"],
            },
          ],
          expectEveryHours: 48,
          tags: { costCentre: "4711" },
          position: { line: 4, column: 11 },
        },
      ],
      spaces: [
        {
          name: "catalogue",
          path: "/Out/Prices of Acme",
          description: "Prices",
          notify: [{ kind: "email", endpoint: "prices@acme.example", environments: ["dev", "prod"] }],
        },
      ],
      retired: ["globex"],
      retiredSpaces: ["prices"],
    });
  });

  it("lets a key of a tenant default to the tenant's environments", () => {
    const { tenancy } = loadContent(
      `tenants:\n  - { name: acme, environments: [dev], sshKeys: [${key(1)}, { key: ${key(2)} }] }\n`,
    );
    expect(tenancy?.tenants[0]?.sshKeys.map(({ environments }) => environments)).to.deep.equal([["dev"], ["dev"]]);
  });

  it("accepts a suspended tenant without keys", () => {
    expect(problemsOf("tenants:\n  - { name: acme, state: suspended }\n")).to.deep.equal([]);
  });

  it("accepts a user name, and a key, in two tenants that never meet in a stack", () => {
    const tenant = (name: string, stack: string): string =>
      `  - { name: ${name}, userName: batch, environments: [${stack}], sshKeys: [${key(1)}] }\n`;
    expect(problemsOf(`tenants:\n${tenant("acme", "dev")}${tenant("acme-corp", "prod")}`)).to.deep.equal([]);
  });

  it("checks rules between tenants in one stack when asked to", () => {
    const yaml = `tenants:
  - { name: acme, sshKeys: [{ key: ${key(1)}, environments: [dev] }] }
`;
    expect(problemsOf(yaml, { stack: "dev" })).to.deep.equal([]);
    expect(problemsOf(yaml, { stack: "prod" })).to.have.length(1);
  });

  it("gives a tenancy when there are warnings only", () => {
    const { tenancy, problems } = loadContent(
      `tenants:\n  - { name: acme, sshKeys: [{ key: ${key(1)}, expires: 2026-11-30 }] }\n`,
    );
    expect(problems.map(({ severity }) => severity)).to.deep.equal(["warning"]);
    expect(tenancy?.tenants).to.have.length(1);
  });

  it("says nothing of the expiring keys of a suspended tenant, which are not deployed anyway", () => {
    const yaml = `tenants:\n  - { name: acme, state: suspended, sshKeys: [{ key: ${key(1)}, expires: 2020-01-01 }] }\n`;
    expect(problemsOf(yaml)).to.deep.equal([]);
  });

  it("names the tenant that a problem is about", () => {
    const { problems } = loadContent("tenants:\n  - { name: acme, statee: active, sshKeys: [x] }\n");
    expect(problems.map(({ tenant }) => tenant)).to.deep.equal(["acme", "acme"]);
  });

  it("accepts Windows line endings, and a document start", () => {
    expect(problemsOf(`---\r\ntenants:\r\n  - name: acme\r\n    sshKeys: [${key(1)}]\r\n`)).to.deep.equal([]);
  });

  it("holds the rest of a file that is wrong in places against the rules between tenants", () => {
    const yaml = `spaces: [{ name: prices, notify: [{ email: 5 }] }]
tenants:
  - { name: acme, state: off, sshKeys: [5, { key: ${key(1)}, expires: never }], userName: batch, folders: [5] }
  - { name: Globex, tags: { a: 5 }, sshKeys: [${key(1)}], userName: BATCH, spaces: [{ name: price, access: all }] }
`;
    expect(
      problemsOf(yaml).map((problem) => problem.replace(/^tenants.yaml:(\d+):\d+: error: /, "$1: ")),
    ).to.deep.equal([
      '1: "email" must be text, not the number 5; put it in quotes: "5"',
      '3: unknown state "off"; it is active or suspended',
      '3: an entry of "sshKeys" must be a public key, or a mapping with key, expires and environments, not the number 5',
      '3: expires "never" is not allowed: a day of the calendar as YYYY-MM-DD',
      '3: an entry of "folders" must be a mapping (key: value), not the number 5',
      '4: name "Globex" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
      '4: "tag a" must be text, not the number 5; put it in quotes: "5"',
      '4: tenant "acme" has the same key in line 3, in dev and prod as well; a key logs in one tenant, and is listed once',
      '4: the user name "BATCH" is also that of tenant "acme" in dev and prod; they must differ in more than case',
      '4: unknown space "price"; did you mean "prices"?',
      `4: unknown access "all"; it is ${listed(accessNames, "or")}`,
    ]);
  });

  it("loads 10,000 tenants", () => {
    expect(loadContent(manyTenants(10_000)).tenancy?.tenants).to.have.length(10_000);
  });

  it("shows a thousand mistakes and counts the rest", () => {
    const problems = problemsOf(`tenants: [${"x, ".repeat(1500)}x]\n`);
    expect(problems).to.have.length(1001);
    expect(problems.at(-1)).to.match(/: error: \.\.\. and 501 more errors that are not shown$/);
  });
});

describe("a file that cannot be read as text", () => {
  const unreadable = (make: (file: string) => void): string[] =>
    inDirectory((directory) => {
      const file = join(directory, "tenants.yaml");
      make(file);
      return loadTenancy(file, defaults).problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
    });

  it("is missing", () => {
    expect(unreadable(() => undefined)).to.deep.equal([
      '1:1: there is no such file; the setting "tenantsFile" names another one, and --tenants FILE in the call of a command',
    ]);
  });

  it("is a directory", () => {
    expect(unreadable((file) => mkdirSync(file))).to.deep.equal([
      "1:1: this is a directory; name the file itself, for example tenants.yaml in it",
    ]);
  });

  it("is not a file at all", () => {
    expect(loadTenancy("/dev/zero", defaults).problems.map(({ message }) => message)).to.deep.equal([
      "this is not a regular file; tenants are read from a file on disk",
    ]);
  });

  it("has a path that no file can have", () => {
    expect(loadTenancy("a\0b", defaults).problems[0]?.message).to.match(/^there is no such file: its path holds/);
  });

  it("may not be read", function () {
    if (process.getuid?.() === 0) {
      this.skip(); // root may read everything
    }
    expect(unreadable((file) => (writeFileSync(file, "x"), chmodSync(file, 0)))).to.deep.equal([
      "1:1: the file cannot be read: permission denied",
    ]);
  });

  it("is larger than 40 MB", () => {
    expect(unreadable((file) => writeFileSync(file, Buffer.alloc(41 * 1024 * 1024, "#")))).to.deep.equal([
      "1:1: the file has 41.0 MB; at most 40 MB are read",
    ]);
  });

  it("is not UTF-8", () => {
    expect(problemsOf(Buffer.from("tenants:\n  - name: caf\xe9\n", "latin1"))).to.deep.equal([
      "tenants.yaml:2:14: error: this byte is not UTF-8 text; save the file as UTF-8",
    ]);
  });

  it("is UTF-16", () => {
    expect(problemsOf(Buffer.from("\ufefftenants: []\n", "utf16le"))).to.deep.equal([
      "tenants.yaml:1:1: error: the file is UTF-16; save it as UTF-8 without a byte order mark",
    ]);
  });

  it("begins with a byte order mark", () => {
    expect(problemsOf("\ufefftenants: []\n")).to.deep.equal([
      "tenants.yaml:1:1: error: the file starts with a byte order mark; save it as UTF-8 without a byte order mark",
    ]);
  });
});
