import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readHostKeyFile } from "../../local/hostKeyFile";
import { UserError } from "../../userError";
import { deploymentOf } from "./setting/deployment";
import { hasSftp, openSshFlags, sftpTo } from "./setting/openssh";
import { RunningGateway, temporaryFolder } from "./setting/running";

const hasKeygen = spawnSync("ssh-keygen", ["-?"]).error === undefined;

describe("a host key from a file", () => {
  let folder: ReturnType<typeof temporaryFolder>;

  before(function () {
    if (!hasKeygen) {
      this.skip();
    }
    folder = temporaryFolder();
  });
  after(() => folder?.remove());

  /** The file of a new key pair; the public half lies beside it. */
  function keyFile(name: string, ...flags: string[]): string {
    const file = join(folder.path, name);
    execFileSync("ssh-keygen", ["-q", "-N", "", "-C", "host", "-f", file, ...flags]);
    return file;
  }

  const others = new Map<string, string>();

  /** The public half of another key of a type, made once: RSA keys take their time. */
  function otherKey(type: string): string {
    const other = others.get(type) ?? readFileSync(`${keyFile(`other-${type}`, "-t", type)}.pub`, "utf8").trim();
    others.set(type, other);
    return other;
  }

  const forms: Record<string, string[]> = {
    "Ed25519, in OpenSSH's form": ["-t", "ed25519"],
    "ECDSA, in OpenSSH's form": ["-t", "ecdsa"],
    "RSA, in OpenSSH's form": ["-t", "rsa", "-b", "2048"],
    "ECDSA, as PEM": ["-t", "ecdsa", "-b", "384", "-m", "PEM"],
    "RSA, as PEM": ["-t", "rsa", "-b", "2048", "-m", "PEM"],
  };
  for (const [form, flags] of Object.entries(forms)) {
    it(`is served: ${form}; OpenSSH connects by the line made of the public half, and by no other`, async function () {
      if (!hasSftp()) {
        this.skip();
      }
      const file = keyFile(form.replace(/\W/g, ""), ...flags);
      const [type = "", body = ""] = readFileSync(`${file}.pub`, "utf8").split(" ");
      const running = await RunningGateway.start(deploymentOf({ tenant: "acme" }), { hostKey: readHostKeyFile(file) });
      const connect = (line: string) => {
        const pinned = join(folder.path, "known_hosts");
        writeFileSync(pinned, `partners.acme.example ${line}\n`);
        const strict = [
          ...["-o", "StrictHostKeyChecking=yes", "-o", `UserKnownHostsFile=${pinned}`],
          ...["-o", "HostKeyAlias=partners.acme.example"],
        ];
        return sftpTo("acme@127.0.0.1", [...strict, ...openSshFlags(running, "acme")], "pwd").then(
          ({ stdout }) => stdout,
          ({ stderr }: { stderr: string }) => stderr,
        );
      };
      try {
        expect(await connect(`${type} ${body}`)).to.match(/Remote working directory: \//);
        expect(await connect(otherKey(flags[1]!))).to.match(/Host key verification failed/);
        const printed = execFileSync("ssh-keygen", ["-l", "-f", `${file}.pub`], { encoding: "utf8" });
        expect(printed).to.include(running.gateway.hostKeyFingerprint);
      } finally {
        await running.stop();
      }
    });
  }

  function refusal(file: string): string {
    try {
      readHostKeyFile(file);
    } catch (error) {
      expect(error).to.be.instanceOf(UserError);
      return (error as Error).message.replace(`--host-key ${file}: `, "");
    }
    throw new Error("the file was taken");
  }

  it("is refused where others may read it, as OpenSSH's server does", () => {
    const file = keyFile("open", "-t", "ed25519");
    chmodSync(file, 0o640);
    expect(refusal(file)).to.equal(`others than its owner may read or write it; "chmod 600 ${file}"`);
  });

  it("is refused where there is none, or a folder", () => {
    expect(refusal(join(folder.path, "missing"))).to.equal("there is no such file");
    const directory = join(folder.path, "directory");
    mkdirSync(directory, { mode: 0o755 });
    expect(refusal(directory)).to.equal("this is a folder; the file with the private key is wanted");
  });

  it("is refused as a public key, with a passphrase, in another form, too short, and as anything else, without its text", () => {
    const publicFile = `${keyFile("half", "-t", "ed25519")}.pub`;
    chmodSync(publicFile, 0o600);
    expect(refusal(publicFile)).to.equal("this is the public key; the private one is the file without .pub");
    const passphrase =
      'the key has a passphrase, which a server cannot be asked for; take it off a copy with "ssh-keygen -p -f COPY"';
    expect(refusal(keyFile("locked", "-t", "ed25519", "-N", "secret"))).to.equal(passphrase);
    expect(refusal(keyFile("lockedPem", "-t", "ecdsa", "-m", "PEM", "-N", "secret"))).to.equal(passphrase);
    expect(refusal(keyFile("pkcs8", "-t", "ecdsa", "-m", "PKCS8"))).to.equal(
      "the key is in the form PKCS#8; convert a copy of it with \"ssh-keygen -p -m PEM -N '' -f COPY\"",
    );
    expect(refusal(keyFile("short", "-t", "rsa", "-b", "1024", "-m", "PEM"))).to.equal(
      "the RSA key has 1024 bits; OpenSSH's clients and Transfer take 2048 at least",
    );
    const text = join(folder.path, "text");
    writeFileSync(text, "hunter2\n", { mode: 0o600 });
    expect(refusal(text)).to.equal("this is no private key as PEM or in OpenSSH's form");
  });
});
