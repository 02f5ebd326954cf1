import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";

const tenants = `tenants:
  - { name: acme, access: read-only, sshKeys: ["${publicKey(1).text}"] }
  - { name: globex, sshKeys: ["${publicKey(2).text}"] }
`;

describe("npm run why", () => {
  let repository: Repository;
  before(async () => {
    repository = new Repository();
    repository.write("tenants.yaml", tenants);
    repository.write("globex.pub", `${publicKey(2).text}\n`);
    const { stdout } = await repository.call("synth");
    repository.write("deployment.json", stdout);
  });
  after(() => repository.remove());

  const why = (...words: string[]) => repository.call("why", ...words, "--deployment", "deployment.json");

  it("synthesises the stack, and exits with 3 and what to change for what is denied", async () => {
    const { code, stdout, stderr } = await repository.call("why", "acme", "put", "/a.csv");
    expect({ code, stderr }).to.deep.equal({ code: 3, stderr: "" });
    expect(stdout)
      .to.match(/^acme put \/a\.csv: denied\n/)
      .and.to.include("to allow  tenants.yaml:2:27: access: read-write instead of read-only\n");
  });

  it("exits with 0 for what is allowed, by a deployment in a file", async () => {
    const { code, stdout } = await why("globex", "mv", "/a", "/b");
    expect(code).to.equal(0);
    expect(stdout).to.match(/^globex rename \/a \/b: allowed\n/);
  });

  it("asks about a login with a key and an address", async () => {
    const { code, stdout } = await why("acme", "login", "--key", "globex.pub", "--from", "203.0.113.9");
    expect(code).to.equal(3);
    expect(stdout).to.include(`${publicKey(2).fingerprint} is a key of globex\n  in        tenants.yaml:3:31\n`);
  });

  const line = JSON.stringify({
    "activity-type": "ERROR",
    user: "acme",
    operation: "MKDIR",
    path: "/sftp-gateway-dev-123456789012/tenants/acme/new",
  });

  it("takes a key in the form in which PuTTYgen saves it", async () => {
    const [, body = ""] = publicKey(2).text.split(" ");
    repository.write("putty.pub", `---- BEGIN SSH2 PUBLIC KEY ----\n${body}\n---- END SSH2 PUBLIC KEY ----\n`);
    const { stdout } = await why("acme", "login", "--key", "putty.pub");
    expect(stdout).to.include(`${publicKey(2).fingerprint} is a key of globex\n`);
  });

  const unreadable: readonly (readonly [words: string[], message: string])[] = [
    [["login", "--key", "none.pub"], "none.pub: there is no such file"],
    [["login", "--key", "/dev/zero"], "/dev/zero: this is a device; name a file, or - for standard input"],
    [["login", "--key", "."], ".: this is a directory; name the file itself"],
    [["login", "--key", "tenants.yaml"], "tenants.yaml:2: a second key begins here; give one key a file"],
    [
      ["login", "--key", "private"],
      'private:1: this is a private key, which stays with its owner; give the public one (the file ending in .pub, or what "ssh-keygen -y -f FILE" prints)',
    ],
    [["put", "/a", "--deployment", "none.json"], "none.json: there is no such file"],
  ];
  for (const [words, message] of unreadable) {
    it(`exits with 1 where a file is not what it should be: ${words.join(" ")}`, async () => {
      repository.write("private", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
      const { code, stderr } = await repository.call("why", "acme", ...words);
      expect({ code, stderr }).to.deep.equal({ code: 1, stderr: `error: ${message}\n` });
    });
  }

  it("takes a line of a log, and gives data as JSON", async () => {
    const { code, stdout } = await why(line, "--format", "json");
    expect(code).to.equal(3);
    expect(JSON.parse(stdout)).to.include({ about: "file", operation: "mkdir", verdict: "denied", userName: "acme" });
  });

  it("takes lines of a log from standard input", () => {
    const loader = ["-r", "./cli/typescript.cjs", "cli/why.ts", "-", "--deployment", "deployment.json"];
    const { status, stdout } = spawnSync(process.execPath, loader, {
      cwd: repository.directory,
      input: `${line}\n`,
      encoding: "utf8",
    });
    expect(status).to.equal(3);
    expect(stdout).to.match(/^acme mkdir \/new: denied\n/);
  });

  it("shows nothing that a terminal obeys, and says the same as data", async () => {
    const path = "/\u001b[2J\u009b\u202e.csv";
    const { stdout } = await why("acme", "put", path, "--format", "json");
    expect(stdout).not.to.match(/[\u001b\u009b\u202e]/);
    expect((JSON.parse(stdout) as { places: { path: string }[] }).places[0]?.path).to.equal(path);
    expect((await why("acme", "put", path)).stdout).not.to.match(/[\u001b\u009b\u202e]/);
  });

  it("says that there is no line where nothing comes", () => {
    const loader = ["-r", "./cli/typescript.cjs", "cli/why.ts", "-", "--deployment", "deployment.json"];
    const { status, stderr } = spawnSync(process.execPath, loader, {
      cwd: repository.directory,
      input: "",
      encoding: "utf8",
    });
    expect(status).to.equal(1);
    expect(stderr).to.match(/^error: there is no line of a log; /);
  });

  it("exits with 1 for a file that is no deployment, and for a line that is none", async () => {
    const wrong = await repository.call("why", "acme", "put", "/a", "--deployment", "tenants.yaml");
    expect([wrong.code, wrong.stderr]).to.deep.equal([
      1,
      'error: tenants.yaml: this is not JSON; give what "npm run synth" or "pulumi stack export" prints\n',
    ]);
    const { code, stderr } = await why('{"activity-type":"ERR');
    expect(code).to.equal(1);
    expect(stderr).to.match(/^error: this is no line of the log, or is cut off; a line is an object of JSON/);
  });

  const wrong: readonly (readonly [words: string[], message: RegExp])[] = [
    [[], /^error: what is asked is missing/],
    [["acme"], /^error: say what "acme" does: "put /],
    [["acme", "putt", "/a"], /^error: "putt" is no operation; did you mean "put"\? there are ls, /],
    [["acme", "put"], /^error: put takes one path/],
    [["acme", "rename", "/a"], /^error: rename takes a path and a new path/],
    [["acme", "login", "--from", "home"], /^error: --from "home" is no address/],
    [["acme", "put", "/a", "--key", "globex.pub"], /^error: --key is of no use here: only a login shows it/],
    [["acme", "put", "/a", "--password"], /^error: --password is of no use here: only a login shows it/],
    [[line, "--from", "203.0.113.9"], /^error: --from is of no use here: a line of a log says itself what was shown/],
    [["acme", "put", "/a", "--stack", "dev"], /^error: --stack and --deployment exclude each other/],
  ];
  for (const [words, message] of wrong) {
    it(`exits with 2: ${words.join(" ") || "nothing"}`, async () => {
      const { code, stderr } = await why(...words);
      expect(code).to.equal(2);
      expect(stderr).to.match(message);
    });
  }
});
