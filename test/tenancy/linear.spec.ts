import { expect } from "chai";

import { publicKey } from "../publicKeys";
import { loadContent } from "./loading";
import { privateKey } from "./sampleKeys";

/** One text for each number below a count. */
function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");
}

function tenants(count: number, rest: (index: number) => string = () => ""): string {
  const one = (index: number) => `  - { name: tenant-${index}, sshKeys: [${publicKey(index).text}]${rest(index)} }`;
  return `tenants:\n${lines(count, one)}`;
}

function acme(key: string, entries: string): string {
  return `tenants:\n  - name: acme\n    sshKeys: [${publicKey(0).text}]\n    ${key}:\n${entries}`;
}

function keysOfAcme(count: number, key: (index: number) => string): string {
  return `tenants:\n  - name: acme\n    sshKeys:\n${lines(count, (index) => `      - ${key(index)}`)}`;
}

function spaces(count: number): string {
  return `spaces:\n${lines(count, (index) => `  - { name: space-${index} }`)}`;
}

/** Files as long as one likes, each with as much as there can be of what costs a look at something else. */
const files: Readonly<Record<string, (count: number) => string>> = {
  "tenants without a fault": (count) => tenants(count),
  "spaces that nobody declared, of one tenant": (count) =>
    spaces(count) +
    acme(
      "spaces",
      lines(count, (index) => `      - { name: spice-${index}, access: read-only }`),
    ),
  "spaces that nobody declared, of a tenant each": (count) =>
    spaces(count) + tenants(count, (index) => `, spaces: [{ name: spice-${index}, access: read-only }]`),
  "unknown keys": (count) => `tenants:\n  - name: acme\n${lines(count, (index) => `    nmae${index}: x`)}`,
  "unknown stacks": (count) =>
    acme(
      "environments",
      lines(count, (index) => `      - prd${index}`),
    ),
  "tenants of one name": (count) => tenants(count).replace(/tenant-\d+/g, "acme"),
  "tenants of one key": (count) => tenants(count).replace(/AAAA[^\]]+/g, publicKey(0).body),
  "one key many times": (count) => keysOfAcme(count, (index) => publicKey(index % 50).text),
  "keys that are none": (count) => keysOfAcme(count, (index) => `ssh-ed25519 A${index}`),
  "keys that have expired": (count) =>
    keysOfAcme(count, (index) => `{ key: ${publicKey(index).text}, expires: 2026-01-01 }`),
  "private keys": (count) => keysOfAcme(count, () => `|\n        ${privateKey.join("\n        ")}`),
  "lines of dashes that the parser stumbles over": (count) => `a: [\n${"-".repeat(4 * count)}\n`.repeat(9),
  "entries without a value": (count) => keysOfAcme(count, () => ""),
  "paths within each other": (count) =>
    acme(
      "folders",
      lines(count, (i) => `      - { name: f${i}, path: /A/b${i % 2 ? "" : "/c"}, access: read-only }`),
    ),
  "tags that are not allowed": (count) =>
    acme(
      "tags",
      lines(count, (index) => `      t${index}: x;`),
    ),
  "names that are retired": (count) => `${tenants(count)}retired:\n${lines(count, (index) => `  - tenant-${index}`)}`,
  "line breaks of old computers before one of Unix": (count) => `tenants:\r${"  - a\r".repeat(20 * count)}\n`,
  "comments in the place of values": (count) => `tenants:\n${lines(count, () => "  - name: #x")}`,
  "keys that belong at another level": (count) => `tenants:\n${lines(count, () => "  - retired: x")}`,
  "listeners twice": (count) =>
    acme(
      "notify",
      lines(count, (i) => `      - email: a${i >> 1}@b.example`),
    ),
};

describe("check takes time in proportion to the file", () => {
  const count = 200;
  const growth = 12;

  for (const [title, content] of Object.entries(files)) {
    it(`for ${title}`, () => {
      // In proportion it is 12 times, squared 144 times. The second look is for what else a busy machine does.
      const isLinear = () =>
        secondsFor(content(growth * count)) < 2 * growth * Math.max(secondsFor(content(count)), 0.02);
      expect(isLinear() || isLinear()).to.equal(true);
    });
  }
});

/** The processor time in which a file is loaded. */
function secondsFor(content: string): number {
  const start = process.cpuUsage();
  loadContent(content);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
