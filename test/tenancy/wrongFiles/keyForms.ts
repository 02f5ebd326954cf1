import { publicKey } from "../../publicKeys";
import { sampleKeys } from "../sampleKeys";
import { key, type WrongFile } from "./wrongFile";

/** A tenant with this text as its list of keys, which begins in line 4. */
function withKeys(list: string): string {
  return `tenants:\n  - name: acme\n    sshKeys:\n${list}\n`;
}

const { body } = publicKey(1);
const expected = 'a public key is one line like "ssh-ed25519 AAAA... comment"';
const rfc4716 = `the key is in RFC 4716 form; convert it with "ssh-keygen -i -f FILE"; ${expected}`;
const twoKeys = 'the entry holds two keys; make each an entry of its own, with a "- " before it';
const lowOrder =
  "the key is none that a program makes, and anybody may be able to log in with it; have a new key pair made";

/** The ed25519 key with this point, in hexadecimal digits. */
function edwardsKey(point: string): string {
  const blob = Buffer.from(body, "base64");
  return `ssh-ed25519 ${Buffer.concat([blob.subarray(0, -32), Buffer.from(point, "hex")]).toString("base64")}`;
}

/** The RSA key of the samples with the exponent 3 in the place of 65537. */
function otherExponent(): string {
  const blob = Buffer.from(sampleKeys.rsa2048.slice("ssh-rsa ".length), "base64");
  const [type, modulus] = [blob.subarray(0, 11), blob.subarray(18)];
  return `ssh-rsa ${Buffer.concat([type, Buffer.from([0, 0, 0, 1, 3]), modulus]).toString("base64")}`;
}

/** The RSA key of the samples with its modulus for its exponent. */
function exponentOfItsOwn(): string {
  const blob = Buffer.from(sampleKeys.rsa2048.slice("ssh-rsa ".length), "base64");
  const [type, modulus] = [blob.subarray(0, 11), blob.subarray(18)];
  return `ssh-rsa ${Buffer.concat([type, modulus, modulus]).toString("base64")}`;
}

