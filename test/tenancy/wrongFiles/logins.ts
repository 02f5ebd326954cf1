import { key, type WrongFile } from "./wrongFile";

export const logins: readonly WrongFile[] = [
  {
    title: "an active tenant without a key",
    yaml: `tenants:
  - name: acme
  - name: acme-corp
    sshKeys: []
`,
    problems: [
      '2:11: error: tenant "acme" has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"',
      '3:11: error: tenant "acme-corp" has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"',
    ],
  },
  {
    title: "no key in one of the tenant's environments",
    yaml: `tenants:
  - name: acme
    sshKeys: [{ key: ${key(1)}, environments: [dev] }]
`,
    problems: [
      '2:11: error: tenant "acme" has no SSH key in prod; give it one there, or take prod out of its environments',
    ],
  },
  {
    title: "a key for an environment that the tenant is not in",
    yaml: `tenants:
  - name: acme
    environments: [dev]
    sshKeys: [{ key: ${key(1)}, environments: [dev, prod] }]
`,
    problems: [
      '4:124: error: the key names environment "prod", which the tenant is not in; add it to the tenant\'s environments or remove it here',
    ],
  },
  {
    title: "the same key in two tenants",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
  - name: acme-corp
    sshKeys: [${key(1)} another comment]
`,
    problems: [
      '5:15: error: tenant "acme" has the same key in line 3, in dev and prod as well; a key logs in one tenant, and is listed once',
    ],
  },
  {
    title: "the same key twice in a tenant",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - ${key(1)}
      - { key: ${key(1)}, environments: [prod] }
`,
    problems: [
      "5:9: error: this tenant has the same key in line 4, in prod as well; a key logs in one tenant, and is listed once",
    ],
  },
  {
    title: "a key too many",
    yaml: `tenants:
  - name: acme
    sshKeys:
${Array.from({ length: 51 }, (_, index) => `      - ${key(index)}`).join("\n")}
`,
    problems: ["54:9: error: this is key 51 of the tenant in dev; Transfer Family takes at most 50"],
  },
  {
    title: "a key that has expired (a warning)",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}, { key: ${key(2)}, expires: 2026-11-22 }]
`,
    problems: [
      "3:195: warning: this key expired on 2026-11-22 and is not deployed; remove it, or replace it by a new one",
    ],
  },
  {
    title: "a key that is about to expire (a warning)",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}, { key: ${key(2)}, expires: 2026-11-23 }, { key: ${key(3)}, expires: 2026-12-23 }, { key: ${key(4)}, expires: 2026-12-24 }]
`,
    problems: [
      "3:195: warning: this key expires on 2026-11-23, within 30 days; add its successor in time",
      "3:307: warning: this key expires on 2026-12-23, within 30 days; add its successor in time",
    ],
  },
  {
    title: "a tenant whose keys have all expired somewhere (warnings)",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - { key: ${key(1)}, expires: 2026-01-31, environments: [prod] }
      - { key: ${key(2)}, environments: [dev] }
`,
    problems: [
      '2:11: warning: tenant "acme" cannot log in to prod: all of its keys there have expired; add a new one',
      "4:107: warning: this key expired on 2026-01-31 and is not deployed; remove it, or replace it by a new one",
    ],
  },
];
