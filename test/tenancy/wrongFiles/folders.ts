import { key, type WrongFile } from "./wrongFile";
import { accessNames } from "../../../tenancy/access";
import { listed } from "../../../tenancy/quote";

const profiles = listed(accessNames, "or");

export const folders: readonly WrongFile[] = [
  {
    title: "access beside folders",
    yaml: `tenants:
  - name: acme
    access: read-only
    sshKeys: [${key(1)}]
    folders: [{ name: inbox, access: write-only }]
`,
    problems: [
      '3:5: error: "access" stands beside "folders"; each folder has an access of its own, so remove this one',
    ],
  },
  {
    title: "an empty list of folders",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    folders: []
`,
    problems: ['4:14: error: "folders" is empty: list at least one folder; or leave the key out'],
  },
  {
    title: "a folder without access",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    folders: [{ name: inbox }]
`,
    problems: [`4:15: error: "access" is missing; it is ${profiles}`],
  },
  {
    title: "a folder listed twice",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    folders: [{ name: inbox, access: write-only }, { name: inbox, access: read-only }]
`,
    problems: ['4:60: error: the folder "inbox" is listed twice; remove one of the two'],
  },
  {
    title: "a folder that is a path",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    folders: [{ name: in/box, access: write-only }, { name: .., access: read-only }]
`,
    problems: [
      '4:23: error: name "in/box" is not allowed: 1 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends; for what clients see, write name: in-box, path: /in/box',
      '4:61: error: name ".." is not allowed: 1 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
    ],
  },
  {
    title: "a folder of a reserved name",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    folders: [{ name: home, access: write-only }]
`,
    problems: [
      '4:23: error: the name "home" is reserved: beside spaces, /home is the tenant\'s own place; choose another name for the folder',
    ],
  },
  {
    title: "an unknown space",
    yaml: `spaces: [{ name: catalogue }]
tenants:
  - name: acme
    sshKeys: [${key(1)}]
    spaces: [{ name: catalog, access: read-only }, { name: prices, access: read-only }]
`,
    problems: [
      '5:22: error: unknown space "catalog"; did you mean "catalogue"?',
      '5:60: error: unknown space "prices"; declare it under the top-level key "spaces"',
    ],
  },
  {
    title: "a space declared twice",
    yaml: `spaces: [{ name: catalogue }, { name: catalogue }]
tenants:
  - name: acme
    sshKeys: [${key(1)}]
`,
    problems: ['1:39: error: the space "catalogue" is declared twice; remove one of the two'],
  },
  {
    title: "a space of a reserved name",
    yaml: `spaces: [{ name: home }]
tenants:
  - name: acme
    sshKeys: [${key(1)}]
`,
    problems: [
      '1:18: error: the name "home" is reserved: beside spaces, /home is the tenant\'s own place; choose another name for the space',
    ],
  },
  {
    title: "a space listed twice",
    yaml: `spaces: [{ name: catalogue }]
tenants:
  - name: acme
    sshKeys: [${key(1)}]
    spaces: [{ name: catalogue, access: read-only }, { name: catalogue, access: read-write }]
`,
    problems: ['5:62: error: the space "catalogue" is listed twice; remove one of the two'],
  },
  {
    title: "a space named like a folder",
    yaml: `spaces: [{ name: inbox }]
tenants:
  - name: acme
    sshKeys: [${key(1)}]
    folders: [{ name: inbox, access: write-only }]
    spaces: [{ name: inbox, access: read-only }]
`,
    problems: [
      '6:22: error: the path "/inbox" of the space "inbox" is also that of the folder "inbox" in line 5; choose another one',
    ],
  },
];
