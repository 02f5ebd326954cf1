import { expect } from "chai";
import { edited } from "../../editing/edited";
import {
  additionOf,
  keyAdditionOf,
  keyRemovalOf,
  resumptionOf,
  retirementOf,
  rotationOf,
} from "../../editing/tenantEdits";
import { tenantsTextOf } from "../../editing/tenantsText";
import { tenantNamed } from "../../tenancy/tenantNamed";
import { parsePublicKey } from "../../tenancy/publicKey";
import { publicKey } from "../publicKeys";

const key = (label: number) => publicKey(label).text;
const added = parsePublicKey(key(9)).key!;
const read = (text: string) => tenantsTextOf("t.yaml", text);
const acme = (text: string) => tenantNamed("acme", read(text));
const withKey = (text: string) => edited("t.yaml", text, keyAdditionOf(acme(text), { key: added }));
const refusal = "what stands here is written in a way that cannot be edited without touching the text around it";

describe("edits of a tenants file", () => {
  it("write JSON where the file is JSON", () => {
    const json = (keys: string[]) =>
      JSON.stringify({ tenants: [{ name: "acme", sshKeys: keys }, { name: "globex" }], retired: [] }, null, 2);
    expect(withKey(json([key(1)]))).to.equal(json([key(1), key(9)]));
    expect(edited("t.yaml", json([]), retirementOf(acme(json([])), read(json([]))))).to.equal(
      JSON.stringify({ tenants: [{ name: "globex" }], retired: ["acme"] }, null, 2).replace(
        /\[\s+"acme"\s+\]/,
        "[acme]",
      ),
    );
  });

  it("begin a list that is missing, between braces and in lines", () => {
    expect(withKey("tenants: [{ name: acme, state: suspended }]")).to.equal(
      `tenants: [{ name: acme, state: suspended, sshKeys: [${key(9)}] }]`,
    );
    expect(withKey("tenants:\n- name: acme # one\n")).to.equal(
      `tenants:\n- name: acme # one\n  sshKeys:\n  - ${key(9)}\n`,
    );
  });

  it("keep the comma behind a last entry, and a comment beside it", () => {
    const text = `tenants:\n  - name: acme\n    sshKeys: [\n      "${key(1)}", # one\n    ]\n`;
    const more = withKey(text);
    expect(more).to.equal(
      `tenants:\n  - name: acme\n    sshKeys: [\n      "${key(1)}", # one\n      "${key(9)}",\n    ]\n`,
    );
    expect(edited("t.yaml", more, keyRemovalOf(acme(more), acme(more).keys[1]!))).to.equal(text);
  });

  it("quote what would read as something else", () => {
    const commented = parsePublicKey(`${key(9)} a: b # c`).key!;
    const text = "tenants:\n  - name: acme\n    state: suspended\n";
    expect(edited("t.yaml", text, keyAdditionOf(acme(text), { key: commented }))).to.equal(
      `${text}    sshKeys:\n      - "${key(9)} a: b # c"\n`,
    );
  });

  it("leave a comment beside a state where it is", () => {
    const text = "tenants:\n  - name: acme\n    state: suspended # unpaid\n";
    expect(edited("t.yaml", text, resumptionOf(acme(text)))).to.equal(text.replace("suspended", "active"));
  });

  it("leave the mapping of a key with its stacks, which the key that follows it has as well", () => {
    const text = `tenants:\n  - name: acme\n    sshKeys:\n      - key: ${key(1)}\n        environments: [dev] # try\n`;
    const { keys } = acme(text);
    expect(edited("t.yaml", text, rotationOf(acme(text), keys[0]!, added, "2030-01-01"))).to.equal(
      `${text}        expires: 2030-01-01\n      - key: ${key(9)}\n        environments: [dev]\n`,
    );
  });

  it("leave an end of a key that comes sooner", () => {
    const text = `tenants:\n  - name: acme\n    sshKeys:\n      - { key: ${key(1)}, expires: 2029-01-01 }\n`;
    expect(edited("t.yaml", text, rotationOf(acme(text), acme(text).keys[0]!, added, "2030-01-01"))).to.equal(
      `${text}      - ${key(9)}\n`,
    );
  });

  it("count a comment that is indented deeper than an entry to the entry above it", () => {
    const own = `tenants:\n  - name: acme\n    sshKeys:\n      - ${key(1)}\n\n      # rotate in spring\n    # folders: later\n`;
    const text = `${own}\n  # end of the list\nretired: []\n`;
    const more = edited("t.yaml", text, additionOf({ name: "globex", sshKeys: [{ key: added }] }));
    const entry = `  - name: globex\n    sshKeys:\n      - ${key(9)}\n`;
    expect(more).to.equal(`${own}${entry}\n  # end of the list\nretired: []\n`);
    expect(edited("t.yaml", more, retirementOf(acme(more), read(more)))).to.equal(
      `tenants:\n${entry}\n  # end of the list\nretired: [acme]\n`,
    );
  });

  it("refuse text of several lines, with its place", () => {
    const text = `tenants:\n  - name: acme\n    sshKeys:\n      - >-\n        ${key(1)}\n        host\n`;
    expect(() => edited("t.yaml", text, rotationOf(acme(text), acme(text).keys[0]!, added, "2030-01-01"))).to.throw(
      `t.yaml:4:9: ${refusal}`,
    );
  });

  it("refuse a list that is empty as nothing, with its place", () => {
    const text = "tenants:\n  - name: acme\n    sshKeys:\n";
    expect(() => withKey(text)).to.throw(`t.yaml:3:5: ${refusal}`);
  });

  it("refuse a file with a mistake in its syntax, an anchor among them", () => {
    expect(() => read("tenants:\n  - name: &a acme\n")).to.throw(
      "t.yaml cannot be edited as it is:\nt.yaml:2:11: error: anchors (&name) are not supported",
    );
    expect(() => read("- name: acme\n")).to.throw(
      't.yaml:1:1: this is not a tenants file, which begins with "tenants:"',
    );
  });
});
