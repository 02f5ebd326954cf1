import { key, type WrongFile } from "./wrongFile";

const tenant = `tenants:
  - name: acme
    sshKeys: [${key(1)}]
`;

const listed = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => `      - email: l${from + index}@acme.example\n`).join("");

/** So many spaces that share one listener. */
const spaces = (count: number): string =>
  Array.from({ length: count }, (_, index) => `  - { name: s${index}, notify: [{ email: ops@acme.example }] }\n`).join(
    "",
  );

const waysOut =
  'let one listener of yours subscribe to the whole topic "uploads" and hand on, or do it in functions/on-upload/hook';

/** What is wrong about several listeners together. */
export const listeners: readonly WrongFile[] = [
  {
    title: "two queues of a tenant's own",
    yaml: `${tenant}    notify: [{ queue: true }, { queue: true, readers: ["arn:aws:iam::111122223333:role/x"] }]\n`,
    problems: ['4:31: error: "queue: true" is listed twice in dev and prod; remove one of the two'],
  },
  {
    title: "one listener in two spellings, in one stack",
    yaml: `${tenant}    notify: [{ email: ops@acme.example, environments: [dev] }, { email: ops@ACME.example }]\n`,
    problems: ['4:64: error: "ops@acme.example" is listed twice in dev; remove one of the two'],
  },
  {
    title: "one address in two spellings, without its query",
    yaml: `spaces:
  - { name: x, notify: [{ https: "https://acme.example/?t=1" }, { https: "https://ACME.example:443/?t=1" }] }
${tenant}`,
    problems: ['2:65: error: "https://acme.example/?..." is listed twice in dev and prod; remove one of the two'],
  },
  {
    title: "more listeners than SNS takes, each stack by itself",
    yaml: `spaces:
  - name: x
    notify:
${listed(0, 200)}${tenant}    notify: [{ queue: true, environments: [prod] }]
`,
    problems: [`203:9: error: this is listener 201 in prod, and SNS takes 200 filter policies a topic; ${waysOut}`],
  },
  {
    title: "more spaces than one listener can hear of",
    yaml: `spaces:\n${spaces(151)}${tenant}`,
    problems: [
      `152:28: error: "ops@acme.example" would hear of 151 tenants and spaces in dev, and SNS takes 150 in one filter policy; ${waysOut}`,
      `152:28: error: "ops@acme.example" would hear of 151 tenants and spaces in prod, and SNS takes 150 in one filter policy; ${waysOut}`,
    ],
  },
];
