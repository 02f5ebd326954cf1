import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { faultOfHalves, faultOfHostKey, faultOfHostKeyPublic } from "../../settings/hostKey";
import { publicKey } from "../publicKeys";
import { problemsOf, required, settingsOf } from "./files";

const hasKeygen = spawnSync("ssh-keygen", ["-?"]).error === undefined;

/** What a stack file says of the key that is encrypted, as `pulumi config set --secret` writes it. */
const encrypted = "  sftp-gateway:hostKey:\n    secure: v1:cGxhaW4=:Y2lwaGVy\n";

describe("the host key among the settings", () => {
  const half = publicKey("host").text;
  const published = `  sftp-gateway:hostKeyPublic: ${half} host\n`;

  it("is read without decrypting anything", () => {
    const { settings, problems } = settingsOf(required + encrypted + published);
    expect(problems).to.deep.equal([]);
    expect(settings).to.include({ hostKey: "secret", hostKeyPublic: `${half} host` });
  });

  it("is none where nothing stands behind its key", () => {
    const { settings, problems } = settingsOf(`${required}  sftp-gateway:hostKey:\n  sftp-gateway:hostKeyPublic: ""\n`);
    expect(problems).to.deep.equal([]);
    expect(settings).to.include({ hostKey: "", hostKeyPublic: "" });
  });

  it("is none as null, beside which a public half is refused", () => {
    const { settings, problems } = settingsOf(`${required}  sftp-gateway:hostKey: null\n`);
    expect(problems).to.deep.equal([]);
    expect(settings).to.include({ hostKey: "" });
    expect(problemsOf(`${required}  sftp-gateway:hostKey: null\n${published}`).join()).to.match(
      /:7:31: error: "sftp-gateway:hostKeyPublic" .* and "sftp-gateway:hostKey" empty \(Pulumi\.dev\.yaml:6:25\); the server has it/,
    );
  });

  it("is refused in plain text, which is not repeated", () => {
    const plain = "  sftp-gateway:hostKey: |\n    -----BEGIN OPENSSH PRIVATE KEY-----\n    b3BlbnNzaC1rZXktdjEAAAAA\n";
    expect(problemsOf(required + plain + published)).to.deep.equal([
      'Pulumi.dev.yaml:6:25: error: "sftp-gateway:hostKey" is not encrypted; "pulumi config set --secret ' +
        'sftp-gateway:hostKey < FILE" encrypts it, and whoever could read it here may have copied it',
    ]);
  });

  it("is refused without its public half, and that one without it", () => {
    expect(problemsOf(required + encrypted)).to.deep.equal([
      'Pulumi.dev.yaml:7:5: error: "sftp-gateway:hostKey" is a secret and "sftp-gateway:hostKeyPublic" empty; partners pin ' +
        "the public half; give both",
    ]);
    expect(problemsOf(required + published)).to.deep.equal([
      `Pulumi.dev.yaml:6:31: error: "sftp-gateway:hostKeyPublic" is "ssh-ed25519 ... host" and "sftp-gateway:hostKey" empty; ` +
        "the server has it with its private half alone; give both, or neither",
    ]);
  });

  it("is refused where the private half stands in place of the public one, which is not repeated", () => {
    const pasted = "  sftp-gateway:hostKeyPublic: |\n    -----BEGIN RSA PRIVATE KEY-----\n    c2hvcnQ=\n";
    expect(problemsOf(required + encrypted + pasted)).to.deep.equal([
      'Pulumi.dev.yaml:8:31: error: "sftp-gateway:hostKeyPublic": this is a private key; remove it, give the public one (the ' +
        "file ending in .pub), and make a new key pair: everyone who can read this file may have copied it",
    ]);
  });
});