/** Keys in forms that people have them in, and keys that are none. */
export const keyForms: readonly WrongFile[] = [
  {
    title: "the form that PuTTYgen saves, in lines of their own",
    yaml: withKeys(`      - |
        ---- BEGIN SSH2 PUBLIC KEY ----
        Comment: "a key"
        ${body}
        ---- END SSH2 PUBLIC KEY ----`),
    problems: [`4:9: error: ${rfc4716}`],
  },
  {
    title: "the form that PuTTYgen saves, folded into one line",
    yaml: withKeys(`      - >-
        ---- BEGIN SSH2 PUBLIC KEY ----
        ${body}
        ---- END SSH2 PUBLIC KEY ----`),
    problems: [`4:9: error: ${rfc4716}`],
  },
  {
    title: "what OpenSSL and OpenPGP write",
    yaml: withKeys(
      ["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "PGP PUBLIC KEY BLOCK"]
        .map(
          (what) =>
            `      - |\n        -----BEGIN ${what}-----\n        MIIBIjANBgkqhkiG9w0BAQEF\n        -----END ${what}-----`,
        )
        .join("\n"),
    ),
    problems: [
      `4:9: error: the key is in OpenSSL's form; convert it with "ssh-keygen -i -m PKCS8 -f FILE"; ${expected}`,
      `8:9: error: the key is in OpenSSL's form; convert it with "ssh-keygen -i -m PEM -f FILE"; ${expected}`,
      `12:9: error: this is a certificate of TLS, not a key for SSH; ${expected}`,
      `16:9: error: this is a key of OpenPGP, not one for SSH; ${expected}`,
    ],
  },
  {
    title: "PuTTY's own file, which holds the private key",
    yaml: withKeys(`      - |
        PuTTY-User-Key-File-3: ssh-ed25519
        Encryption: none
        Public-Lines: 2
        ${body}
        Private-Lines: 1
        ${body}`),
    problems: [
      '5:9: error: this is a file of PuTTY, which holds the private key; remove it, give what "puttygen FILE -O public-openssh" prints, and make a new key pair: everyone who can read this file may have copied it',
    ],
  },
  {
    title: "the body of a key without its type",
    yaml: withKeys(`      - ${body} batch`),
    problems: [`4:9: error: the key's type is missing before it; ${expected}`],
  },
  {
    title: "a key that is broken into lines",
    yaml: withKeys(`      - |
        ssh-ed25519
        ${body}`),
    problems: ["4:9: error: the key has several lines; write it on one line"],
  },
  {
    title: "a key that is broken within its body, which is not taken for two",
    yaml: withKeys(`      - |
        ssh-ed25519 ${body.slice(0, 40)}
        ${body.slice(40)} batch`),
    problems: ["4:9: error: the key has several lines; write it on one line"],
  },
  {
    title: "a no-break space between type and body, and between body and comment",
    yaml: withKeys(`      - ssh-ed25519\u00a0${body}\n      - ${key(2)}\u202fbatch`),
    problems: [
      "4:9: error: the character U+00A0 looks like a space and is none; type a space instead",
      "5:9: error: the character U+202F looks like a space and is none; type a space instead",
    ],
  },
  {
    title: "a second key whose dash was forgotten",
    yaml: withKeys(`      - ${key(1)} ann\n        ${key(2)} bob`),
    problems: [`4:9: error: ${twoKeys}`],
  },
  {
    title: "a second key whose dash is too far right",
    yaml: withKeys(`      - ${key(1)}\n        - ${key(2)}`),
    problems: [`4:9: error: ${twoKeys}`],
  },
  {
    title: "keys that a comma joins, with and without a comment between them",
    yaml: withKeys(`      - ${key(1)} carol, ${key(2)} dan\n      - ${key(3)},${key(4)}\n      - ${key(5)},${body}`),
    problems: [`4:9: error: ${twoKeys}`, `5:9: error: ${twoKeys}`, `6:9: error: ${twoKeys}`],
  },
  {
    title: "a key of another type behind a key, one that is cut short, and one without its type",
    yaml: withKeys(
      `      - ${key(1)} and ${sampleKeys.nistp256}\n      - ${key(2)} ssh-rsa AAAA\n      - "${key(3)}\\t${body}"\n` +
        `      - ${sampleKeys.nistp384} sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t`,
    ),
    problems: [4, 5, 6, 7].map((line) => `${line}:9: error: ${twoKeys}`),
  },
  {
    title: "points of small order: the neutral one, and one written with a y that is not below p",
    yaml: withKeys(`      - ${edwardsKey(`01${"00".repeat(31)}`)}\n      - ${edwardsKey(`ee${"ff".repeat(31)}`)} x`),
    problems: [`4:9: error: ${lowOrder}`, `5:9: error: ${lowOrder}`],
  },
  {
    title: "an RSA key with another exponent, which is the same key",
    yaml: withKeys(`      - ${sampleKeys.rsa2048}\n      - ${otherExponent()}`),
    problems: [
      "5:9: error: this tenant has an RSA key with the same modulus in line 4, in dev and prod as well; a key logs in one tenant, and is listed once",
    ],
  },
  {
    title: "keys that letters of their own text join",
    yaml: withKeys(`      - ${key(1)} carol/${body}\n      - ${key(2)}+${body}\n      - ${key(3)}${body}`),
    problems: [4, 5, 6].map((line) => `${line}:9: error: ${twoKeys}`),
  },
  {
    title: "a key whose comment holds a colon",
    yaml: withKeys(`      - ${key(1)} laptop: Carol`),
    problems: [
      `4:9: error: unknown key "ssh-ed25519 ... laptop"; the key's comment holds a colon, so put all that stands behind the "- " in single quotes`,
    ],
  },
  {
    title: "an exponent as large as its modulus, which is no key of RSA",
    yaml: withKeys(`      - ${exponentOfItsOwn()}`),
    problems: ["4:9: error: the key's numbers are not those of an RSA key; copy it again from the .pub file"],
  },
  {
    title: "keys that would not do without their options either, and one in quotes of a text processor",
    yaml: withKeys(
      `      - restrict webauthn-sk-ecdsa-sha2-nistp256@openssh.com AAAA\n      - no-pty ssh-dss AAAAB3NzaC1kc3M\n      - \u201c${key(1)}\u201d`,
    ),
    problems: [
      "4:9: error: keys of security tokens (sk-...) do not work with Transfer Family; use ssh-ed25519, ECDSA or RSA",
      "5:9: error: DSA keys (ssh-dss) are too weak; use ssh-ed25519, or RSA with at least 2048 bits",
      "6:9: error: quotes or brackets stand around the key, and not as YAML has them; remove them, begin with the key type",
    ],
  },
  {
    title: "the form that PuTTYgen saves, without its first line, and an MD5 fingerprint",
    yaml: withKeys(`      - 'Comment: "a key" ${body}'\n      - "c1:${"0a:".repeat(14)}ff"`),
    problems: [`4:9: error: ${rfc4716}`, `5:9: error: this is a fingerprint, not a key; ${expected}`],
  },
];
