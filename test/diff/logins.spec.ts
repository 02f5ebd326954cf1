import { expect } from "chai";
import { publicKey } from "../publicKeys";
import { between } from "./comparing";

const two = publicKey(2);
const key = `sshKeys: ["${publicKey(1).text}"]`;

describe("what changes in whom a login name belongs to", () => {
  it("marks another login name as breaking: the user is recreated, the keys are the same", async () => {
    expect(
      await between(
        `tenants:\n  - { name: acme, ${key} }\n`,
        `tenants:\n  - { name: acme, userName: batch, ${key} }\n`,
      ),
    ).to.deep.equal([
      "dev: 1 tenant changes, 1 breaking change",
      "  acme",
      "    breaking: logs in as batch instead of acme: every client needs the new name",
    ]);
  });

  it("tells two tenants that exchange their login names, and nothing else, in four sentences", async () => {
    const tenants = (a: string, b: string) =>
      `tenants:\n  - { name: acme, userName: ${a}, retentionDays: 9, tags: { centre: "1" }, ${key} }\n` +
      `  - { name: globex, userName: ${b}, folders: [{ name: in, access: write-only }], sshKeys: ["${two.text}"] }\n`;
    expect(await between(tenants("one", "two"), tenants("two", "one"))).to.deep.equal([
      "dev: 2 tenants change, 2 breaking changes",
      "  acme",
      "    breaking: logs in as two instead of one: every client needs the new name",
      "    its login name two was globex's until now, whose clients can no longer log in with it",
      "  globex",
      "    breaking: logs in as one instead of two: every client needs the new name",
      "    its login name one was acme's until now, whose clients can no longer log in with it",
    ]);
  });

  it("tells whose login name a new tenant gets", async () => {
    const renamed = `tenants:\n  - { name: acme, userName: batch, ${key} }\n`;
    const lines = await between(
      `tenants:\n  - { name: acme, ${key} }\n`,
      `${renamed}  - { name: globex, userName: acme, sshKeys: ["${two.text}"] }\n`,
    );
    expect(lines.at(-1)).to.equal(
      "    its login name acme was acme's until now, whose clients can no longer log in with it",
    );
  });
});