describe("a host key", function () {
  let folder: string;

  before(function () {
    if (!hasKeygen) {
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "host-key-"));
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  /** A pair as OpenSSH's own program makes it. */
  function pair(name: string, ...flags: string[]): Record<"privateHalf" | "publicHalf", string> {
    const file = join(folder, name);
    execFileSync("ssh-keygen", ["-q", "-N", "", "-C", "host", "-f", file, ...flags]);
    return { privateHalf: readFileSync(file, "utf8"), publicHalf: readFileSync(`${file}.pub`, "utf8").trim() };
  }

  const taken: Record<string, string[]> = {
    "Ed25519 in OpenSSH's form": ["-t", "ed25519"],
    "ECDSA of 256 bits as PEM": ["-t", "ecdsa", "-b", "256", "-m", "PEM"],
    "ECDSA of 384 bits as PEM": ["-t", "ecdsa", "-b", "384", "-m", "PEM"],
    "ECDSA of 521 bits as PEM": ["-t", "ecdsa", "-b", "521", "-m", "PEM"],
    "RSA of 2048 bits as PEM": ["-t", "rsa", "-b", "2048", "-m", "PEM"],
  };
  for (const [kind, flags] of Object.entries(taken)) {
    it(`is taken with its own public half and with no other: ${kind}`, () => {
      const { privateHalf, publicHalf } = pair(kind.replace(/\W/g, ""), ...flags);
      expect([faultOfHostKey(privateHalf), faultOfHostKeyPublic(publicHalf)]).to.deep.equal([undefined, undefined]);
      expect(faultOfHalves(privateHalf, publicHalf)).to.equal(undefined);
      const others = [pair(`other${kind.replace(/\W/g, "")}`, ...flags).publicHalf, publicKey("other").text];
      for (const other of others) {
        expect(faultOfHalves(privateHalf, other)).to.equal(
          'they are halves of two keys; "ssh-keygen -y -f FILE" prints the public half of the private one',
        );
      }
    });
  }

  it("is refused where the public half that it carries along is another key's", () => {
    const [own, other] = [pair("own", "-t", "ed25519"), pair("foreign", "-t", "ed25519")];
    const point = (line: string) => Buffer.from(line.split(" ")[1]!, "base64").subarray(-32);
    const blob = Buffer.from(own.privateHalf.replace(/-----.*-----/g, ""), "base64").toString("latin1");
    const swapped = blob.replaceAll(
      point(own.publicHalf).toString("latin1"),
      point(other.publicHalf).toString("latin1"),
    );
    const base64 = Buffer.from(swapped, "latin1").toString("base64");
    const forged = `-----BEGIN OPENSSH PRIVATE KEY-----\n${base64}\n-----END OPENSSH PRIVATE KEY-----\n`;
    expect(faultOfHalves(forged, other.publicHalf)).to.match(/^they are halves of two keys/);
  });

  const passphrase =
    /^the key has a passphrase, which a server cannot be asked for; .* "ssh-keygen -p -m PEM -N '' -f COPY"$/;
  const refused: [what: string, flags: string[], fault: RegExp][] = [
    [
      "RSA in OpenSSH's form",
      ["-t", "rsa", "-b", "2048"],
      /^an RSA or ECDSA key has to be PEM .* "ssh-keygen -p -m PEM/,
    ],
    ["ECDSA in OpenSSH's form", ["-t", "ecdsa"], /^an RSA or ECDSA key has to be PEM/],
    ["with a passphrase in OpenSSH's form", ["-t", "ed25519", "-N", "secret"], passphrase],
    ["with a passphrase as PEM", ["-t", "ecdsa", "-m", "PEM", "-N", "secret"], passphrase],
    ["with a passphrase as PKCS#8", ["-t", "ecdsa", "-m", "PKCS8", "-N", "secret"], passphrase],
    ["as PKCS#8", ["-t", "ecdsa", "-m", "PKCS8"], /^the key is in the form PKCS#8, /],
  ];
  for (const [what, flags, fault] of refused) {
    it(`is refused ${what}`, () => {
      const { privateHalf } = pair(`refused${what.replace(/\W/g, "")}`, ...flags);
      expect(faultOfHostKey(privateHalf)).to.match(fault);
    });
  }

  it("is refused where it is longer than Transfer takes", () => {
    const long = `-----BEGIN RSA PRIVATE KEY-----\n${"A".repeat(5000)}\n-----END RSA PRIVATE KEY-----\n`;
    expect(faultOfHostKey(long)).to.match(/^the key has 5062 characters; Transfer takes at most 4096/);
  });

  it("is refused as its public half, as a file of PuTTY, damaged, and as anything else", () => {
    const { privateHalf, publicHalf } = pair("whole", "-t", "ed25519");
    expect(faultOfHostKey(publicHalf)).to.match(/^this is a public key; the private one stands here/);
    expect(faultOfHostKey("PuTTY-User-Key-File-3: ssh-ed25519\n")).to.match(/^the key is a file of PuTTY; convert it/);
    expect(faultOfHostKey(privateHalf.slice(0, 200))).to.equal("the key is damaged; take the whole file once more");
    expect(faultOfHostKey(privateHalf.replace(/\n.{40}/, "\n"))).to.equal(
      "the key is damaged; take the whole file once more",
    );
    expect(faultOfHostKey("hunter2")).to.equal(
      'this is no private key; a file of one begins with "-----BEGIN ... PRIVATE KEY-----"',
    );
  });

  it("has a public half of a type and size that Transfer takes", () => {
    expect(faultOfHostKeyPublic(pair("small", "-t", "rsa", "-b", "1024").publicHalf)).to.equal(
      "the RSA key has 1024 bits; at least 2048 are needed, or use ssh-ed25519",
    );
    expect(faultOfHostKeyPublic("ssh-dss AAAAB3NzaC1kc3M=")).to.match(/^DSA keys \(ssh-dss\) are too weak/);
  });
});
