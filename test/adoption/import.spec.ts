import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";

// What the sources have the shape of. Folder: authorized_keys of sshd(8). machine/etc/passwd: passwd(5). partners.csv: RFC 4180.
// users.json and user.json: DescribeUser and DescribedUser of the Transfer Family API reference, as the command line prints them,
// https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribeUser.html; the policies: its user guide, "Creating a
// session policy for an Amazon S3 bucket".
const sources = join(__dirname, "sources");

/** What npm run access says of a tenant that can log in. */
interface Reported {
  readonly userName: string;
  readonly state: string;
  readonly folders: readonly { readonly entry: string; readonly prefix: string; readonly access: string }[];
  readonly keys: readonly { readonly fingerprint: string }[];
}

const fingerprint = (label: string) => publicKey(label).fingerprint;

describe("npm run import", () => {
  let repository: Repository;
  before(() => {
    repository = new Repository();
    cpSync(sources, join(repository.directory, "sources"), { recursive: true });
  });
  after(() => repository.remove());

  let number = 0;
  const text = (file: string) => readFileSync(join(repository.directory, file), "utf8");

  /** Imports into a file that there is not yet. @returns What is printed, and the access that the file gives in dev. */
  async function imported(source: string, ...flags: string[]) {
    const file = `imported-${(number += 1)}.yaml`;
    const { code, stdout, stderr } = await repository.call("import", `sources/${source}`, "--tenants", file, ...flags);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const access = await repository.call("access", "--tenants", file, "--format", "json");
    expect(access.code, access.stderr).to.equal(0);
    const { tenants } = JSON.parse(access.stdout) as { tenants: Reported[] };
    const report = tenants.map(({ userName, state, folders, keys }) => ({
      userName,
      state,
      folders: folders.map(({ entry, prefix, access }) => `${entry} ${access} ${prefix}`),
      keys: keys.map((key) => key.fingerprint),
    }));
    return { file, stdout, report };
  }

  const active = (userName: string, folders: string[], ...keys: string[]) => ({
    userName,
    state: "active",
    folders,
    keys: keys.map(fingerprint).sort(),
  });
  const suspended = (userName: string) => ({ userName, state: "suspended", folders: [], keys: [] });

  it("gives the users of a folder of keys what they have, and says with its line what is left out", async () => {
    const { stdout, report } = await imported("keys");
    expect(report).to.deep.equal([
      active("acme", ["/ read-write tenants/acme/"], "acme"),
      suspended("again"),
      active("Globex_Corp", ["/ read-write tenants/globex-corp/"], "globex"),
      active("initech", ["/ read-write tenants/initech/"], "initech 1", "initech 2"),
      suspended("umbrella"),
    ]);
    expect(stdout).to.match(
      /^sources\/keys is a folder of public keys: 5 of 6 users become tenants, 2 of them suspended\.\n/,
    );
    for (const line of [
      'sources/keys/NOTES:1: unknown key type "who"',
      "sources/keys/initech/authorized_keys:5: the key has the options from, which would be lost",
      "sources/keys/umbrella.pub:1: the RSA key has 1024 bits",
      'sources/keys/ab.pub: "ab" can be no login of Transfer Family',
      `sources/keys/again.pub:1: the key ${fingerprint("acme")} is tenant "acme"'s already`,
    ]) {
      expect(stdout).to.include(`\n  ${line}`);
    }
    expect(stdout).to.not.include("aws s3 sync");
  });

  it("gives the users of a passwd file their homes, marks them breaking, and copies them", async () => {
    const { stdout, report } = await imported("machine/etc/passwd");
    expect(report).to.deep.equal([
      active("acme", ["/ read-write tenants/acme/"], "acme"),
      active("globex", ["/ read-write tenants/globex/"], "globex 2"),
      suspended("initech"),
    ]);
    expect(stdout).to.include(`
Breaking, until the files are copied (docs/ADOPTION.md has the order):
  acme would find / empty: its files lie in /srv/sftp/acme/
  globex would find / empty: its files lie in /srv/sftp/globex/
  initech would find / empty: its files lie in /srv/sftp/initech/

BUCKET=$(npx pulumi stack output bucketName -s dev)
aws s3 sync /srv/sftp/acme/ "s3://$BUCKET/tenants/acme/"
aws s3 sync /srv/sftp/globex/ "s3://$BUCKET/tenants/globex/"
`);
    for (const line of [
      "sources/machine/srv/sftp/globex/.ssh/authorized_keys:1: the key has the options command",
      "sources/machine/etc/passwd:4: the password is not carried over",
      "sources/machine/etc/passwd:5: there is no sources/machine/srv/sftp/initech/.ssh/authorized_keys",
    ]) {
      expect(stdout).to.include(`\n  ${line}`);
    }
    expect(stdout).to.not.include("$6$");
  });

  it("gives the users of a CSV file what its columns say", async () => {
    const { file, stdout, report } = await imported("partners.csv");
    expect(report).to.deep.equal([
      active("ACME_Batch", ["/ read-write tenants/acme/"], "acme", "acme 2"),
      active("globex", ["/ write-only tenants/globex/"], "globex"),
      suspended("initech"),
    ]);
    expect(text(file)).to.include("contact: ops@acme.example").and.to.include('"main", host\n');
    expect(stdout).to.include("\n  sources/partners.csv:7: the row has neither name nor login");
  });

  it("gives the users of a server what their mappings and policies say, and announces all that differs", async () => {
    const { stdout, report } = await imported("users.json");
    expect(report).to.deep.equal([
      active("acme", ["/ read-write tenants/acme/"], "acme"),
      active("Globex", ["/in write-only tenants/globex/in/"], "globex"),
      active("initech", ["/ read-only tenants/initech/"], "initech"),
      suspended("odd"),
      active("stark", ["/inbox read-write tenants/stark/inbox/", "/prices read-write shared/prices/"], "stark"),
      active(
        "umbrella",
        ["/inbox read-write tenants/umbrella/inbox/", "/prices read-write shared/prices/"],
        "umbrella",
      ),
      active("wide", ["/ read-write tenants/wide/"], "wide"),
    ]);
    for (const line of [
      'sources/users.json:68: "initech" has a home of type PATH: its client sees paths of the bucket, as /old-bucket/home/initech, and here / instead',
      "initech would find / empty: its files lie in s3://old-bucket/home/initech/",
      'sources/users.json:52: the policy of "Globex" in /Out/From_Us allows nothing there, or cannot be judged: the folder is left out',
      'sources/users.json:129: the policy of "wide" in / reaches beyond the folder, and here nobody does',
      'sources/users.json:191: tenant "odd" is suspended until somebody says what it may do',
      "sources/users.json:80: the RSA key has 1024 bits",
      'sources/users.json:8: what "acme" in / may do is decided by arn:aws:iam::123456789012:role/transfer, which is not in the source: read-write is assumed',
    ]) {
      expect(stdout).to.include(`\n  ${line}`);
    }
    expect(stdout).to.include('aws s3 sync s3://old-bucket/globex/in/ "s3://$BUCKET/tenants/globex/in/"\n');
    expect(stdout, "equal targets").to.not.include("acme would find");
  });

  it("adds to a file, of which everything stays, and leaves out what it has already", async () => {
    const { code, stdout } = await repository.call("import", "sources/keys");
    expect(code).to.equal(0);
    expect(stdout).to.include('"acme" would be tenant "acme", which is in tenants.yaml already; give it another name');
    const before = readFileSync(join(__dirname, "../../tenants.yaml"), "utf8");
    const [begin = "", end = ""] = before.split("\nretired:");
    expect(text("tenants.yaml").startsWith(begin.trimEnd())).to.equal(true);
    expect(text("tenants.yaml").endsWith(`\nretired:${end}`)).to.equal(true);
    expect(text("tenants.yaml")).to.include("- name: globex-corp\n    userName: Globex_Corp\n");
    repository.write("tenants.yaml", before);
  });

  it("takes the place of the samples with --replace, keeps retired names, and shows that first with --dry-run", async () => {
    const before = text("tenants.yaml");
    const dry = await repository.call(
      "import",
      "sources/user.json",
      "--replace",
      "--dry-run",
      "--pulumi-import",
      "none.json",
    );
    expect(dry.stdout).to.include("-  - name: northwind\n");
    expect(text("tenants.yaml")).to.equal(before);
    expect(existsSync(join(repository.directory, "none.json"))).to.equal(false);
    const refused = await repository.call(
      "import",
      "sources/user.json",
      "--replace",
      "--pulumi-import",
      "nowhere/x.json",
    );
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.match(/^error: nowhere\/x\.json: nothing is written \(ENOENT: .*\)\n$/);
    expect(text("tenants.yaml")).to.equal(before);
    const { stdout } = await repository.call("import", "sources/user.json", "--replace", "--json");
    expect(JSON.parse(stdout)).to.deep.include({
      file: "tenants.yaml",
      source: "users of a Transfer Family server",
      moves: [],
    });
    expect(text("tenants.yaml")).to.include("tenants:\n  - name: acme\n").and.to.not.include("northwind");
    expect(text("tenants.yaml")).to.match(/\nretired: \[globex\]\n$/);
    repository.write("tenants.yaml", before);
  });

  for (const [source, message] of [
    ["none", "none: there is no such file or folder"],
    [
      "README.md",
      'README.md is none of: a folder of .pub or authorized_keys files, a passwd file, JSON of "aws transfer describe-user", CSV with a first line as name,login,key,access',
    ],
    [
      "package.json",
      'package.json:1: this is not what "aws transfer describe-user" prints at User: Invalid input: expected object, received undefined',
    ],
    [
      "wrong.csv",
      'wrong.csv:2: the access "all" is not known; there are read-write, read-only, read-delete and write-only',
    ],
    [
      "column.csv",
      'column.csv:1: the column "phone" is not known; there are name, login, key, access, description and contact',
    ],
  ] as const) {
    it(`refuses ${source} in one line`, async () => {
      repository.write("wrong.csv", "name,access\nacme,all\n");
      repository.write("column.csv", "name,phone\nacme,1\n");
      expect(await repository.call("import", source)).to.deep.equal({
        code: 1,
        stdout: "",
        stderr: `error: ${message}\n`,
      });
    });
  }

  it("is called wrongly without a source, and shows its help", async () => {
    const { code, stderr } = await repository.run("import");
    expect(code).to.equal(2);
    expect(stderr).to.match(
      /^error: what to import is missing: a file or folder\n\nUsage: npm run import -- SOURCE \[FLAGS\]/,
    );
    expect((await repository.call("import", "--help")).code).to.equal(0);
  });
});

describe("the page about taking over", () => {
  const page = readFileSync(join(__dirname, "../../docs/ADOPTION.md"), "utf8");

  it("shows what an import of a server's users prints", async () => {
    const repository = new Repository();
    try {
      cpSync(join(sources, "page.json"), join(repository.directory, "users.json"));
      const command = /^npm run import -- (users\.json .*)$/m.exec(page)?.[1] ?? "";
      const { code, stdout, stderr } = await repository.call("import", ...command.split(" "));
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      expect(page).to.include(`\n\`\`\`\n${stdout}\`\`\`\n`);
    } finally {
      repository.remove();
    }
  });

  it("gives the order: copy, freeze, up, copy the rest", () => {
    const steps = [...page.matchAll(/^\d\. \*\*(.*)\.\*\*/gm)].map(([, step]) => step);
    expect(steps).to.deep.equal(["Copy", "Freeze", "Up", "Copy the rest"]);
  });
});
