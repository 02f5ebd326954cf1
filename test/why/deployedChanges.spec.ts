import { expect } from "chai";
import { parse, parseDocument } from "yaml";
import type { Answer, Change } from "../../why/answer";
import { publicKey } from "../publicKeys";
import { Sample, type Shown } from "./setting";

const key = (seed: number) => publicKey(seed).text;

const served = `tenants:
  - { name: acme, sshKeys: ["${key(1)}"] }
  - { name: paused, state: suspended, sshKeys: ["${key(2)}"] }
  - { name: keyless, state: suspended }
  - { name: both, state: suspended, environments: [prod], sshKeys: ["${key(3)}"] }
  - { name: umbrella, environments: [prod], sshKeys: ["${key(4)}"] }
  - name: ending
    sshKeys:
      - "${key(5)}"
      - { key: "${key(6)}", expires: 2026-05-31 }
      - { key: "${key(7)}", environments: [prod] }
  - { name: dropbox, folders: [{ name: inbox, access: write-only }], sshKeys: ["${key(8)}"] }
`;

const asked = `tenants:
  - { name: acme, sshKeys: ["${key(1)}"] }
  - { name: ranged, password: true, allowedCidrs: [203.0.113.0/24], sshKeys: ["${key(2)}"] }
  - { name: ended, sshKeys: [{ key: "${key(3)}", expires: 2026-05-31 }] }
`;

const lambda = { "sftp-gateway:identityProvider": "lambda" };

/** A file with the values that an answer proposes, written by another hand than the one that tries them. */
function withChange(text: string, change: Change | undefined): string {
  const document = parseDocument(text);
  const { tenants } = document.toJS() as { tenants: readonly { name: string }[] };
  for (const { tenant, key: path, to } of change?.kind === "tenants" ? change.edits : []) {
    const steps = [...path.matchAll(/[A-Za-z]+|\d+/g)].map(([step]) => (/^\d/.test(step) ? Number(step) : step));
    const at = tenants.findIndex(({ name }) => name === tenant);
    document.setIn(["tenants", at, ...steps], parse(to));
  }
  return String(document);
}

type Row = readonly [what: string, ask: (sample: Sample) => Answer, keys: readonly string[]];

const login = (name: string, shown: Shown) => (sample: Sample) => sample.login(name, shown);

function suite(text: string, settings: Readonly<Record<string, string>>, rows: readonly Row[]): void {
  let sample: Sample;
  before(async () => (sample = await Sample.of(settings, text)));

  for (const [what, ask, keys] of rows) {
    it(`of ${what} is ${keys.join(" and ") || "none"}`, async () => {
      const { change, verdict } = ask(sample);
      expect(change?.kind === "tenants" ? change.edits.map((each) => each.key) : []).to.deep.equal(keys);
      if (keys.length > 0) {
        const changed = await Sample.of(settings, withChange(text, change));
        expect(ask(changed).verdict === "denied").to.equal(verdict !== "denied");
      }
    });
  }
}

describe("what is proposed, written into tenants.yaml and deployed, gives the other answer:", () => {
  describe("where the service knows the users, the change", () =>
    suite(served, {}, [
      ["nobody's name", login("nobody", {}), []],
      ["a suspended tenant", login("paused", { key: key(2) }), ["state"]],
      [
        "a suspended tenant without any key, with one shown",
        login("keyless", { key: key(9) }),
        ["state", "sshKeys[0]"],
      ],
      ["a suspended tenant without any key, with none shown", login("keyless", {}), []],
      ["a tenant of another stack", login("umbrella", { key: key(4) }), ["environments"]],
      ["a suspended tenant of another stack", login("both", { key: key(3) }), ["environments", "state"]],
      ["a key that has expired", login("ending", { key: key(6) }), ["sshKeys[1].expires"]],
      ["a key of another stack", login("ending", { key: key(7) }), ["sshKeys[2].environments"]],
      ["nobody's key", login("acme", { key: key(9) }), ["sshKeys[1]"]],
      ["another tenant's key", login("acme", { key: key(5) }), []],
      ["the key of a tenant of another stack", login("acme", { key: key(4) }), []],
      ["a drop box that is read", (sample) => sample.files("dropbox get /inbox/a.csv"), ["folders[0].access"]],
      ["a folder that is renamed in", (sample) => sample.files("acme rename /a /b"), ["access"]],
    ]));

  describe("where a function decides, the change", () =>
    suite(asked, lambda, [
      ["an address", login("ranged", { key: key(2), address: "198.51.100.7" }), ["allowedCidrs"]],
      ["an address of the other family", login("ranged", { key: key(2), address: "2001:db8::7" }), ["allowedCidrs"]],
      ["a password that the tenant has not", login("acme", { way: "password" }), ["password"]],
      ["the only key, which has expired", login("ended", { key: key(3) }), ["sshKeys[0].expires"]],
      ["the only key, which is not shown", login("ended", {}), []],
      ["another tenant's key", login("acme", { key: key(2) }), []],
    ]));

  it("deploying alone, where tenants.yaml says so already", async () => {
    const before = await Sample.of({}, served);
    const now = await Sample.of({}, withChange(served, before.login("paused", { key: key(2) }).change));
    const { inventory } = before.known();
    const stale = now.login("paused", { key: key(2) }, inventory.deployment);
    expect([stale.cause, stale.change?.kind]).to.deep.equal(["not-deployed", "deploy"]);
    expect(now.login("paused", { key: key(2) }).verdict).to.equal("allowed");
  });
});
