import { expect } from "chai";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import { publicKey } from "../publicKeys";
import { between, ofAcme } from "./comparing";

const space = "spaces: [{ name: catalogue }]\n";
const key = `sshKeys: ["${publicKey(1).text}"]`;

describe("what changes in a tenant's folders", () => {
  it("marks a first space as breaking: the landing folder moves to /home", async () => {
    const spaced = `{ name: acme, spaces: [{ name: catalogue, access: read-only }], ${key} }`;
    expect(await ofAcme(`{ name: acme, ${key} }`, spaced, space)).to.deep.equal([
      "dev: 1 tenant changes, 2 breaking changes, 1 dangerous change",
      "  acme",
      "    breaking: lands in /home instead of /",
      `    breaking: finds its files in ${tenantPrefix("acme")} at /home instead of /: absolute paths fail`,
      `    dangerous: gets /catalogue (${spacePrefix("catalogue")}): can list and read`,
    ]);
  });

  it("marks a renamed folder as breaking", async () => {
    const folder = (name: string) => `{ name: acme, folders: [{ name: ${name}, access: read-write }], ${key} }`;
    expect(await ofAcme(folder("inbox"), folder("in"))).to.deep.equal([
      "dev: 1 tenant changes, 1 breaking change",
      "  acme",
      `    breaking: finds /in instead of /inbox: its files stay in ${tenantPrefix("acme")}inbox/, out of its reach`,
    ]);
  });

  it("does not guess which folder became which", async () => {
    const folders = (...names: string[]) =>
      `{ name: acme, folders: [${names.map((name) => `{ name: ${name}, access: read-only }`).join()}], ${key} }`;
    expect(await ofAcme(folders("a1", "a2"), folders("b1", "b2"))).to.deep.equal([
      "dev: 1 tenant changes, 2 breaking changes",
      "  acme",
      `    breaking: loses /a1 (${tenantPrefix("acme")}a1/)`,
      `    breaking: loses /a2 (${tenantPrefix("acme")}a2/)`,
      `    gets /b1 (${tenantPrefix("acme")}b1/): can list and read`,
      `    gets /b2 (${tenantPrefix("acme")}b2/): can list and read`,
    ]);
  });

  it("marks narrower access as breaking, and wider access as dangerous where files can be lost by it", async () => {
    const [wide, narrow] = [`{ name: acme, ${key} }`, `{ name: acme, access: read-only, ${key} }`];
    expect(await ofAcme(wide, narrow)).to.deep.equal([
      "dev: 1 tenant changes, 1 breaking change",
      "  acme",
      `    breaking: can no longer write and delete in / (${tenantPrefix("acme")})`,
    ]);
    expect(await ofAcme(narrow, wide)).to.deep.equal([
      "dev: 1 tenant changes, 1 dangerous change",
      "  acme",
      `    dangerous: can also write and delete in / (${tenantPrefix("acme")})`,
    ]);
    expect(await ofAcme(narrow, narrow.replace("read-only", "write-only"))).to.deep.equal([
      "dev: 1 tenant changes, 1 breaking change, 1 dangerous change",
      "  acme",
      `    breaking: can no longer read in / (${tenantPrefix("acme")})`,
      `    dangerous: can also write in / (${tenantPrefix("acme")})`,
    ]);
  });

  it("finds the folders of a divided home where they were, and says what else is lost", async () => {
    const divided = `{ name: acme, folders: [{ name: inbox, access: write-only }], ${key} }`;
    expect(await ofAcme(`{ name: acme, ${key} }`, divided)).to.deep.equal([
      "dev: 1 tenant changes, 2 breaking changes",
      "  acme",
      `    breaking: loses / (${tenantPrefix("acme")})`,
      `    breaking: can no longer read and delete in /inbox (${tenantPrefix("acme")}inbox/)`,
    ]);
    expect(await ofAcme(divided, `{ name: acme, ${key} }`)).to.deep.equal([
      "dev: 1 tenant changes, 1 dangerous change",
      "  acme",
      `    gets / (${tenantPrefix("acme")}): can list, read, write and delete`,
      `    dangerous: can also read and delete in /inbox (${tenantPrefix("acme")}inbox/)`,
    ]);
  });

  describe("at paths of their own", () => {
    const folders = (...list: string[]) =>
      `{ name: acme, folders: [${list.map((one) => `{ ${one} }`).join()}], ${key} }`;

    it("marks a path that changes as breaking, and says that the files stay where they are", async () => {
      const at = (path: string) => folders(`name: outbox, ${path} access: read-only`);
      expect(await ofAcme(at(""), at("path: /Out/From Us,"))).to.deep.equal([
        "dev: 1 tenant changes, 1 breaking change",
        "  acme",
        `    breaking: finds its files in ${tenantPrefix("acme")}outbox/ at /Out/From Us instead of /outbox: absolute paths fail`,
      ]);
    });

    it("says nothing of a path that is written out and was the same before", async () => {
      const at = (path: string) => folders(`name: outbox, ${path} access: read-only`);
      expect(await ofAcme(at(""), at("path: /outbox,"))).to.deep.equal(["dev: nothing changes for any tenant"]);
    });

    it("tells two folders that change places", async () => {
      const at = (a: string, b: string) =>
        folders(`name: a, path: ${a}, access: write-only`, `name: b, path: ${b}, access: read-only`);
      expect(await ofAcme(at("/In", "/Out"), at("/Out", "/In"))).to.deep.equal([
        "dev: 1 tenant changes, 2 breaking changes, 1 dangerous change",
        "  acme",
        `    breaking: finds its files in ${tenantPrefix("acme")}a/ at /Out instead of /In: clients that go on reading /In look into ${tenantPrefix("acme")}b/`,
        `    breaking, dangerous: finds its files in ${tenantPrefix("acme")}b/ at /In instead of /Out: what clients go on writing to /Out lands in ${tenantPrefix("acme")}a/`,
      ]);
    });

    it("marks a space's path that changes as breaking for its members", async () => {
      const at = (path: string) => `spaces: [{ name: catalogue${path} }]\ntenants:
  - ${folders("name: in, access: write-only").replace(", sshKeys", ", spaces: [{ name: catalogue, access: read-only }], sshKeys")}\n`;
      expect(await between(at(""), at(", path: /Out/Prices"))).to.deep.equal([
        "dev: 1 tenant changes, 1 breaking change",
        "  acme",
        `    breaking: finds its files in ${spacePrefix("catalogue")} at /Out/Prices instead of /catalogue: absolute paths fail`,
      ]);
    });

    it("tells that files stay behind when a name changes under the same path", async () => {
      const named = (name: string) => folders(`name: ${name}, path: /Out, access: read-only`);
      expect(await ofAcme(named("outbox"), named("out"))).to.deep.equal([
        "dev: 1 tenant changes, 1 breaking change",
        "  acme",
        `    breaking: finds ${tenantPrefix("acme")}out/ at /Out: its files stay in ${tenantPrefix("acme")}outbox/, out of its reach`,
      ]);
    });

    it("knows which folder became which by the path that it keeps, whatever else is alike", async () => {
      const named = (a: string, b: string) =>
        folders(`name: ${a}, path: /A, access: read-only`, `name: ${b}, path: /B, access: read-only`);
      expect(await ofAcme(named("a1", "b1"), named("a2", "b2"))).to.deep.equal([
        "dev: 1 tenant changes, 2 breaking changes",
        "  acme",
        `    breaking: finds ${tenantPrefix("acme")}a2/ at /A: its files stay in ${tenantPrefix("acme")}a1/, out of its reach`,
        `    breaking: finds ${tenantPrefix("acme")}b2/ at /B: its files stay in ${tenantPrefix("acme")}b1/, out of its reach`,
      ]);
    });
  });
});
