import { key, type WrongFile } from "./wrongFile";

export const names: readonly WrongFile[] = [
  {
    title: "names of other characters",
    yaml: `tenants:
  - { name: Acme, sshKeys: [${key(1)}] }
  - { name: ab, sshKeys: [${key(2)}] }
  - { name: -acme, sshKeys: [${key(3)}] }
  - { name: acme*, sshKeys: [${key(4)}] }
  - { name: ../acme, sshKeys: [${key(5)}] }
`,
    problems: [
      '2:13: error: name "Acme" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
      '3:13: error: name "ab" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
      '4:13: error: name "-acme" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
      '5:13: error: name "acme*" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
      '6:13: error: name "../acme" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
    ],
  },
  {
    title: "a name that is too long",
    yaml: `tenants:
  - name: ${"a".repeat(20)}-${"b".repeat(20)}
    sshKeys: [${key(1)}]
`,
    problems: [
      '2:11: error: name "aaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbb" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
    ],
  },
  {
    title: "a tenant without name",
    yaml: `tenants:
  - sshKeys: [${key(1)}]
`,
    problems: ['2:5: error: "name" is missing'],
  },
  {
    title: "a name given twice",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
  - name: acme
    sshKeys: [${key(2)}]
`,
    problems: ['4:11: error: the name "acme" is already the tenant\'s in line 2; choose another one'],
  },
  {
    title: "a retired name",
    yaml: `tenants:
  - name: globex
    sshKeys: [${key(1)}]
retired: [globex]
`,
    problems: [
      '2:11: error: the name "globex" is retired in line 4: files of its former tenant may remain; choose another one',
    ],
  },
  {
    title: "a name retired twice",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
retired: [globex, initech, globex, GLOBEX]
`,
    problems: [
      '4:28: error: the name "globex" is retired twice, first in line 4; remove one of the two',
      '4:36: error: retired "GLOBEX" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
    ],
  },
  {
    title: "a retired space",
    yaml: `spaces: [{ name: catalogue }, { name: prices }]
tenants:
  - name: acme
    sshKeys: [${key(1)}]
    spaces: [{ name: catalogue, access: read-only }]
retired: [prices-2]
retiredSpaces:
  - catalogue
  - prices-2
`,
    problems: [
      '1:18: error: the name "catalogue" is retired in line 8: files of its former space may remain; choose another one',
    ],
  },
  {
    title: "a space retired twice",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
retiredSpaces: [a, prices, a, ../b]
`,
    problems: [
      '4:28: error: the name "a" is retired twice, first in line 4; remove one of the two',
      '4:31: error: retiredSpaces "../b" is not allowed: 1 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends',
    ],
  },
  {
    title: "a reserved name",
    yaml: `tenants:
  - name: root
    sshKeys: [${key(1)}]
`,
    problems: ['2:11: error: Transfer Family reserves the user name "root"; choose another one'],
  },
  {
    title: "a name that every object of JavaScript has, which would be a key of the program's outputs",
    yaml: `tenants:
  - name: constructor
    sshKeys: [${key(1)}]
retired: [constructor]
`,
    problems: [
      '2:11: error: name "constructor" is not allowed: not a name that every object of JavaScript or Pulumi has, such as toString',
    ],
  },
  {
    title: "a reserved user name",
    yaml: `tenants:
  - name: acme
    userName: Root
    sshKeys: [${key(1)}]
`,
    problems: ['3:15: error: Transfer Family reserves the user name "Root"; choose another one'],
  },
  {
    title: "a user name that Transfer Family does not take",
    yaml: `tenants:
  - name: acme
    userName: acme batch
    sshKeys: [${key(1)}]
`,
    problems: [
      '3:15: error: userName "acme batch" is not allowed: 3 to 100 letters, digits, _ @ . and -, beginning with a letter, digit or _',
    ],
  },
  {
    title: "user names that differ in case only",
    yaml: `tenants:
  - name: acme
    userName: ACME_batch
    sshKeys: [${key(1)}]
  - name: acme-corp
    userName: acme_BATCH
    sshKeys: [${key(2)}]
`,
    problems: [
      '6:15: error: the user name "acme_BATCH" is also that of tenant "acme" in dev and prod; they must differ in more than case',
    ],
  },
  {
    title: "a user name that is another tenant's name",
    yaml: `tenants:
  - name: acme
    environments: [prod]
    sshKeys: [${key(1)}]
  - name: acme-corp
    userName: Acme
    sshKeys: [${key(2)}]
`,
    problems: [
      '6:15: error: the user name "Acme" is also that of tenant "acme" in prod; they must differ in more than case',
    ],
  },
  {
    title: "unknown environments",
    yaml: `tenants:
  - name: acme
    environments: [prd]
    sshKeys: [${key(1)}]
  - name: acme-corp
    environments: [staging]
    sshKeys: [${key(2)}]
`,
    problems: [
      '3:20: error: unknown environment "prd"; did you mean "prod"?',
      '6:20: error: unknown environment "staging"; there are dev and prod (the files Pulumi.<stack>.yaml)',
    ],
  },
  {
    title: "empty environments",
    yaml: `tenants:
  - name: acme
    environments: []
    sshKeys: [${key(1)}]
`,
    problems: ['3:19: error: "environments" is empty: list at least one stack; or leave the key out for every stack'],
  },
  {
    title: "an environment listed twice",
    yaml: `tenants:
  - name: acme
    environments: [dev, dev]
    sshKeys: [${key(1)}]
`,
    problems: ['3:25: error: environment "dev" is listed twice'],
  },
  {
    title: "letters that only look like ours, in a name, a key, and what a key may say",
    yaml: `tenants:
  - name: \u0430cme
    sshKeys: [${key(1)}]
    \u0441ontact: ops
    access: read\u2013only
    environments: [\u0440rod]
`,
    problems: [
      '2:11: error: name "\u0430cme" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends; U+0430 is none of them',
      '4:5: error: unknown key "\u0441ontact"; did you mean "contact"? U+0441 in it only looks alike',
      '5:13: error: unknown access "read\u2013only"; did you mean "read-only"? U+2013 in it only looks alike',
      '6:20: error: unknown environment "\u0440rod"; did you mean "prod"? U+0440 in it only looks alike',
    ],
  },
];
