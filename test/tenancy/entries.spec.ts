import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { TenantEntries } from "../../tenancy/entries";
import { temporaryFolder } from "../local/setting/running";

describe("the entries of a tenants file", () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  function entriesIn(text: string): TenantEntries {
    const file = join(folder.path, "tenants.yaml");
    writeFileSync(file, text);
    return TenantEntries.in(file);
  }

  const named = (text: string, name: string) => entriesIn(text).find(name, (tenant) => tenant.name === name);

  const styles: Readonly<Record<string, string>> = {
    "in block style":
      "spaces:\n  - name: s\ntenants:\n  - name: one\n  # two\n  - name: two\n    access: read-only\nretired: [gone]\n",
    "with dashes in the first column": "tenants:\n- name: one\n- name: two\n  access: read-only\n",
    "with a dash alone": "tenants:\n  -\n    name: one\n  -\n    name: two\n    access: read-only\n",
    "in flow style": "tenants: [{ name: one }, { name: two, access: read-only }]\n",
    "in flow style over lines": "tenants:\n  [{ name: one },\n   { name: two, access: read-only }]\n",
    "with a name in escapes": 'tenants:\n  - name: one\n  - name: "tw\\u006f"\n    access: read-only\n',
  };
  for (const [style, text] of Object.entries(styles)) {
    it(`are found ${style}, with the places of what they say`, () => {
      const entry = named(text, "two");
      expect(entry?.tenant).to.include({ name: "two", access: "read-only", userName: "two" });
      const { line, column } = entry!.placeOf(["access"]);
      expect(text.split("\n")[line - 1]!.slice(column - 1)).to.match(/^read-only/);
      expect([entry!.says(["access"]), entry!.says(["state"])]).to.deep.equal([true, false]);
      expect(named(text, "three")).to.equal(undefined);
    });
  }

  it("are places of names for what is left out", () => {
    expect(named("tenants:\n  - name: one\n", "one")!.placeOf(["access"])).to.deep.equal({ line: 2, column: 11 });
  });

  it("are none in a file that cannot be read, or is wrong there", () => {
    expect(TenantEntries.in(join(folder.path, "none.yaml")).find("one", () => true)).to.equal(undefined);
    expect(named("tenants:\n  - name: one\n    access: everything\n", "one")).to.equal(undefined);
  });

  it("are not those of a text within quotes that looks like one", () => {
    const text = 'tenants:\n  - name: one\n    description: "a\n\n      - name: two"\n';
    expect(named(text, "two")).to.equal(undefined);
  });
});
