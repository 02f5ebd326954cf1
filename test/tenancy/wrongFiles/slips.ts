import { publicKey } from "../../publicKeys";
import { key, type WrongFile } from "./wrongFile";

const conflict =
  "git left a conflict here; keep what is right of both sides, and remove the lines with <<<<<<<, ======= and >>>>>>>";
const continued = "the text of a key goes on here, in column 1; write the key on one line";
const tooFar = "this line begins too far right: the key of the line before it begins in column 5";
const unclosed = "is missing: the quote that opens here does not end in its line";
const { body } = publicKey(1);

function noSpace(character: string): string {
  return `the character ${character} looks like a space and is none; type a space instead`;
}

/** What people do, told where they did it and not where the parser stumbles over it. */
export const slips: readonly WrongFile[] = [
  {
    title: "a conflict within a list",
    yaml: `tenants:
  - name: acme
    sshKeys:
<<<<<<< HEAD
      - ${key(1)}
=======
      - ${key(2)}
>>>>>>> other
`,
    problems: [`4:1: error: ${conflict}`],
  },
  {
    title: "a conflict around whole tenants, told at each of its lines that the parser stumbles over",
    yaml: `tenants:
<<<<<<< HEAD
  - name: acme
||||||| base
=======
  - name: globex
>>>>>>> other
`,
    problems: [2, 4, 5].map((line) => `${line}:1: error: ${conflict}`),
  },
  {
    title: "the last line of a conflict",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
>>>>>>> other
`,
    problems: [`4:1: error: ${conflict}`],
  },
  {
    title: "a quote that another one closes, lines further on",
    yaml: `tenants:
  - name: acme
    description: 'ours
    contact: it's me
`,
    problems: [`3:18: error: the closing ' ${unclosed}`],
  },
  {
    title: "a quote that the next value's closes",
    yaml: `tenants:
  - name: "acme
    description: "ours"
    sshKeys: [${key(1)}]
`,
    problems: [`2:11: error: the closing " ${unclosed}`],
  },
  {
    title: "a quote that is not closed within braces",
    yaml: `tenants:
  - { name: "acme, description: ours }
  - { name: "globex" }
`,
    problems: [`2:13: error: the closing " ${unclosed}`],
  },
  {
    title: "no-break spaces as indentation",
    yaml: `tenants:
  - name: acme
\u00a0\u00a0\u00a0 sshKeys: [${key(1)}]
`,
    problems: [
      '2:11: error: tenant "acme" has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"',
      `3:1: error: unknown key "\\u{a0}\\u{a0}\\u{a0} sshKeys"; ${noSpace("U+00A0")}`,
    ],
  },
  {
    title: "a no-break space behind a key's colon",
    yaml: `tenants:
  - name: acme
    sshKeys:\u00a0[${key(1)}]
`,
    problems: [`3:13: error: ${noSpace("U+00A0")}`],
  },
  {
    title: "an ideographic space behind a dash",
    yaml: `tenants:
  -\u3000name: acme
    sshKeys: [${key(1)}]
`,
    problems: [`2:4: error: ${noSpace("U+3000")}`],
  },
  {
    title: "a no-break space in a name, which is shown",
    yaml: `tenants:
  - name: acme\u00a0corp
    sshKeys: [${key(1)}]
`,
    problems: [
      '2:11: error: name "acme\\u{a0}corp" is not allowed: 3 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends; U+00A0 is none of them',
    ],
  },
  {
    title: "a key of a tenant too far right",
    yaml: `tenants:
  - name: acme
      sshKeys: [${key(1)}]
`,
    problems: [`3:7: error: ${tooFar}`],
  },
  {
    title: "a key one column too far right, behind a list",
    yaml: `tenants:
  - name: acme
    environments: [dev]
     sshKeys: [${key(1)}]
`,
    problems: [`4:6: error: ${tooFar}`],
  },
  {
    title: "a tenant too far right",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    - name: globex
`,
    problems: [`4:5: error: ${tooFar}`],
  },
  {
    title: "a key that goes on in column 1, behind its type",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - ssh-ed25519
${body} batch
  - name: globex
`,
    problems: [`5:1: error: ${continued}`],
  },
  {
    title: "a key that goes on in column 1, within its text",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - ssh-ed25519 ${body.slice(0, 30)}
${body.slice(30)}
`,
    problems: [`5:1: error: ${continued}`],
  },
  {
    title: "the form that PuTTYgen saves, as it stands",
    yaml: `tenants:
  - name: acme
    sshKeys:
      - ---- BEGIN SSH2 PUBLIC KEY ----
        Comment: "a key"
        ${body}
        ---- END SSH2 PUBLIC KEY ----
`,
    problems: [
      '4:9: error: the key is in RFC 4716 form; convert it with "ssh-keygen -i -f FILE"; a public key is one line like "ssh-ed25519 AAAA... comment"',
    ],
  },
  {
    title: "a mistake before a conflict, which does not follow from it",
    yaml: `tenants:
  - name: *acme
    sshKeys:
<<<<<<< HEAD
`,
    problems: [
      "2:11: error: aliases (*name) are not supported: write each tenant out, so that a reviewer sees all it gets",
      `4:1: error: ${conflict}`,
    ],
  },
  {
    title: "an anchor on a mapping, which is not told for its indentation",
    yaml: `ours: &ours
  access: read-only
tenants:
  - name: acme
    <<: *ours
`,
    problems: [
      "1:7: error: anchors (&name) are not supported: write each tenant out, so that a reviewer sees all it gets",
      "5:9: error: aliases (*name) are not supported: write each tenant out, so that a reviewer sees all it gets",
    ],
  },
];
