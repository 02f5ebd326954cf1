import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { keyOfFile } from "../../editing/keyFile";
import { publicKeyLine } from "../../tenancy/publicKey";
import { publicKey } from "../publicKeys";
import { inDirectory } from "../tenancy/loading";
import { privateKey, sampleKeys } from "../tenancy/sampleKeys";

const line = publicKey(1).text;

/** What ssh-keygen makes of a key. */
function converted(key: string, form: string): string {
  return inDirectory((directory) => {
    const file = join(directory, "key.pub");
    spawnSync("bash", ["-c", `echo '${key}' > ${file}`]);
    const { status, stdout, stderr } = spawnSync("ssh-keygen", ["-e", "-m", form, "-f", file], { encoding: "utf8" });
    expect(status, stderr).to.equal(0);
    return stdout;
  });
}

describe("a file with a public key", () => {
  for (const [kind, key] of Object.entries(sampleKeys).filter(([kind]) => kind !== "rsa1024")) {
    for (const form of ["RFC4716", "PKCS8", ...(kind === "rsa2048" ? ["PEM"] : [])]) {
      it(`is read as ssh-keygen writes ${kind} in ${form}`, () => {
        const [type, body] = key.split(" ");
        const text = converted(key, form);
        expect(keyOfFile("k", text)).to.deep.include({ type, body });
        expect(keyOfFile("k", text.replaceAll("\n", "\r\n"))).to.deep.include({ type, body });
      });
    }
  }

  it("is read as OpenSSL writes Ed25519, which ssh-keygen does not know in that form", () => {
    const { publicKey: generated } = generateKeyPairSync("ed25519");
    const key = keyOfFile("k", String(generated.export({ type: "spki", format: "pem" })));
    const raw = generated.export({ type: "spki", format: "der" }).subarray(-32);
    expect(Buffer.from(key.body, "base64").subarray(-32)).to.deep.equal(raw);
  });

  it("is one line of OpenSSH, with empty lines and comments around it", () => {
    expect(publicKeyLine(keyOfFile("k", `\ufeff# of acme\r\n\r\n${line} host\r\n`))).to.equal(`${line} host`);
  });

  it("has the comment of RFC 4716, which may go on in the next line", () => {
    const text = converted(line, "RFC4716").replace(/Comment: .*/, 'Comment: "a long \\\ncomment"\nSubject: acme');
    expect(keyOfFile("k", text).comment).to.equal("a long comment");
  });

  it("is refused with its place where it holds anything else", () => {
    const name = "some/key.txt";
    for (const [text, message] of [
      ["", `${name}: there is no key in it`],
      ["# nothing\n", `${name}: there is no key in it`],
      [`${line}\n${publicKey(2).text}\n`, `${name}:2: a second key begins here; give one key a file`],
      [privateKey.join("\n"), `${name}:1: this is a private key, which stays with its owner`],
      [`PuTTY-User-Key-File-3: ssh-ed25519\n`, `${name}:1: this is a file of PuTTY with the private key`],
      [sampleKeys.rsa1024, `${name}:1: the RSA key has 1024 bits; at least 2048 are needed`],
      [converted(sampleKeys.rsa1024, "PKCS8"), `${name}:1: the RSA key has 1024 bits`],
      [
        converted(line, "RFC4716").replace(/---- END.*/, ""),
        `${name}:1: the line "---- END SSH2 PUBLIC KEY ----" is missing`,
      ],
      [
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        `${name}:1: this is not a public key that can be read`,
      ],
      [`no-pty ${line}`, `${name}:1: options in front of a key (authorized_keys) are not supported`],
    ] as const) {
      expect(() => keyOfFile(name, text), message).to.throw(message);
    }
  });

  it("is refused where its kind is none of SSH's, with those that are", () => {
    const { publicKey: generated } = generateKeyPairSync("ec", { namedCurve: "secp256k1" });
    const pem = String(generated.export({ type: "spki", format: "pem" }));
    expect(() => keyOfFile("k", pem)).to.throw("k:1: the key is ec; Transfer Family takes Ed25519, ECDSA");
  });

  it("is named in the documentation in every form", () => {
    const page = readFileSync(join(__dirname, "../../docs/TENANTS.md"), "utf8");
    for (const form of ["RFC 4716", "PKCS #1", "SubjectPublicKeyInfo", "puttygen FILE.ppk -O public-openssh"]) {
      expect(page).to.include(form);
    }
  });
});
