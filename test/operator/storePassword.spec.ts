import crypto from "node:crypto";
import { mock } from "node:test";
import { expect } from "chai";
import { readCredentials } from "../../functions/identity-provider/credentials";
import { attributesOf, plainItem } from "../../operator/attributes";
import { storePassword } from "../../operator/storePassword";
import { stop } from "../../operator/update";
import { UserError } from "../../userError";
import { matches } from "../functions/identityProvider/provider";
import { key, MemoryTable } from "./memoryTable";

const noon = "2026-06-01T12:00:00.000Z";
const evening = "2026-06-01T18:00:00.000Z";

/** In place of scrypt, which takes a tenth of a second: what is tested here is whose hash is stored until when. */
function quickScrypt(...[password, salt, , , done]: Parameters<typeof crypto.scrypt>): void {
  done(null, crypto.createHmac("sha256", salt).update(password).digest());
}

describe("storing a password", () => {
  before(() => void mock.method(crypto, "scrypt", quickScrypt));
  after(() => mock.restoreAll());

  let table: MemoryTable;
  beforeEach(() => (table = new MemoryTable()));

  const store = (password: string, more: { overlapUntil?: string; until?: string; at?: string } = {}) =>
    storePassword(table, key, { password, by: "ann", at: noon, ...more });

  const admits = (password: string, at: string) =>
    matches(readCredentials(plainItem(table.item ?? {})), password, new Date(at));

  async function refusal(stored: Promise<void>): Promise<string> {
    try {
      await stored;
    } catch (error) {
      expect(error).to.be.instanceOf(UserError);
      return (error as Error).message;
    }
    throw new Error("it was stored");
  }

  it("keeps who, when and until, and a hash instead of the password", async () => {
    await store("drawn", { until: evening });
    const { scrypt, hashes } = readCredentials(plainItem(table.item ?? {}));
    expect(scrypt).to.include({ N: 32768, r: 8, p: 1 });
    expect(hashes).to.have.length(1);
    expect(hashes?.[0]).to.include({ by: "ann", at: noon, until: evening });
    expect(JSON.stringify(table.item)).not.to.include("drawn");
  });

  it("ends the one before at once unless they are to overlap", async () => {
    await store("first");
    await store("second");
    expect([await admits("first", noon), await admits("second", noon)]).to.deep.equal([false, true]);
  });

  it("lets the one before go on until the very moment, and not in it", async () => {
    await store("first");
    await store("second", { overlapUntil: evening });
    expect(await admits("first", "2026-06-01T17:59:59.999Z")).to.equal(true);
    expect(await admits("first", evening)).to.equal(false);
    expect(await admits("second", evening)).to.equal(true);
  });

  it("keeps two of three in a row: the oldest ends when the third comes", async () => {
    await store("first");
    await store("second", { overlapUntil: evening });
    await store("third", { overlapUntil: evening });
    expect([await admits("first", noon), await admits("second", noon), await admits("third", noon)]).to.deep.equal([
      false,
      true,
      true,
    ]);
  });

  it("does not prolong one that ends before the overlap does", async () => {
    await store("first", { until: "2026-06-01T13:00:00.000Z" });
    await store("second", { overlapUntil: evening });
    expect([await admits("first", noon), await admits("first", "2026-06-01T13:00:00.000Z")]).to.deep.equal([
      true,
      false,
    ]);
  });

  it("refuses an overlap with nothing, and stores nothing", async () => {
    expect(await refusal(store("first", { overlapUntil: evening }))).to.equal(
      'tenant "acme" has no password that could overlap: leave --overlap-until out',
    );
    expect(table.item).to.equal(undefined);
    await store("first", { until: "2026-06-01T13:00:00.000Z" });
    const before = table.item;
    const late = { at: "2026-06-01T14:00:00.000Z", overlapUntil: evening };
    expect(await refusal(store("second", late))).to.match(/no password that could overlap/);
    expect(table.item).to.equal(before);
  });

  it("loses no stop that comes between reading and writing", async () => {
    table.beforeWrite = async () => void (await table.write(stop(key, { by: "bob", at: noon })));
    await store("first");
    expect(readCredentials(plainItem(table.item ?? {})).stopped).to.deep.equal({ by: "bob", at: noon });
    expect(await admits("first", noon)).to.equal(true);
  });

  it("loses no password that another person stores meanwhile", async () => {
    await store("first");
    table.beforeWrite = () => storePassword(table, key, { password: "theirs", by: "bob", at: noon });
    await store("ours", { overlapUntil: evening });
    expect([await admits("first", noon), await admits("theirs", noon), await admits("ours", noon)]).to.deep.equal([
      false,
      true,
      true,
    ]);
  });

  it("brings no password back that another person deletes meanwhile", async () => {
    await store("first");
    table.beforeWrite = () => void table.table.items.delete(key.tenant);
    expect(await refusal(store("second", { overlapUntil: evening }))).to.match(/no password that could overlap/);
    expect(table.item).to.equal(undefined);
  });

  it("knows its own write again, whose answer was lost and which the client has sent twice", async () => {
    const { write } = table;
    let writes = 0;
    table.write = async (update) => {
      writes += 1;
      await write(update);
      return write(update);
    };
    await store("first");
    expect(writes).to.equal(1);
    expect(await admits("first", noon)).to.equal(true);
  });

  it("gives up when others are faster each time", async () => {
    let writes = 0;
    table.write = () => {
      writes += 1;
      return Promise.resolve({ isWritten: false });
    };
    expect(await refusal(store("first"))).to.match(/^others change the passwords of tenant "acme" all the time/);
    expect(writes).to.equal(5);
  });

  it("says which part of a damaged item it cannot read, and shows none of it", async () => {
    await store("first");
    const damaged = { ...plainItem(table.item ?? {}), scrypt: { N: 4, r: 8, p: 1, salt: "secret" } };
    table.table.items.set(key.tenant, attributesOf(damaged) as never);
    const message = await refusal(store("second"));
    expect(message).to.match(/^the item of tenant "acme" in the table sftp-gateway-dev-identity-provider is damaged/);
    expect(message).to.include("scrypt.N, scrypt.salt").and.not.to.include("secret");
  });
});
