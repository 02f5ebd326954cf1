import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { publicKey } from "../publicKeys";
import { between } from "./comparing";

const [one, two, three] = [publicKey(1), publicKey(2), publicKey(3)];
const acme = `  - { name: acme, sshKeys: ["${one.text}"] }\n`;

describe("what becomes of files and messages", () => {
  it("says of a new tenant when its files are deleted", async () => {
    const entry = `  - { name: new, retentionDays: 1, sshKeys: ["${three.text}"] }\n`;
    const lines = await between(`tenants:\n${acme}`, `tenants:\n${acme}${entry}`);
    expect(lines.at(-1)).to.equal("    its files are deleted after 1 day");
  });

  it("says of a renamed tenant what becomes of its queue, its messages and its files", async () => {
    const named = (name: string) =>
      `tenants:\n${acme}  - { name: ${name}, retentionDays: 90, notify: [{ queue: true }], sshKeys: ["${two.text}"] }\nretired: [old]\n`;
    expect(await between(named("globex"), named("globex-inc").replace("[old]", "[old, globex]"))).to.deep.equal([
      "dev: 2 tenants change, 2 breaking changes, 2 dangerous changes",
      "  globex",
      "    is called globex-inc now, see there",
      `    its name is retired: nobody gets it again, nor the files in ${tenantPrefix("globex")}`,
      "    its uploads are no longer told to a queue of its own, sftp-gateway-dev_tenant_globex",
      "    its files are kept for ever instead of deleted after 90 days",
      "    dangerous: sftp-gateway-dev_tenant_globex_dlq is deleted, and with it the messages in the queue",
      "    dangerous: sftp-gateway-dev_tenant_globex is deleted, and with it the messages in the queue",
      "  globex-inc",
      `    breaking: was globex: its files stay in ${tenantPrefix("globex")}, and it sees ${tenantPrefix("globex-inc")} instead`,
      "    breaking: logs in as globex-inc instead of globex: every client needs the new name",
      "    its uploads are told to a queue of its own, sftp-gateway-dev_tenant_globex-inc",
      "    its files are deleted after 90 days",
    ]);
  });
});
