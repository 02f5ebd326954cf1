import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { isChanged, stackDifference } from "../../diff/difference";
import { differenceText } from "../../diff/text";
import { publicKey } from "../publicKeys";
import { between, costs, differenceOf, ofAcme, said, sideWith, today } from "./comparing";

const [one, two, three] = [publicKey(1), publicKey(2), publicKey(3)];
const acme = `  - { name: acme, sshKeys: ["${one.text}"] }\n`;
const globex = `  - { name: globex, sshKeys: ["${two.text}"] }\n`;

const nothing = ["dev: nothing changes for any tenant"];
const key = `sshKeys: ["${one.text}"]`;

describe("what changes for whom", () => {
  it("is nothing when nothing changes", async () => {
    const difference = await differenceOf({ tenants: `tenants:\n${acme}` }, { tenants: `tenants:\n${acme}` });
    expect(differenceText(difference)).to.equal(`Compared with main on 2026-11-23

dev: nothing changes for any tenant
  resources: 0 created, 0 changed, 0 replaced, 0 deleted
`);
    expect(isChanged(difference)).to.equal(false);
  });

  it("is nothing when the file's order changes", async () => {
    expect(await between(`tenants:\n${acme}${globex}`, `tenants:\n${globex}${acme}`)).to.deep.equal(nothing);
  });

  it("is nothing when a key's comment changes", async () => {
    const commented = `{ name: acme, sshKeys: ["${one.text} new-laptop"] }`;
    expect(await ofAcme(`{ name: acme, ${key} }`, commented)).to.deep.equal(nothing);
  });

  it("names a new tenant with its login, its folders and its keys", async () => {
    const folders = "folders: [{ name: inbox, access: write-only }, { name: outbox, access: read-only }]";
    const entry = `  - { name: new, userName: New_1, description: "New, Inc", contact: it@new.example, ${folders}, sshKeys: [{ key: "${three.text}", expires: 2027-06-30 }] }\n`;
    expect(await between(`tenants:\n${acme}`, `tenants:\n${acme}${entry}`)).to.deep.equal([
      "dev: 1 tenant changes",
      "  new",
      '    is new and logs in as New_1: "New, Inc", contact "it@new.example"',
      `    gets /inbox (${tenantPrefix("new")}inbox/): can list and write`,
      `    gets /outbox (${tenantPrefix("new")}outbox/): can list and read`,
      `    key ssh-ed25519 ${three.fingerprint} is added, until 2027-06-30`,
    ]);
  });

  it("marks a removed name as dangerous unless it is retired", async () => {
    const removed = `    is removed and cannot log in any more; its files stay in ${tenantPrefix("globex")}`;
    const before = `tenants:\n${acme}${globex}`;
    expect(await between(before, `tenants:\n${acme}`)).to.deep.equal([
      "dev: 1 tenant changes, 1 dangerous change",
      "  globex",
      removed,
      `    dangerous: is not put into "retired": whoever gets the name next gets the files in ${tenantPrefix("globex")}`,
      `    key ssh-ed25519 ${two.fingerprint} is removed`,
    ]);
    expect(await between(before, `tenants:\n${acme}retired: [globex]\n`)).to.deep.equal([
      "dev: 1 tenant changes",
      "  globex",
      removed,
      `    key ssh-ed25519 ${two.fingerprint} is removed`,
      `    its name is retired: nobody gets it again, nor the files in ${tenantPrefix("globex")}`,
    ]);
  });

  it("marks a name that is taken out of the retired ones", async () => {
    expect(await between(`tenants:\n${acme}retired: [globex]\n`, `tenants:\n${acme}${globex}`)).to.deep.equal([
      "dev: 1 tenant changes, 1 dangerous change",
      "  globex",
      "    is new and logs in as globex",
      `    gets / (${tenantPrefix("globex")}): can list, read, write and delete`,
      `    key ssh-ed25519 ${two.fingerprint} is added, without an end`,
      `    dangerous: is taken out of "retired" and given again: it gets the files that were left in ${tenantPrefix("globex")}`,
    ]);
  });

  it("says when a tenant is suspended, and what it has again afterwards", async () => {
    const [active, suspended] = [`{ name: acme, ${key} }`, `{ name: acme, state: suspended, ${key} }`];
    expect(await ofAcme(active, suspended)).to.deep.equal([
      "dev: 1 tenant changes",
      "  acme",
      "    is suspended and cannot log in; its files stay",
      `    key ssh-ed25519 ${one.fingerprint} is removed`,
    ]);
    expect(await ofAcme(suspended, active)).to.deep.equal([
      "dev: 1 tenant changes",
      "  acme",
      "    is no longer suspended and logs in as acme",
      `    gets / (${tenantPrefix("acme")}): can list, read, write and delete`,
      `    key ssh-ed25519 ${one.fingerprint} is added, without an end`,
    ]);
    expect(await ofAcme(suspended, suspended)).to.deep.equal(nothing);
  });

  it("tells leaving an environment from being removed", async () => {
    const changed = await ofAcme(`{ name: acme, ${key} }`, `{ name: acme, environments: [prod], ${key} }`);
    expect(changed).to.deep.equal([
      "dev: 1 tenant changes",
      "  acme",
      `    leaves this environment and cannot log in to it any more; its files stay in ${tenantPrefix("acme")}`,
      `    key ssh-ed25519 ${one.fingerprint} is removed`,
    ]);
  });

  it("shows a key's rotation, and marks one without a time in which both work", async () => {
    expect(await ofAcme(`{ name: acme, ${key} }`, `{ name: acme, sshKeys: ["${three.text}"] }`)).to.deep.equal([
      "dev: 1 tenant changes, 1 breaking change",
      "  acme",
      `    key ssh-ed25519 ${three.fingerprint} is added, without an end`,
      `    breaking: key ssh-ed25519 ${one.fingerprint} is removed, and no key that works today stays: whoever uses it is locked out at once`,
    ]);
    const both = `{ name: acme, sshKeys: ["${one.text}", "${three.text} new-laptop"] }`;
    expect(await ofAcme(both, `{ name: acme, sshKeys: ["${one.text}"] }`)).to.deep.equal([
      "dev: 1 tenant changes",
      "  acme",
      `    key ssh-ed25519 ${three.fingerprint} ("new-laptop") is removed; 1 key that works today stays`,
    ]);
  });

  it("says whom a key opened before that opens somebody else now, and that a day has ended one", async () => {
    const two_ = `  - { name: globex, sshKeys: ["${two.text}"] }\n`;
    const moved = `tenants:\n  - { name: acme, sshKeys: ["${three.text}"] }\n  - { name: globex, sshKeys: ["${two.text}", "${one.text}"] }\n`;
    expect((await between(`tenants:\n${acme}${two_}`, moved)).slice(-2)).to.deep.equal([
      "  globex",
      `    dangerous: key ssh-ed25519 ${one.fingerprint} is added, without an end; until now it opened acme`,
    ]);
    const ending = (day: string) =>
      `{ name: acme, sshKeys: ["${three.text}", { key: "${one.text}", expires: ${day} }] }`;
    expect((await ofAcme(ending("2027-01-01"), ending("2026-11-22"))).slice(2)).to.deep.equal([
      `    key ssh-ed25519 ${one.fingerprint} is removed: its last day was 2026-11-22`,
    ]);
  });

  it("shows another last day of a key, and notes one that is near whatever changes", async () => {
    const until = (day: string) => `{ name: acme, sshKeys: [{ key: "${one.text}", expires: ${day} }] }`;
    const note = `    note: key ssh-ed25519 ${one.fingerprint} stops working after 2026-12-23; its successor should be here in time`;
    expect(await ofAcme(`{ name: acme, ${key} }`, until("2026-12-23"))).to.deep.equal([
      "dev: 1 tenant changes",
      "  acme",
      `    key ssh-ed25519 ${one.fingerprint} works until 2026-12-23 instead of without an end`,
      note,
    ]);
    expect(await ofAcme(until("2026-12-23"), until("2026-12-23"))).to.deep.equal([...nothing, "  acme", note]);
    expect(await ofAcme(until("2026-12-24"), until("2026-12-24"))).to.deep.equal(nothing);
  });

  it("notes a tenant whose last key has expired", async () => {
    const expired = `{ name: acme, sshKeys: [{ key: "${one.text}", expires: 2026-11-22 }] }`;
    expect(await ofAcme(expired, expired)).to.deep.equal([
      ...nothing,
      "  acme",
      "    note: has no key that is in use and cannot log in",
    ]);
  });

  it("recognises a tenant under a new name by its key: its files stay behind", async () => {
    expect(await ofAcme(`{ name: acme, ${key} }`, `{ name: acme-inc, ${key} }`)).to.deep.equal([
      "dev: 2 tenants change, 2 breaking changes, 1 dangerous change",
      "  acme",
      "    is called acme-inc now, see there",
      `    dangerous: is not put into "retired": whoever gets the name next gets the files in ${tenantPrefix("acme")}`,
      "  acme-inc",
      `    breaking: was acme: its files stay in ${tenantPrefix("acme")}, and it sees ${tenantPrefix("acme-inc")} instead`,
      "    breaking: logs in as acme-inc instead of acme: every client needs the new name",
    ]);
  });

  it("marks a shorter retention as breaking and dangerous: files go sooner than the tenant was told", async () => {
    const kept = (days: number) => `{ name: acme, retentionDays: ${days}, ${key} }`;
    const lines = async (before: string, after: string) => (await ofAcme(before, after)).slice(2);
    expect(await lines(kept(90), kept(30))).to.deep.equal([
      "    breaking, dangerous: its files are deleted after 30 days instead of 90 days",
    ]);
    expect(await lines(`{ name: acme, ${key} }`, kept(1))).to.deep.equal([
      "    breaking, dangerous: its files are deleted after 1 day instead of being kept",
    ]);
    expect(await lines(kept(30), kept(90))).to.deep.equal([
      "    its files are deleted after 90 days instead of 30 days",
    ]);
    expect(await lines(kept(30), `{ name: acme, ${key} }`)).to.deep.equal([
      "    its files are kept for ever instead of deleted after 30 days",
    ]);
  });

  it("says who hears of uploads from now on, and when silence alarms", async () => {
    const plain = `{ name: acme, ${key} }`;
    const notified = `{ name: acme, expectEvery: 24h, notify: [{ queue: true }, { email: ops@acme.example }], ${key} }`;
    expect(await ofAcme(plain, notified)).to.deep.equal([
      "dev: 1 tenant changes, 1 dangerous change",
      costs("222.70", "222.50"),
      "  acme",
      "    dangerous: its uploads are told to email ops@acme.example",
      "    its uploads are told to a queue of its own, sftp-gateway-dev_tenant_acme",
      "    its silence alarms after 24 hours instead of never",
    ]);
    expect((await ofAcme(notified, plain)).slice(3)).to.deep.equal([
      "    its uploads are no longer told to email ops@acme.example",
      "    its uploads are no longer told to a queue of its own, sftp-gateway-dev_tenant_acme",
      "    dangerous: its silence raises no alarm any more; it did after 24 hours",
      "    dangerous: sftp-gateway-dev_tenant_acme_dlq is deleted, and with it the messages in the queue",
      "    dangerous: sftp-gateway-dev_tenant_acme is deleted, and with it the messages in the queue",
    ]);
  });

  it("tells the hours of silence as tenants.yaml has them, also where the alarm cannot look back an hour more", async () => {
    const silent = (hours: string) => `{ name: acme, expectEvery: ${hours}, ${key} }`;
    expect((await ofAcme(silent("24h"), silent("36h"))).slice(2)).to.deep.equal([
      "    dangerous: its silence alarms after 36 hours instead of after 24 hours",
    ]);
    expect((await ofAcme(silent("7d"), silent("167h"))).slice(2)).to.deep.equal([
      "    its silence alarms after 167 hours instead of after 168 hours",
    ]);
  });

  it("is not misled by a tenant whose name sounds like the name of a resource", async () => {
    const more = "expectEvery: 24h, notify: [{ queue: true }]";
    for (const name of ["tenant-b", "a-silent-b", "dlq-tenant-b"]) {
      const named = (rest: string) => `tenants:\n${acme}  - { name: ${name}, ${rest}sshKeys: ["${two.text}"] }\n`;
      expect(await between(named(""), named(`${more}, `)), name).to.deep.equal([
        "dev: 1 tenant changes",
        costs("222.70", "222.50"),
        `  ${name}`,
        `    its uploads are told to a queue of its own, sftp-gateway-dev_tenant_${name}`,
        "    its silence alarms after 24 hours instead of never",
      ]);
    }
  });

  it("says of a new environment who is in it, and of one that goes that its resources stay", async () => {
    const content = { tenants: `tenants:\n${acme}` };
    expect((await said(undefined, content)).tenants).to.deep.equal([
      "dev: 1 tenant changes, 1 dangerous change",
      "  dangerous: this environment is new, with logRetentionDays 14, noncurrentVersionDays 7, protect false, " +
        "region eu-central-1; mind protect false",
      "  acme",
      "    is new and logs in as acme",
      `    gets / (${tenantPrefix("acme")}): can list, read, write and delete`,
      `    key ssh-ed25519 ${one.fingerprint} is added, without an end`,
    ]);
    expect(await said(content, undefined)).to.deep.equal({
      tenants: [
        "dev: 1 dangerous change",
        "  dangerous: its stack file is gone: what is deployed stays as it is, and nothing manages it any more",
      ],
      resources: ["  resources: 0 created, 0 changed, 0 replaced, 0 deleted"],
    });
  });

  it("does without the other side's tenants.yaml when it is in a form of its own", async () => {
    const before = { ...(await sideWith({ tenants: `tenants:\n${acme}${globex}` })), tenancy: undefined };
    const after = await sideWith({ tenants: `tenants:\n${acme}` });
    const difference = stackDifference({ stack: "dev", before, after }, today);
    expect(
      differenceText({ from: "old", today, stacks: [difference] })
        .split("\n")
        .slice(2, 7),
    ).to.deep.equal([
      "dev: 1 tenant changes, 1 dangerous change",
      "  note: the other side's tenants.yaml cannot be read by this version: suspended tenants and key expiry there are not known",
      "  globex",
      `    is removed and cannot log in any more; its files stay in ${tenantPrefix("globex")}`,
      `    dangerous: is not put into "retired": whoever gets the name next gets the files in ${tenantPrefix("globex")}`,
    ]);
  });
});
