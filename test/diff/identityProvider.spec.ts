import { expect } from "chai";
import { publicKey } from "../publicKeys";
import { said } from "./comparing";

const settings = { "sftp-gateway:identityProvider": "lambda" };
const key = publicKey(1).text;

/** What is said when acme's entry changes, in a stack whose logins a function decides. */
async function ofAcme(before: string, after: string): Promise<{ tenants: string[]; resources: string[] }> {
  const file = (entry: string) =>
    `tenants:\n  - { name: acme, sshKeys: ["${key}"]${entry} }\n  - { name: globex, sshKeys: ["${publicKey(2).text}"] }\n`;
  const { tenants, resources } = await said({ tenants: file(before), settings }, { tenants: file(after), settings });
  return { tenants: tenants.slice(1), resources };
}

const sentences: Readonly<Record<string, readonly [before: string, after: string, lines: readonly string[]]>> = {
  "may log in with a password": ["", ", password: true", ["    may log in with a password"]],
  "can no longer": [", password: true", "", ["    breaking: can no longer log in with a password"]],
  "may come from some addresses only": [
    "",
    ", allowedCidrs: [203.0.113.0/24, 2001:db8::/32]",
    ["    breaking: may log in from these addresses only: 203.0.113.0/24, 2001:db8::/32"],
  ],
  "may come from more of them": [
    ", allowedCidrs: [203.0.113.0/24]",
    ", allowedCidrs: [203.0.113.0/24, 198.51.100.0/24]",
    ["    may log in from these addresses only: 203.0.113.0/24, 198.51.100.0/24; until now from 203.0.113.0/24"],
  ],
  "may come from anywhere": [
    ", allowedCidrs: [203.0.113.0/24]",
    "",
    ["    dangerous: may log in from anywhere now; until now from 203.0.113.0/24 only"],
  ],
};

describe("what changes for a tenant where a function decides logins", () => {
  for (const [what, [before, after, lines]] of Object.entries(sentences)) {
    it(`is told when it ${what}, and is one resource`, async () => {
      const { tenants, resources } = await ofAcme(before, after);
      expect(tenants).to.deep.equal(["  acme", ...lines]);
      expect(resources).to.deep.equal([
        "  resources: 0 created, 1 changed, 0 replaced, 0 deleted",
        "    ~ aws:lambda/function:Function gateway-identity-provider (code)",
      ]);
    });
  }

  it("is told of access and keys as if the service knew the users", async () => {
    const { tenants } = await ofAcme("", ", access: read-only");
    const inService = await said(
      { tenants: `tenants:\n  - { name: acme, sshKeys: ["${key}"] }\n` },
      { tenants: `tenants:\n  - { name: acme, sshKeys: ["${key}"], access: read-only }\n` },
    );
    expect(tenants).to.deep.equal(inService.tenants.slice(1));
  });
});
