import { key, type WrongFile } from "./wrongFile";

/** Dashes, quotes and comments as they are not written in YAML. */
export const punctuation: readonly WrongFile[] = [
  {
    title: "a dash without its space",
    yaml: `tenants:
  -name: acme
    sshKeys: [${key(1)}]
`,
    problems: ["2:3: error: a space is missing behind this dash"],
  },
  {
    title: "a dash without its space, behind an entry that has it",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
  -name: globex
    sshKeys: [${key(2)}]
`,
    problems: ["4:3: error: a space is missing behind this dash"],
  },
  {
    title: "a day beside a key, not under it",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - ${key(1)}
        expires: 2027-01-31
`,
    problems: ['5:9: error: a key with "expires" is a mapping: write "- key: " before the key in the line above'],
  },
  {
    title: "an apostrophe within single quotes",
    yaml: `tenants:
  - name: acme
    description: 'Acme's files'
`,
    problems: ["3:23: error: the quote ends here, and text goes on behind it; write '' for a ' within the text"],
  },
  {
    title: "quotes within quotes",
    yaml: `tenants:
  - name: acme
    description: "the "old" Acme"
`,
    problems: ['3:23: error: the quote ends here, and text goes on behind it; write \\" for a " within the text'],
  },
  {
    title: "a comment of another language",
    yaml: `// ours
tenants:
  - name: acme
    sshKeys: [${key(1)}]
`,
    problems: ["1:1: error: a comment begins with #, not with //"],
  },
  {
    title: "a file copied out of a page, with its fences",
    yaml: `\`\`\`yaml
tenants:
  - name: acme
    sshKeys: [${key(1)}]
\`\`\`
`,
    problems: [1, 5].map((line) => `${line}:1: error: this line is Markdown; remove it`),
  },
  {
    title: "text behind a quote that has ended",
    yaml: `tenants:
  - name: acme
    description: "Acme" of Gotham
`,
    problems: ['3:23: error: the quote ends here, and text goes on behind it; write \\" for a " within the text'],
  },
  {
    title: "comments of further languages",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    ; ours
`,
    problems: ["4:5: error: a comment begins with #, not with ;"],
  },
  {
    title: "an alias behind a key, which is not told for what belongs to the key",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - ${key(1)}
    environments: *ours
`,
    problems: [
      "5:19: error: aliases (*name) are not supported: write each tenant out, so that a reviewer sees all it gets",
    ],
  },
  {
    title: "lines that end as on old computers",
    yaml: `tenants:\r  - name: acme\r    sshKeys: [${key(1)}]\r`,
    problems: [
      "1:1: error: the lines end in CR alone, as on old computers; save the file with line breaks of Unix or Windows",
    ],
  },
];
