import { key, type WrongFile } from "./wrongFile";

/** Ranges that are refused, each with what is said of it. */
const ranges: Readonly<Record<string, string>> = {
  "203.0.113.7/24": 'allowedCidrs "203.0.113.7/24" has more than its first 24 bits set; write 203.0.113.0/24',
  "255.255.255.255/1": 'allowedCidrs "255.255.255.255/1" has more than its first 1 bits set; write 128.0.0.0/1',
  "2001:DB8::1/32": 'allowedCidrs "2001:DB8::1/32" has more than its first 32 bits set; write 2001:db8::/32',
  "203.0.113.7": 'allowedCidrs "203.0.113.7" is one address; write 203.0.113.7/32',
  "2001:db8:0:0::1": 'allowedCidrs "2001:db8:0:0::1" is one address; write 2001:db8::1/128',
  "0.0.0.0/0": '0.0.0.0/0 stands for every address; leave "allowedCidrs" out where nothing is restricted',
  "::/0": '::/0 stands for every address; leave "allowedCidrs" out where nothing is restricted',
  "::ffff:203.0.113.9/120":
    'allowedCidrs "::ffff:203.0.113.9/120" holds IPv4 addresses in the form of IPv6; write 203.0.113.0/24',
  ...Object.fromEntries(
    [
      "203.0.113.0/33",
      "203.0.113/24",
      "203.0.113.0/08",
      "0203.0.113.0/24",
      "203.0.113.0-203.0.113.9",
      "partner.example",
      "fe80::1%eth0/64",
      "2001:db8::/129",
      " 203.0.113.0/24",
      "2001:db8:::/48",
    ].map((range) => [
      range,
      `allowedCidrs "${range}" is not allowed: a range of addresses, as 203.0.113.0/24 or 2001:db8:1::/48`,
    ]),
  ),
};

export const addresses: readonly WrongFile[] = [
  {
    title: "what is no range, or is not written as one",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    allowedCidrs:
${Object.keys(ranges)
  .map((range) => `      - "${range}"\n`)
  .join("")}`,
    problems: Object.values(ranges).map((message, index) => `${index + 5}:9: error: ${message}`),
  },
  {
    title: "a range that is there twice, in whatever spelling",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    allowedCidrs:
      - 2001:db8:1::/48
      - 203.0.113.0/24
      - "2001:0DB8:0001:0000::/48"
`,
    problems: ["7:9: error: 2001:db8:1::/48 is listed twice, first in line 5; remove one of the two"],
  },
  {
    title: "an empty list, and one range that is no list",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    allowedCidrs: []
  - name: globex
    sshKeys: [${key(2)}]
    allowedCidrs: 203.0.113.0/24
`,
    problems: [
      '4:19: error: "allowedCidrs" is empty: list at least one range; or leave the key out',
      '7:19: error: "allowedCidrs" must be a list, not the text "203.0.113.0/24"; write it in a line of its own below, with "- " before it',
    ],
  },
  {
    title: "more ranges than a tenant may have",
    yaml: `tenants:
  - name: acme
    sshKeys: [${key(1)}]
    allowedCidrs: [${Array.from({ length: 101 }, (_, index) => `10.0.${index}.0/24`).join(", ")}]
`,
    problems: ['4:19: error: "allowedCidrs" has 101 entries: at most 100 ranges'],
  },
  {
    title: "a password itself, which is not shown",
    yaml: `tenants:
  - name: acme
    password: Tr0ub4dor&3
  - name: globex
    password: 12345678
  - name: initech
    password:
    sshKeys: [${key(1)}]
`,
    problems: [
      '3:15: error: "password" must be true or false: none stands in this file, "npm run password" draws one',
      '5:15: error: "password" must be true or false: none stands in this file, "npm run password" draws one',
      '7:5: error: "password" has no value; it must be true or false',
    ],
  },
];
