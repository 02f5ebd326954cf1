import { key, type WrongFile } from "./wrongFile";
import { accessNames } from "../../../tenancy/access";
import { listed } from "../../../tenancy/quote";

const profiles = listed(accessNames, "or");

/** Without `__proto__`, which is no key at all in any place. */
const objectNames = [...Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__")];

const access = 'it belongs in a tenant, an entry of "folders" or an entry of a tenant\'s "spaces"';

export const shape: readonly WrongFile[] = [
  {
    title: "no tenants",
    yaml: `spaces: []
`,
    problems: ['1:1: error: "tenants" is missing'],
  },
  {
    title: "an empty list of tenants",
    yaml: `tenants: []
`,
    problems: ['1:10: error: "tenants" is empty: list at least one tenant'],
  },
  {
    title: "tenants without a value",
    yaml: `tenants:
`,
    problems: ['1:1: error: "tenants" has no value; it must be a list'],
  },
  {
    title: "a tenant that is text",
    yaml: `tenants:
  - acme
`,
    problems: [
      '2:5: error: an entry of "tenants" must be a mapping (key: value), not the text "acme"; write - name: acme',
    ],
  },
  {
    title: "an unknown key at the top",
    yaml: `tenant:
  - name: acme
`,
    problems: ['1:1: error: "tenants" is missing', '1:1: error: unknown key "tenant"; did you mean "tenants"?'],
  },
  {
    title: "an unknown key of a tenant",
    yaml: `tenants:
  - name: acme
    sshkeys: [${key(1)}]
    sshKeys: [${key(2)}]
`,
    problems: ['3:5: error: unknown key "sshkeys"; did you mean "sshKeys"?'],
  },
  {
    title: "a key named like a part of JavaScript",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    __proto__: { state: suspended }
    constructor: x
    notify: [{ toString: x }]
`,
    problems: [
      '4:5: error: the key "__proto__" cannot be used',
      '5:5: error: unknown key "constructor"; known here: name, userName, description, contact, environments, state, access, sshKeys, password, allowedCidrs, folders, spaces, retentionDays, notify, expectEvery, tags',
      '6:16: error: unknown key "toString"; known here: queue, readers, function, email, https, environments',
    ],
  },
  {
    title: "a name that is a number",
    yaml: `tenants:
  - name: 4711
    sshKeys: [${key(1)}]
`,
    problems: ['2:11: error: "name" must be text, not the number 4711; put it in quotes: "4711"'],
  },
  {
    title: "a description without value",
    yaml: `tenants:
  - name: acme
    description:
    sshKeys: [${key(1)}]
`,
    problems: ['3:5: error: "description" has no value; it must be text'],
  },
  {
    title: "a description over two lines",
    yaml: `tenants:
  - name: acme
    description: "one\\ntwo"
    sshKeys: [${key(1)}]
`,
    problems: ['3:18: error: description "one\\u{a}two" is not allowed: one line without control characters'],
  },
  {
    title: "an escape sequence for a terminal",
    yaml: `tenants:
  - name: acme
    contact: "\\e[2Jhello"
    sshKeys: [${key(1)}]
`,
    problems: ['3:14: error: contact "\\u{1b}[2Jhello" is not allowed: one line without control characters'],
  },
  {
    title: "a contact that is too long",
    yaml: `tenants:
  - name: acme
    contact: ${"long ".repeat(60)}x
    sshKeys: [${key(1)}]
`,
    problems: [
      '3:14: error: contact "long long long long long long long long long long long long ..." is not allowed: at most 256 characters',
    ],
  },
  {
    title: "an unknown state",
    yaml: `tenants:
  - name: acme
    state: suspend
    sshKeys: [${key(1)}]
`,
    problems: ['3:12: error: unknown state "suspend"; did you mean "suspended"?'],
  },
  {
    title: "an unknown access",
    yaml: `tenants:
  - name: acme
    access: admin
    sshKeys: [${key(1)}]
`,
    problems: [`3:13: error: unknown access "admin"; it is ${profiles}`],
  },
  {
    title: "an access that is a list",
    yaml: `tenants:
  - name: acme
    access: [read-only]
    sshKeys: [${key(1)}]
`,
    problems: [`3:13: error: "access" must be ${profiles}, not a list`],
  },
  {
    title: "days that are no days",
    yaml: `tenants:
  - { name: acme, retentionDays: 0, sshKeys: [${key(1)}] }
  - { name: globex, retentionDays: 1.5, sshKeys: [${key(2)}] }
  - { name: initech, retentionDays: "90", sshKeys: [${key(3)}] }
  - { name: umbrella, retentionDays: 40000, sshKeys: [${key(4)}] }
`,
    problems: [
      "2:34: error: retentionDays 0 is not allowed: 1 to 36500 days",
      '3:36: error: "retentionDays" must be a whole number, not the number 1.5',
      '4:37: error: "retentionDays" must be a whole number, not the text "90"; write 90',
      "5:38: error: retentionDays 40000 is not allowed: 1 to 36500 days",
    ],
  },
  {
    title: "tags that AWS does not take",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    tags:
      AWS:owner: me
      ok: "a;b"
      cost: 4711
`,
    problems: [
      '5:7: error: the tag "AWS:owner" is not allowed: letters, digits, spaces and _ . : / = + - @, and it cannot begin with aws:',
      '6:11: error: tag ok "a;b" is not allowed: letters, digits, spaces and _ . : / = + - @',
      '7:13: error: "tag cost" must be text, not the number 4711; put it in quotes: "4711"',
    ],
  },
  {
    title: "tags whose names every object of JavaScript or Pulumi has",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    tags:
${objectNames.map((name) => `      ${name}: x`).join("\n")}
`,
    problems: [
      ...objectNames.map(
        (name, index) =>
          `${index + 5}:7: error: the tag "${name}" is not allowed: not a name that every object of JavaScript or Pulumi has, such as toString`,
      ),
    ],
  },
  {
    title: "a tag too many",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    tags:
${Array.from({ length: 46 }, (_, index) => `      t${index}: x`).join("\n")}
`,
    problems: ["50:7: error: this is tag 46; at most 45 fit beside the gateway's own"],
  },
  {
    title: "tags that no preview would show",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    tags: { __defaults: x, __team: y, _team: z }
`,
    problems: [13, 28].map(
      (column) =>
        `4:${column}: error: the tag "${column === 13 ? "__defaults" : "__team"}" is not allowed: not __ at its beginning: Pulumi keeps such names to itself, and no preview shows them`,
    ),
  },
  {
    title: "more days than a computer counts",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    retentionDays: 999999999999999999999
`,
    problems: ["4:20: error: retentionDays 1e+21 is not allowed: 1 to 36500 days"],
  },
  {
    title: "keys that belong at another level",
    yaml: `tenants:
  - name: acme
    retired: [globex]
    sshKeys:
      - key: ${key(1)}
        access: read-only
    spaces:
      - { name: catalogue, access: read-only, description: ours }
sshKeys: [${key(2)}]
spaces:
  - { name: catalogue, access: read-only }
`,
    problems: [
      '3:5: error: unknown key "retired"; it belongs in the first column of the file',
      `6:9: error: unknown key "access"; ${access}`,
      '8:47: error: unknown key "description"; it belongs in a tenant or an entry of the "spaces" in the first column',
      '9:1: error: unknown key "sshKeys"; it belongs in a tenant',
      `11:24: error: unknown key "access"; ${access}`,
    ],
  },
];
