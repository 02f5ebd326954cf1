import { key, type WrongFile } from "./wrongFile";
import { accessNames } from "../../../tenancy/access";
import { listed } from "../../../tenancy/quote";

const profiles = listed(accessNames, "or");

/** A tenant with these lines from line 4 on. */
function acmeWith(lines: string): string {
  return `tenants:\n  - name: acme\n    sshKeys: [${key(1)}]\n${lines}\n`;
}

/** Values that are not of the right kind, and of which it is plain what they are meant for. */
export const meant: readonly WrongFile[] = [
  {
    title: "silence without its unit",
    yaml: acmeWith("    expectEvery: 24"),
    problems: ['4:18: error: "expectEvery" must be text, not the number 24; write 24h'],
  },
  {
    title: "more silence than there can be, without its unit",
    yaml: acmeWith("    expectEvery: 500"),
    problems: [
      '4:18: error: "expectEvery" must be text, not the number 500; write whole hours or days from 1h to 7d, for example 24h',
    ],
  },
  {
    title: "spaces and folders by their names alone",
    yaml: `${acmeWith("    spaces: [catalogue]\n    folders:\n      - inbox\n      - in out")}spaces: [catalogue]\n`,
    problems: [
      '4:14: error: an entry of "spaces" must be a mapping (key: value), not the text "catalogue"; write - { name: catalogue, access: read-only }',
      '6:9: error: an entry of "folders" must be a mapping (key: value), not the text "inbox"; write - { name: inbox, access: read-only }',
      '7:9: error: an entry of "folders" must be a mapping (key: value), not the text "in out"',
      '8:10: error: an entry of "spaces" must be a mapping (key: value), not the text "catalogue"; write - name: catalogue',
    ],
  },
  {
    title: "text where a list belongs",
    yaml: `tenants:
  - name: acme
    sshKeys: ${key(1)}
    environments: dev
    spaces: catalogue
    notify: ops@acme.example
retired: globex
`,
    problems: [
      '3:14: error: "sshKeys" must be a list, not the text "ssh-ed25519 ..."; write it in a line of its own below, with "- " before it',
      '4:19: error: "environments" must be a list, not the text "dev"; write [dev]',
      '5:13: error: "spaces" must be a list, not the text "catalogue"; write - { name: catalogue, access: read-only }',
      '6:13: error: "notify" must be a list, not the text "ops@acme.example"; write - email: ops@acme.example',
      '7:10: error: "retired" must be a list, not the text "globex"; write [globex]',
    ],
  },
  {
    title: "listeners without their kind, of whose addresses nothing is repeated",
    yaml: acmeWith(`    notify:
      - https://hooks.acme.example/?token=hunter2
      - arn:aws:sqs:eu-central-1:111122223333:orders
      - arn:aws:lambda:eu-central-1:111122223333:function:orders
      - Ops <ops@acme.example>
      - orders`),
    problems: [
      '5:9: error: an entry of "notify" must be a mapping (key: value), not the text "https://hooks.acme.example/?..."; write - https: ADDRESS',
      '6:9: error: an entry of "notify" must be a mapping (key: value), not the text "arn:aws:sqs:eu-central-1:111122223333:orders"; write - queue: ARN',
      '7:9: error: an entry of "notify" must be a mapping (key: value), not the text "arn:aws:lambda:eu-central-1:111122223333:function:orders"; write - function: ARN',
      '8:9: error: an entry of "notify" must be a mapping (key: value), not the text "Ops <ops@acme.example>"; write - email: ADDRESS',
      '9:9: error: an entry of "notify" must be a mapping (key: value), not the text "orders"',
    ],
  },
  {
    title: "tenants by their names, as a mapping",
    yaml: `tenants:
  acme:
    sshKeys: [${key(1)}]
`,
    problems: [
      '2:3: error: "tenants" must be a list, not a mapping; write each as an entry that begins with "- name: "',
    ],
  },
  {
    title: "entries without a value, among others that have one",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - ${key(1)}
      -
      - { key: }
    folders:
      - name: in
        access:
      - # nothing yet
    environments: [dev, ~]
  -
`,
    problems: [
      '5:8: error: an entry of "sshKeys" has no value; it must be a public key, or a mapping with key, expires and environments',
      '6:11: error: "key" has no value; it must be text',
      `9:9: error: "access" has no value; it must be ${profiles}`,
      '10:9: error: an entry of "folders" has no value; it must be a mapping (key: value)',
      '11:25: error: an entry of "environments" has no value; it must be text',
      '12:4: error: an entry of "tenants" has no value; it must be a mapping (key: value)',
    ],
  },
  {
    title: "entries without their dashes",
    yaml: `tenants:
  - name: acme
    sshKeys:
      key: ${key(1)}
      expires: 2027-01-31
    notify:
      email: ops@acme.example
`,
    problems: [
      '4:7: error: "sshKeys" must be a list, not a mapping; write "- " before the first key of each entry',
      '7:7: error: "notify" must be a list, not a mapping; write "- " before the first key of each entry',
    ],
  },
  {
    title: "dashes without their space",
    yaml: `tenants:
  - name: acme
    sshKeys:
      -${key(1)}
spaces:
  -name: catalogue
`,
    problems: [
      '4:7: error: "sshKeys" must be a list, not the text "-ssh-ed25519 ..."; write a space behind each "-"',
      '6:3: error: "spaces" must be a list, not a mapping; write a space behind each "-"',
    ],
  },
  {
    title: "a key too far left",
    yaml: `tenants:
  - name: acme
    sshKeys:
  - ${key(1)}
`,
    problems: [
      '3:5: error: "sshKeys" has no value; it must be a list',
      '4:5: error: an entry of "tenants" must be a mapping (key: value), not the text "ssh-ed25519 ..."; write it further right, as an entry of "sshKeys"',
    ],
  },
  {
    title: "days with their unit or in quotes, and a day without its hyphens",
    yaml: `${acmeWith('    retentionDays: "30"')}  - name: globex
    retentionDays: 90 days
    sshKeys: [{ key: ${key(2)}, expires: 20270131 }]
`,
    problems: [
      '4:20: error: "retentionDays" must be a whole number, not the text "30"; write 30',
      '6:20: error: "retentionDays" must be a whole number, not the text "90 days"; write 90',
      `7:${key(2).length + 33}: error: "expires" must be text, not the number 20270131; write 2027-01-31`,
    ],
  },
  {
    title: "text that YAML reads as a number, as it is written",
    yaml: acmeWith("    userName: 0070\n    contact: 1e5"),
    problems: [
      '4:15: error: "userName" must be text, not the number 70; put it in quotes: "0070"',
      '5:14: error: "contact" must be text, not the number 100000; put it in quotes: "1e5"',
    ],
  },
  {
    title: "readers that are no list",
    yaml: acmeWith("    notify:\n      - queue: true\n        readers: arn:aws:iam::111122223333:role/erp"),
    problems: [
      '6:18: error: "readers" must be a list, not the text "arn:aws:iam::111122223333:role/erp"; write it in a line of its own below, with "- " before it',
    ],
  },
  {
    title: "folders, members and tenants by their names for keys",
    yaml: `tenants:
  - acme:
      sshKeys: [${key(1)}]
  - name: globex
    sshKeys: [${key(2)}]
    folders:
      - inbox: write-only
      - Name: outbox
    spaces: [catalogue: read-only]
spaces:
  - name: catalogue
`,
    problems: [
      '2:5: error: unknown key "acme"; write "name: acme", and what belongs to it in the same column below',
      '2:5: error: the tenant has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"',
      '7:9: error: unknown key "inbox"; write "name: inbox" and "access: write-only"',
      '8:9: error: "name" is missing',
      `8:9: error: "access" is missing; it is ${profiles}`,
      '8:9: error: unknown key "Name"; did you mean "name"?',
      '9:14: error: unknown key "catalogue"; write "name: catalogue" and "access: read-only"',
    ],
  },
  {
    title: "a list that is written as words, and keys as a mapping",
    yaml: `tenants:
  - name: acme
    environments: dev, prod
    sshKeys:
      laptop: ${key(1)}
`,
    problems: [
      '3:19: error: "environments" must be a list, not the text "dev, prod"; write [dev, prod]',
      '5:7: error: "sshKeys" must be a list, not a mapping; write each key in a line of its own, with "- " in the place of its name',
    ],
  },
  {
    title: "text that begins with the sign of a comment, and a comment that is one",
    yaml: acmeWith("    contact: #sftp-ops\n    description: # none"),
    problems: [
      '4:5: error: "contact" has no value: what begins with # is a comment; put it in quotes',
      '5:5: error: "description" has no value; it must be text',
    ],
  },
  {
    title: "days in numbers that are read in two ways, or that few people read",
    yaml: ["030", "0o36", "0x1e", "3e1", "30.0", "30"]
      .map((days, index) => `  - { name: tenant-${index}, retentionDays: ${days}, sshKeys: [${key(index)}] }\n`)
      .reduce((file, line) => file + line, "tenants:\n"),
    problems: [
      ["030", 30],
      ["0o36", 30],
      ["0x1e", 30],
      ["3e1", 30],
      ["30.0", 30],
    ].map(
      ([written, days], index) => `${index + 2}:38: error: retentionDays ${written} is read as ${days}; write ${days}`,
    ),
  },
  {
    title: "weeks, and days for ever",
    yaml: `${acmeWith("    retentionDays: 4 weeks")}  - name: globex
    retentionDays: forever
    sshKeys: [${key(2)}]
`,
    problems: [
      '4:20: error: "retentionDays" must be a whole number, not the text "4 weeks"; write 28',
      '6:20: error: "retentionDays" must be a whole number, not the text "forever"; write no such key: without it files are kept',
    ],
  },
];
