import { clientPathRule } from "../../../tenancy/clientPath";
import { key, type WrongFile } from "./wrongFile";

const acme = `  - name: acme
    sshKeys: [${key(1)}]
`;

const nameRule = "1 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends";

export const paths: readonly WrongFile[] = [
  {
    title: "names that clients know and buckets do not take",
    yaml: `spaces: [{ name: Price List }]
tenants:
${acme}    folders:
      - { name: Outbound, access: read-only }
      - { name: from_acme, access: write-only }
      - { name: /in/archive, access: read-write }
      - { name: "*", access: read-only }
      - { name: Ausgänge, access: read-only }
`,
    problems: [
      `1:18: error: name "Price List" is not allowed: ${nameRule}; for what clients see, write name: price-list, path: /Price List`,
      `6:17: error: name "Outbound" is not allowed: ${nameRule}; for what clients see, write name: outbound, path: /Outbound`,
      `7:17: error: name "from_acme" is not allowed: ${nameRule}; for what clients see, write name: from-acme, path: /from_acme`,
      `8:17: error: name "/in/archive" is not allowed: ${nameRule}; for what clients see, write name: in-archive, path: /in/archive`,
      `9:17: error: name "*" is not allowed: ${nameRule}`,
      `10:17: error: name "Ausgänge" is not allowed: ${nameRule}; U+00E4 is none of them`,
    ],
  },
  {
    title: "paths of another shape",
    yaml: `tenants:
${acme}    folders:
      - { name: a, path: Out, access: read-only }
      - { name: b, path: /, access: read-only }
      - { name: c, path: /c/, access: read-only }
      - { name: d, path: //d, access: read-only }
      - { name: e, path: /e/../a, access: read-only }
      - { name: f, path: /./f, access: read-only }
      - { name: g, path: "/g ", access: read-only }
      - { name: h, path: /h/ in, access: read-only }
      - { name: i, path: "/i*", access: read-only }
      - { name: j, path: /größe, access: read-only }
      - { name: k, path: /1/2/3/4/5/6/7/8/9, access: read-only }
      - { name: l, path: 'C:\\\\l', access: read-only }
      - { name: m, path: 5, access: read-only }
`,
    problems: [
      ...["Out", "/", "/c/", "//d", "/e/../a", "/./f", "/g ", "/h/ in", "/i*", "/größe", "/1/2/3/4/5/6/7/8/9"].map(
        (path, index) =>
          `${index + 5}:26: error: path "${path}" is not allowed: ${clientPathRule}${path === "/größe" ? "; U+00F6 is none of them" : ""}`,
      ),
      `16:26: error: path "C:\\\\l" is not allowed: ${clientPathRule}`,
      '17:26: error: "path" must be text, not the number 5; put it in quotes: "5"',
    ],
  },
  {
    title: "a path that is longer than Transfer Family takes",
    yaml: `tenants:
${acme}    folders: [{ name: a, path: "/${"long-".repeat(205)}", access: read-only }]
`,
    problems: [`4:32: error: path "/${"long-".repeat(11)}long..." is not allowed: at most 1024 characters`],
  },
  {
    title: "paths of folders that are the same or lie within each other",
    yaml: `tenants:
${acme}    folders:
      - { name: a, path: /In, access: read-only }
      - { name: b, path: /In, access: read-only }
      - { name: c, path: /In/Of Data/Orders, access: read-only }
      - { name: d, path: /data/in/old, access: read-only }
      - { name: e, path: /data, access: read-only }
      - { name: f, path: /In-2, access: read-only }
      - { name: g, path: /f/g, access: read-only }
      - { name: h, path: /a, access: read-only }
`,
    problems: [
      '6:26: error: the path "/In" of the folder "b" is also that of the folder "a" in line 5; choose another one',
      '7:26: error: the path "/In/Of Data/Orders" of the folder "c" lies within "/In", that of the folder "a" in line 5; choose another one',
      '9:26: error: the path "/data" of the folder "e" holds "/data/in/old", that of the folder "d" in line 8; choose another one',
    ],
  },
  {
    title: "the path of a folder that is another one's name",
    yaml: `tenants:
${acme}    folders:
      - { name: in, path: /out, access: read-only }
      - { name: out, access: read-only }
`,
    problems: [
      '6:17: error: the path "/out" of the folder "out" is also that of the folder "in" in line 5; choose another one',
    ],
  },
  {
    title: "a space's path within that of a folder, for whoever has both",
    yaml: `spaces:
  - { name: prices, path: /Out/Prices }
tenants:
${acme}    folders:
      - { name: outbox, path: /Out, access: read-only }
    spaces:
      - { name: prices, access: read-only }
  - name: acme-corp
    sshKeys: [${key(2)}]
    folders: [{ name: outbox, access: read-only }]
    spaces: [{ name: prices, access: read-only }]
`,
    problems: [
      '9:17: error: the path "/Out/Prices" of the space "prices" lies within "/Out", that of the folder "outbox" in line 7; choose another one',
    ],
  },
  {
    title: "a space within the tenant's own place, where it has one",
    yaml: `spaces:
  - { name: prices, path: /home/prices }
tenants:
${acme}    spaces: [{ name: prices, access: read-only }]
  - name: acme-corp
    sshKeys: [${key(2)}]
    folders: [{ name: outbox, access: read-only }]
    spaces: [{ name: prices, access: read-only }]
`,
    problems: [
      '6:22: error: the path "/home/prices" of the space "prices" lies within "/home", that of the tenant\'s own files beside spaces; choose another one',
    ],
  },
  {
    title: "the reserved path",
    yaml: `spaces: [{ name: prices, path: /home }, { name: home, path: /prices }]
tenants:
${acme}    folders: [{ name: in, path: /home, access: read-only }, { name: home, path: /in, access: read-only }]
    spaces: [{ name: prices, access: read-only }]
`,
    problems: [
      '1:32: error: the path "/home" is reserved: beside spaces, /home is the tenant\'s own place; choose another path for the space',
      '5:33: error: the path "/home" is reserved: beside spaces, /home is the tenant\'s own place; choose another path for the folder',
    ],
  },
  {
    title: "paths that differ in case only",
    yaml: `spaces: [{ name: prices, path: /Home/Prices }]
tenants:
${acme}    folders:
      - { name: a, path: /Out/A, access: read-only }
      - { name: b, path: /out/B, access: read-only }
      - { name: c, path: /OUT/a, access: read-only }
  - name: acme-corp
    sshKeys: [${key(2)}]
    spaces: [{ name: prices, access: read-only }]
`,
    problems: [
      '7:26: warning: "/out" in the path of the folder "b" and "/Out" in that of the folder "a" in line 6 differ in case only: to a client on Windows they are one folder',
      '8:26: warning: "/OUT" in the path of the folder "c" and "/Out" in that of the folder "a" in line 6 differ in case only: to a client on Windows they are one folder',
      '11:22: warning: "/Home" in the path of the space "prices" and "/home" in that of the tenant\'s own files beside spaces differ in case only: to a client on Windows they are one folder',
    ],
  },
];
