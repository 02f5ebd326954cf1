import { key, type WrongFile } from "./wrongFile";

export const syntax: readonly WrongFile[] = [
  {
    title: "an empty file",
    yaml: ``,
    problems: ['1:1: error: the file is empty; it needs at least one tenant under the key "tenants"'],
  },
  {
    title: "a file of comments",
    yaml: `# nothing yet
`,
    problems: ['1:1: error: the file is empty; it needs at least one tenant under the key "tenants"'],
  },
  {
    title: "a list instead of a mapping",
    yaml: `- name: acme
`,
    problems: ['1:1: error: the file must be a mapping with the key "tenants", not a list'],
  },
  {
    title: "a tab as indentation",
    yaml: `tenants:
	- name: acme
`,
    problems: ["2:1: error: a tab indents this line; use spaces"],
  },
  {
    title: "an unclosed quote",
    yaml: `tenants:
  - name: "acme
    sshKeys: []
`,
    problems: ['2:11: error: the closing " is missing: the quote that opens here does not end in its line'],
  },
  {
    title: "an unclosed bracket",
    yaml: `tenants: [
`,
    problems: ["2:1: error: the closing ] is missing, or stands too far left"],
  },
  {
    title: "wrong indentation of a key in quotes",
    yaml: `tenants:
  - name: acme
   "sshKeys": []
`,
    problems: ['3:1: error: a "- " is missing before this entry, or it is indented wrongly'],
  },
  {
    title: "a missing colon",
    yaml: `tenants:
  - name acme
    sshKeys: []
`,
    problems: ['2:5: error: a key and its colon stand on one line; is a ": " missing here?'],
  },
  {
    title: "a second colon on a line",
    yaml: `tenants:
  - name: acme: corp
`,
    problems: [
      '2:11: error: a second ": " on one line; begin the inner mapping on a line of its own, or put the text in quotes',
    ],
  },
  {
    title: "a key given twice",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    sshKeys: [${key(2)}]
tenants: []
`,
    problems: [
      '4:5: error: the key "sshKeys" is given twice; remove one of the two',
      '5:1: error: the key "tenants" is given twice; remove one of the two',
    ],
  },
  {
    title: "an entry without its dash, told where it begins",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    name: globex
    sshKeys: [${key(2)}]
`,
    problems: [
      '4:5: error: the key "name" is given twice; if another entry begins here, write "- " before it; if not, remove one of the two',
    ],
  },
  {
    title: "an anchor and an alias",
    yaml: `tenants:
  - &a
    name: acme
    sshKeys: [${key(1)}]
  - *a
`,
    problems: [
      "2:5: error: anchors (&name) are not supported: write each tenant out, so that a reviewer sees all it gets",
      "5:5: error: aliases (*name) are not supported: write each tenant out, so that a reviewer sees all it gets",
    ],
  },
  {
    title: "a tag",
    yaml: `tenants:
  - name: !!str acme
    sshKeys: [${key(1)}]
`,
    problems: ["2:11: error: tags (!name) are not supported: write the plain value, in quotes where it is text"],
  },
  {
    title: "a merge key",
    yaml: `tenants:
  - <<: { state: suspended }
    name: acme
    sshKeys: [${key(1)}]
`,
    problems: [
      "2:5: error: merge keys (<<) are not supported: write each tenant out, so that a reviewer sees all it gets",
    ],
  },
  {
    title: "two documents",
    yaml: `tenants: []
---
tenants: []
`,
    problems: ["2:1: error: a second YAML document begins here; tenants.yaml is one, without --- or ... in between"],
  },
  {
    title: "a directive",
    yaml: `%YAML 1.1
---
tenants: []
`,
    problems: ["1:1: error: directives (%NAME) are not supported: remove the line"],
  },
  {
    title: "a key that is a number",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    1: x
`,
    problems: ["4:5: error: a key must be text; put it in quotes"],
  },
  {
    title: "a control character",
    yaml: `tenants: \u0007[]
`,
    problems: ["1:10: error: the invisible character U+0007 stands here; remove it"],
  },
  {
    title: "a text direction mark",
    yaml: `tenants: # \u202e
  []
`,
    problems: ["1:12: error: the invisible character U+202E stands here; remove it"],
  },
  {
    title: "an escape sequence that YAML does not know",
    yaml: `tenants:
  - name: "\\q"
`,
    problems: ["2:12: error: unknown escape sequence in double-quoted text; write \\\\ for a backslash"],
  },
];
