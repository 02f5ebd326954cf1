import fs, { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { replaceFile, writeNewFile } from "../../editing/replaceFile";
import { addDays, isoToday } from "../../tenancy/date";
import { UserError } from "../../userError";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";
import { inDirectory } from "../tenancy/loading";

const key = (label: string) => publicKey(label).text;
const content = `# who may log in
tenants:
  - name: acme # the first
    sshKeys:
      - ${key("acme")} host
  - { name: globex, userName: Globex.in, sshKeys: ["${key("globex")}"] }
`;

describe("npm run tenant", () => {
  let repository: Repository;
  before(() => {
    repository = new Repository();
    repository.write("new.pub", `${key("new")} new-host\n`);
  });
  after(() => repository.remove());
  beforeEach(() => repository.write("tenants.yaml", content));

  const file = () => readFileSync(join(repository.directory, "tenants.yaml"), "utf8");
  const tenant = (...words: string[]) => repository.call("tenant", ...words);

  it("adds a tenant, and says what comes next", async () => {
    const { code, stdout, stderr } = await tenant("add", "initech", "--key", "new.pub", "--access", "write-only");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.equal(
      'tenants.yaml: tenant "initech" is added\nNext:\n  npm run diff -- HEAD\n' +
        '  git commit -m "Add tenant initech" tenants.yaml\n',
    );
    expect(file()).to.equal(
      `${content}  - name: initech\n    access: write-only\n    sshKeys:\n      - ${key("new")} new-host\n`,
    );
  });

  it("takes a key from standard input, and follows one key by another", async () => {
    const script = "node -r ./cli/typescript.cjs cli/tenant.ts rotate-key acme";
    const { code, stdout } = await repository.step(script, {}, `${key("new")} new-host\n`);
    const end = addDays(isoToday(new Date()), 14);
    expect(code).to.equal(0);
    expect(stdout).to.include(`${publicKey("acme").fingerprint} ends with ${end}\n`);
    expect(stdout).to.include(
      `  npm run tenant -- remove-key acme --fingerprint ${publicKey("acme").fingerprint} # after ${end}\n`,
    );
    expect(file()).to.include(
      `      - key: ${key("acme")} host\n        expires: ${end}\n      - ${key("new")} new-host\n  - {`,
    );
  });

  it("suspends, resumes, adds and removes keys, retires", async () => {
    await tenant("suspend", "globex");
    expect(file()).to.include(`sshKeys: ["${key("globex")}"], state: suspended }`);
    expect((await tenant("suspend", "globex")).stdout).to.equal('tenants.yaml: tenant "globex" is suspended already\n');
    await tenant("resume", "globex");
    expect(file()).to.equal(content);
    await tenant("add-key", "acme", "--key", "new.pub", "--expires", "2099-01-01", "--environments", "dev");
    expect(file()).to.include(
      `      - key: ${key("new")} new-host\n        expires: 2099-01-01\n        environments: [dev]\n`,
    );
    await tenant("remove-key", "acme", "--fingerprint", publicKey("new").fingerprint);
    expect(file()).to.equal(content);
    const { stdout } = await tenant("retire", "globex");
    expect(stdout).to.include('tenant "globex" is retired; its files stay under tenants/globex/\n');
    expect(file()).to.equal(`${content.split("  - { name: globex")[0]}retired: [globex]\n`);
  });

  it("shows the difference and writes nothing with --dry-run, and one object with --json", async () => {
    const { stdout } = await tenant("add-key", "acme", "--key", "new.pub", "--dry-run");
    expect(stdout).to.equal(
      `--- a/tenants.yaml\n+++ b/tenants.yaml\n@@ -3,4 +3,5 @@\n   - name: acme # the first\n     sshKeys:\n       - ${key("acme")} host\n` +
        `+      - ${key("new")} new-host\n   - { name: globex, userName: Globex.in, sshKeys: ["${key("globex")}"] }\n`,
    );
    const dry = JSON.parse(
      (await tenant("add-key", "acme", "--key", "new.pub", "--dry-run", "--json")).stdout,
    ) as object;
    expect(dry).to.deep.equal({
      file: "tenants.yaml",
      tenant: "acme",
      changed: false,
      difference: stdout,
      warnings: [],
      next: [],
    });
    expect(file()).to.equal(content);
  });

  it("lists tenants with their keys", async () => {
    const { stdout } = await tenant("list");
    expect(stdout).to.equal(
      `acme  read-write  dev prod\n  ${publicKey("acme").fingerprint}  ssh-ed25519  host\n` +
        `globex  login Globex.in  read-write  dev prod\n  ${publicKey("globex").fingerprint}  ssh-ed25519\n`,
    );
    const { tenants } = JSON.parse((await tenant("list", "--json")).stdout) as { tenants: { userName: string }[] };
    expect(tenants.map(({ userName }) => userName)).to.deep.equal(["acme", "Globex.in"]);
  });

  for (const [words, message] of [
    ["suspend acm", 'there is no tenant "acm" in tenants.yaml; did you mean "acme"?'],
    ["suspend Globex.in", 'there is no tenant "Globex.in" in tenants.yaml; that is the login name of tenant "globex"'],
    ["add acme --key new.pub", 'there is a tenant "acme" already; add-key gives it a further key'],
    ["add-key acme --key none.pub", "none.pub: there is no such file"],
    [
      "remove-key acme --fingerprint " + publicKey("new").fingerprint,
      `tenant "acme" has no key ${publicKey("new").fingerprint}; there is ${publicKey("acme").fingerprint}`,
    ],
    [
      "remove-key acme --fingerprint " + publicKey("acme").fingerprint,
      'nothing is written, since tenants.yaml would have errors (lines as they would be):\ntenants.yaml:3:11: error: tenant "acme" has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"',
    ],
    [
      "list --tenants none.yaml",
      'none.yaml:1:1: error: there is no such file; the setting "tenantsFile" names another one, and --tenants FILE in the call of a command',
    ],
  ] as const) {
    it(`refuses ${words.replace(/SHA256:.*/, "...")} and writes nothing`, async () => {
      expect(await tenant(...words.split(" "))).to.deep.equal({ code: 1, stdout: "", stderr: `error: ${message}\n` });
      expect(file()).to.equal(content);
    });
  }

  for (const [words, message] of [
    ["", "what to do is missing: add, suspend, resume, retire, add-key, remove-key, rotate-key or list"],
    [
      "suspnd acme",
      '"suspnd" is none of add, suspend, resume, retire, add-key, remove-key, rotate-key and list; did you mean "suspend"?',
    ],
    ["suspend", "which tenant is meant is missing: its name"],
    ["add-key acme --expires tomorrow", '--expires "tomorrow" is not a day of the calendar as YYYY-MM-DD'],
    ["remove-key acme --fingerprint x", "--fingerprint is what npm run tenant -- list shows"],
    [
      `remove-key acme --key new.pub --fingerprint ${publicKey("acme").fingerprint}`,
      "--key and --fingerprint exclude each other: both say which key",
    ],
    [
      "add initech --suspended --expires 2099-01-01",
      "--expires is the last day of a key, and none is given: --key FILE",
    ],
  ] as const) {
    it(`is called wrongly with "${words}"`, async () => {
      const { code, stdout, stderr } = await tenant(...words.split(" ").filter((word) => word !== ""));
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr.split("\n")[0]).to.equal(`error: ${message}`);
      expect(stderr).to.include("Usage: npm run tenant -- ");
    });
  }

  it("shows the help of all verbs and of each", async () => {
    for (const words of [["--help"], ["-h"], ["add", "--help"], ["list", "-h"]]) {
      const { code, stdout, stderr } = await tenant(...words);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      expect(stdout).to.match(/^Usage: npm run tenant -- /);
    }
  });
});

