import { key, type WrongFile } from "./wrongFile";

/** Lines that begin in no column in which they could go on with what stands above. */
export const indentation: readonly WrongFile[] = [
  {
    title: "a key of a tenant between its dash and its other keys",
    yaml: `tenants:
  - name: acme
   sshKeys: []
`,
    problems: ["3:4: error: this line begins in column 4; keys that it may stand beside begin in 1 or 5"],
  },
  {
    title: "a tenant without its dash",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
  name: globex
`,
    problems: ['4:3: error: a "- " is missing before this key, or it belongs in column 1 or 5'],
  },
  {
    title: "a folder's second key in the column of its dash",
    yaml: `tenants:
  - name: acme
    folders:
      - name: inbox
      access: read-only
`,
    problems: ['5:7: error: a "- " is missing before this key, or it belongs in column 1, 5 or 9'],
  },
  {
    title: "an SSH key too far left, behind a comment",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - ${key(1)}

      # the new one
     - ${key(2)}
`,
    problems: ["7:6: error: this line begins in column 6; entries that it may stand beside begin in 3 or 7"],
  },
  {
    title: "a tenant too far left, below a list in the column of its key",
    yaml: `tenants:
  - name: acme
    sshKeys:
    - ${key(1)}
    access: read-only
 - name: globex
    sshKeys: [${key(2)}]
`,
    problems: ["6:2: error: this line begins in column 2; entries that it may stand beside begin in 3"],
  },
  {
    title: "a tenant in the column of the first line",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
- name: globex
  sshKeys: [${key(2)}]
`,
    problems: ["4:1: error: this line begins in column 1; entries that it may stand beside begin in 3"],
  },
  {
    title: "a tab below a key, and one behind a dash",
    yaml: `tenants:
  -\tname: acme
    sshKeys:
\t- ${key(1)}
`,
    problems: ["2:4: error: a tab indents this line; use spaces", "4:1: error: a tab indents this line; use spaces"],
  },
  {
    title: "the first entry of a list too far left",
    yaml: `tenants:
  - name: acme
    sshKeys:
   - ${key(1)}
`,
    problems: ["4:4: error: this line begins in column 4; entries that it may stand beside begin in 3 or 5"],
  },
];
