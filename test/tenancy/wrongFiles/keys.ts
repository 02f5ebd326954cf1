import { publicKey } from "../../publicKeys";
import { privateKey, sampleKeys } from "../sampleKeys";
import { key, type WrongFile } from "./wrongFile";

export const keys: readonly WrongFile[] = [
  {
    title: "a private key in a block",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - |
        ${privateKey.join("\n        ")}
`,
    problems: [
      "5:9: error: this is a private key; remove it, give the public one (the file ending in .pub), and make a new key pair: everyone who can read this file may have copied it",
    ],
  },
  {
    title: "a private key pasted without indentation",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - key: ${privateKey.join("\n")}
`,
    problems: [
      "4:14: error: this is a private key; remove it, give the public one (the file ending in .pub), and make a new key pair: everyone who can read this file may have copied it",
      '5:1: error: a key and its colon stand on one line; is a ": " missing here?',
    ],
  },
  {
    title: "a private key in a comment",
    yaml: `tenants:
  - name: acme # ${privateKey[0]}
    sshKeys: [${key(1)}]
`,
    problems: [
      "2:18: error: this is a private key; remove it, give the public one (the file ending in .pub), and make a new key pair: everyone who can read this file may have copied it",
    ],
  },
  {
    title: "a private key in another place",
    yaml: `tenants:
  - name: acme
    description: |
      ${privateKey.join("\n      ")}
    sshKeys: [${key(1)}]
`,
    problems: [
      '3:18: error: description "-----BEGIN OPENSSH PRIVATE KEY-----\\u{a}...\\u{a}...\\u{a}-----END OPENSSH..." is not allowed: one line without control characters',
      "4:7: error: this is a private key; remove it, give the public one (the file ending in .pub), and make a new key pair: everyone who can read this file may have copied it",
    ],
  },
  {
    title: "a weak RSA key",
    yaml: `tenants:
  - name: acme
    sshKeys: [${sampleKeys.rsa1024}]
`,
    problems: ["3:15: error: the RSA key has 1024 bits; at least 2048 are needed, or use ssh-ed25519"],
  },
  {
    title: "a DSA key",
    yaml: `tenants:
  - name: acme
    sshKeys: [ssh-dss AAAAB3NzaC1kc3MAAACBAP]
`,
    problems: ["3:15: error: DSA keys (ssh-dss) are too weak; use ssh-ed25519, or RSA with at least 2048 bits"],
  },
  {
    title: "a key of a security token",
    yaml: `tenants:
  - name: acme
    sshKeys: [sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t]
`,
    problems: [
      "3:15: error: keys of security tokens (sk-...) do not work with Transfer Family; use ssh-ed25519, ECDSA or RSA",
    ],
  },
  {
    title: "a certificate",
    yaml: `tenants:
  - name: acme
    sshKeys: [ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQ]
`,
    problems: [
      "3:15: error: this is a certificate, which Transfer Family does not take; put the public key it was made from",
    ],
  },
  {
    title: "options in front of a key",
    yaml: `tenants:
  - name: acme
    sshKeys: [no-pty ${key(1)}]
`,
    problems: ["3:15: error: options in front of a key (authorized_keys) are not supported; begin with the key type"],
  },
  {
    title: "an unknown key type",
    yaml: `tenants:
  - name: acme
    sshKeys: [ssh-ed448 AAAA]
`,
    problems: [
      '3:15: error: unknown key type "ssh-ed448"; a public key is one line like "ssh-ed25519 AAAA... comment", of type ssh-ed25519, ecdsa-sha2-nistp256, ecdsa-sha2-nistp384, ecdsa-sha2-nistp521, ssh-rsa',
    ],
  },
  {
    title: "a key that says another type than it holds",
    yaml: `tenants:
  - name: acme
    sshKeys: [ssh-rsa ${publicKey(1).body}]
`,
    problems: ['3:15: error: the key says ssh-rsa but holds "ssh-ed25519"; copy it again from the .pub file'],
  },
  {
    title: "a key that is cut short",
    yaml: `tenants:
  - name: acme
    sshKeys: ["${key(1).slice(0, 60)}"]
`,
    problems: ["3:15: error: an ssh-ed25519 key holds 32 bytes, this one does not; copy it again from the .pub file"],
  },
  {
    title: "a key with bytes behind it",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}AAAA]
`,
    problems: ["3:15: error: the key has bytes after its end; copy it again from the .pub file"],
  },
  {
    title: "a key that is not base64",
    yaml: `tenants:
  - name: acme
    sshKeys: [ssh-ed25519 AAAA!AAAA]
`,
    problems: ["3:15: error: the key's second field is not the base64 text of a key; copy it again from the .pub file"],
  },
  {
    title: "a mistyped ECDSA key",
    yaml: `tenants:
  - name: acme
    sshKeys: [${sampleKeys.nistp256.slice(0, -10)}AAAAAAAAA=]
`,
    problems: ["3:15: error: the key is not a point of the curve nistp256; copy it again from the .pub file"],
  },
  {
    title: "a key without its body",
    yaml: `tenants:
  - name: acme
    sshKeys: [ssh-ed25519]
`,
    problems: ['3:15: error: the key ends after its type; a public key is one line like "ssh-ed25519 AAAA... comment"'],
  },
  {
    title: "an empty key",
    yaml: `tenants:
  - name: acme
    sshKeys: [""]
`,
    problems: ['3:15: error: the key is empty; a public key is one line like "ssh-ed25519 AAAA... comment"'],
  },
  {
    title: "the name of a file",
    yaml: `tenants:
  - name: acme
    sshKeys: [keys/acme.pub, ~/.ssh/id_ed25519, ../acme/key]
`,
    problems: [15, 30, 49].map(
      (column) =>
        `3:${column}: error: this is the name of a file; put the line that stands in the file, since no other file is read`,
    ),
  },
  {
    title: "what ssh-keygen -l prints",
    yaml: `tenants:
  - name: acme
    sshKeys: ["256 ${publicKey(1).fingerprint} acme (ED25519)"]
`,
    problems: [
      '3:15: error: this is a fingerprint, not a key; a public key is one line like "ssh-ed25519 AAAA... comment"',
    ],
  },
  {
    title: "a fingerprint",
    yaml: `tenants:
  - name: acme
    sshKeys: ["${publicKey(1).fingerprint}"]
`,
    problems: [
      '3:15: error: this is a fingerprint, not a key; a public key is one line like "ssh-ed25519 AAAA... comment"',
    ],
  },
  {
    title: "two keys in one entry",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - |
        ${key(1)}
        ${key(2)}
`,
    problems: ['4:9: error: the entry holds two keys; make each an entry of its own, with a "- " before it'],
  },
  {
    title: "a key that is a number",
    yaml: `tenants:
  - name: acme
    sshKeys: [12]
`,
    problems: [
      '3:15: error: an entry of "sshKeys" must be a public key, or a mapping with key, expires and environments, not the number 12',
    ],
  },
  {
    title: "an unknown key of a key",
    yaml: `tenants:
  - name: acme
    sshKeys: [{ key: ${key(1)}, expire: 2027-01-01 }]
`,
    problems: ['3:104: error: unknown key "expire"; did you mean "expires"?'],
  },
  {
    title: "a day that does not exist",
    yaml: `tenants:
  - name: acme
    sshKeys: [{ key: ${key(1)}, expires: 2027-02-29 }]
`,
    problems: ['3:113: error: expires "2027-02-29" is not allowed: a day of the calendar as YYYY-MM-DD'],
  },
];