function replaceableFile(file: string): void {
  writeFileSync(file, "before");
  chmodSync(file, 0o640);
}

/** While it runs, the first byte of a text is written and the rest finds no place. */
function onFullDisk(run: () => void): void {
  const { writeFileSync: write } = fs;
  fs.writeFileSync = (file, text) => {
    write(file, (text as string).slice(0, 1));
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  };
  try {
    run();
  } finally {
    fs.writeFileSync = write;
  }
}

describe("a file that is replaced", () => {
  it("keeps its mode and the link that leads to it, and nothing lies beside it", () =>
    inDirectory((directory) => {
      const [file, link] = [join(directory, "t.yaml"), join(directory, "link.yaml")];
      replaceableFile(file);
      symlinkSync(file, link);
      replaceFile(link, "before", "after");
      expect(lstatSync(link).isSymbolicLink()).to.equal(true);
      expect(readFileSync(file, "utf8")).to.equal("after");
      expect(statSync(file).mode & 0o777).to.equal(0o640);
      expect(readdirSync(directory).sort()).to.deep.equal(["link.yaml", "t.yaml"]);
    }));

  it("stays when somebody else has changed it", () =>
    inDirectory((directory) => {
      const file = join(directory, "t.yaml");
      replaceableFile(file);
      expect(() => replaceFile(file, "earlier", "after")).to.throw("has been changed by somebody else meanwhile");
      expect(readFileSync(file, "utf8")).to.equal("before");
      expect(readdirSync(directory)).to.deep.equal(["t.yaml"]);
    }));

  it("stays, and so does the other's beginning, while another command replaces it", () =>
    inDirectory((directory) => {
      const [file, beside] = [join(directory, "t.yaml"), join(directory, "t.yaml.new")];
      replaceableFile(file);
      writeFileSync(beside, "of the other");
      expect(() => replaceFile(file, "before", "after")).to.throw(
        /is being changed by another command; .*delete .*t\.yaml\.new$/,
      );
      expect([readFileSync(file, "utf8"), readFileSync(beside, "utf8")]).to.deep.equal(["before", "of the other"]);
    }));

  it("stays, and nothing lies beside it, when the disk is full; of a new file nothing is left", () =>
    inDirectory((directory) => {
      const [file, fresh] = [join(directory, "t.yaml"), join(directory, "new.yaml")];
      replaceableFile(file);
      onFullDisk(() => {
        for (const [name, write] of [
          [file, () => replaceFile(file, "before", "after")],
          [fresh, () => writeNewFile(fresh, "after")],
        ] as const) {
          expect(write).to.throw(UserError, `${name}: nothing is written (ENOSPC: no space left on device, write)`);
        }
      });
      expect(readFileSync(file, "utf8")).to.equal("before");
      expect(readdirSync(directory)).to.deep.equal(["t.yaml"]);
    }));
});

describe("several commands at the same time", () => {
  it("lose none of what they say is done", async () => {
    const repository = new Repository();
    try {
      repository.write("tenants.yaml", content);
      const names = Array.from({ length: 4 }, (_, index) => `partner-${index}`);
      names.forEach((name) => repository.write(`${name}.pub`, key(name)));
      const ended = await Promise.all(
        names.map((name) => repository.run("tenant", "add", name, "--key", `${name}.pub`)),
      );
      const text = readFileSync(join(repository.directory, "tenants.yaml"), "utf8");
      const added = names.filter((name) => text.includes(`- name: ${name}\n`));
      expect(added)
        .to.deep.equal(names.filter((_, index) => ended[index]?.code === 0))
        .and.not.to.deep.equal([]);
      for (const { stderr } of ended.filter(({ code }) => code !== 0)) {
        expect(stderr).to.match(
          /^error: tenants\.yaml (?:has been changed by somebody else meanwhile|is being changed by another)/,
        );
      }
      expect(readdirSync(repository.directory)).to.not.include("tenants.yaml.new");
    } finally {
      repository.remove();
    }
  });
});
