import type { WrongFile } from "./wrongFile";

/** So many tenants whose files expire, one a line; suspended, since what was uploaded before expires all the same. */
const retaining = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `  - { name: tenant-${index}, state: suspended, retentionDays: 90 }\n`,
  ).join("");

/** What is wrong about how long the files of several tenants are kept. */
export const retention: readonly WrongFile[] = [
  {
    title: "more tenants with retentionDays than a bucket has rules for, each stack by itself",
    yaml: `tenants:
${retaining(999)}  - { name: dev-only, state: suspended, environments: [dev] }
  - { name: prod-only, state: suspended, environments: [prod], retentionDays: 30 }
`,
    problems: [
      '1002:79: error: this is tenant 1000 with "retentionDays" in prod, and S3 takes rules for 999 in a bucket; ' +
        "leave it out of others, or move tenants to a stack of their own",
    ],
  },
];
