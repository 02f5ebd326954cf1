import { key, type WrongFile } from "./wrongFile";

/** Keys that people look for, each with where it is answered. */
const answers: Readonly<Record<string, string>> = {
  passwordHash: '"password: true" lets it log in with one, which "npm run password" draws; none stands in this file',
  ipAllowlist: 'the addresses that it may come from stand under "allowedCidrs"',
  homeDirectory:
    'where its files lie follows from "name", what its client sees from "path" in "folders" (docs/OPERATIONS.md, "Folders that partners already use")',
  chroot:
    'where its files lie follows from "name", what its client sees from "path" in "folders" (docs/OPERATIONS.md, "Folders that partners already use")',
  quota: "quotas are not offered: S3 has none",
  keys: 'public keys stand under "sshKeys"',
  members: 'who is a member of a space says so itself, under its own "spaces"',
  publicKeys: 'public keys stand under "sshKeys"',
  permissions: 'what it may do is said by "access"',
  role: 'roles and policies follow from "access", "folders" and "spaces" (docs/ISOLATION.md)',
  enabled: 'write "state: active" or "state: suspended"',
  login: 'the login name is "userName"',
  email: 'whom to ask is "contact", who hears of uploads "notify"',
  webhook: 'who hears of uploads is said by "notify"',
  validUntil: 'it is keys that have a last day: write "- { key, expires }" under "sshKeys"',
  lifecycle: 'how long files are kept is said by "retentionDays"',
  pgp: 'files are neither scanned nor decrypted (README.md, "What it does not do")',
  protocols: "SFTP is the only protocol that is offered",
};

export const wishes: readonly WrongFile[] = [
  {
    title: "keys of other products, or of nobody's",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
${Object.keys(answers)
  .map((wish) => `    ${wish}: x\n`)
  .join("")}`,
    problems: Object.entries(answers).map(
      ([wish, answer], index) => `${index + 4}:5: error: unknown key "${wish}"; ${answer}`,
    ),
  },
  {
    title: "a key that nothing is known of",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    colour: blue
`,
    problems: [
      '4:5: error: unknown key "colour"; known here: name, userName, description, contact, environments, state, access, sshKeys, password, allowedCidrs, folders, spaces, retentionDays, notify, expectEvery, tags',
    ],
  },
  {
    title: "what people look for beside a public key, and in a listener",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - { key: ${key(1)}, name: laptop }
      - { publicKey: ${key(2)} }
    notify:
      - { type: mail, email: ops@acme.example }
`,
    problems: [
      `4:${18 + key(1).length}: error: unknown key "name"; what a key is called stands behind its text, as its comment`,
      '5:9: error: "key" is missing',
      '5:11: error: unknown key "publicKey"; the line of the .pub file stands under "key"',
      '7:11: error: unknown key "type"; a listener is one key that says its kind and where it is, as email: ops@acme.example',
    ],
  },
];
