import { expect } from "chai";
import type { LoginRecord } from "../../../access/loginRecord";
import { hashPassword, newSalt, withPassword } from "../../../functions/identity-provider/credentials";
import { ask, itemOf, keys, noon, password, recordOf, requestOf, type World } from "./provider";

/** A moment so many milliseconds from another one. */
const shifted = (time: string, milliseconds: number) => new Date(Date.parse(time) + milliseconds);

const stopped = { by: "ops", at: "2026-11-25T11:00:00.000Z" };

const documents = {
  Role: recordOf().role,
  Policy: recordOf().policy,
  HomeDirectoryType: "LOGICAL",
  HomeDirectoryDetails: recordOf().mappings,
  HomeDirectory: "/",
};

const byKey = requestOf();
const byPassword = requestOf({ password });

describe("a login", () => {
  let world: World;

  before(async () => {
    world = { items: { acme: await itemOf("acme") } };
  });

  /** Asserts that a login is denied for a cause, and that the answer does not tell it. */
  async function expectDenial(changes: World, request: unknown, cause: string): Promise<void> {
    const asked = await ask({ ...world, ...changes }, request);
    expect(asked.cause).to.equal(cause);
    expect(asked.answer).to.deep.equal({});
  }

  async function expectAdmission(changes: World, request: unknown): Promise<void> {
    const { cause, answer } = await ask({ ...world, ...changes }, request);
    expect(cause).to.equal(undefined);
    expect(answer.Role).to.equal(recordOf().role);
  }

  it("by key is answered with the keys and the documents of its record", async () => {
    const { answer, lines } = await ask(world, byKey);
    expect(answer).to.deep.equal({ ...documents, PublicKeys: [keys[0]] });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include({
      level: "INFO",
      message: "keys handed out",
      service: "identity-provider",
      requestId: "request-1",
      tenant: "acme",
      userName: "acme-login",
      sourceIp: "203.0.113.7",
    });
  });

  it("by password is answered with the same documents and no keys", async () => {
    const { answer, lines } = await ask(world, byPassword);
    expect(answer).to.deep.equal(documents);
    expect(lines[0]).to.include({ level: "INFO", message: "password accepted", tenant: "acme" });
  });

  it("without a home directory in its record has none in its answer", async () => {
    const record: LoginRecord = { ...recordOf() };
    delete (record as { homeDirectory?: string }).homeDirectory;
    const { answer } = await ask({ ...world, records: [record] }, byKey);
    expect(answer).not.to.have.property("HomeDirectory");
  });

  it("by key needs no item in the table", () => expectAdmission({ items: {} }, byKey));

  it("with an empty password is one by key", async () => {
    expect((await ask(world, requestOf({ password: "" }))).answer).to.deep.equal((await ask(world, byKey)).answer);
  });

  describe("is denied, with its cause in the log and in the metric,", () => {
    it("unless somebody has it", async () => {
      await expectDenial({}, requestOf({ username: "globex" }), "unknown");
      await expectDenial({}, requestOf({ username: "globex", password }), "unknown");
      await expectDenial({ records: [] }, byKey, "unknown");
    });

    it("under the tenant's name where the login is another, and in another case", async () => {
      await expectDenial({}, requestOf({ username: "acme" }), "unknown");
      await expectDenial({}, requestOf({ username: "Acme-Login" }), "unknown");
    });

    it("while the tenant is stopped, by key and by password", async () => {
      const items = { acme: { ...(await itemOf("acme")), stopped } };
      await expectDenial({ items }, byKey, "stopped");
      await expectDenial({ items }, byPassword, "stopped");
      await expectDenial({ items: { acme: { tenant: "acme", stopped } } }, byKey, "stopped");
    });

    it("not while another tenant is stopped", () =>
      expectAdmission({ items: { globex: { tenant: "globex", stopped } } }, byKey));

    for (const [sourceIp, allowedCidrs] of [
      ["203.0.114.7", ["203.0.113.0/24"]],
      ["2001:db8::1", ["203.0.113.0/24", "0.0.0.0/0"]],
      ["203.0.113.7", ["2001:db8::/32", "::/0"]],
      ["::ffff:203.0.114.7", ["203.0.113.0/24"]],
      ["2001:db9::1", ["2001:db8::/32"]],
    ] as const) {
      it(`from ${sourceIp} where ${allowedCidrs.join(" and ")} may`, async () => {
        const records = [recordOf({ allowedCidrs })];
        await expectDenial({ records }, requestOf({ sourceIp }), "address");
        await expectDenial({ records }, requestOf({ sourceIp, password }), "address");
      });
    }

    for (const [sourceIp, allowedCidrs] of [
      ["203.0.113.255", ["10.0.0.0/8", "203.0.113.0/24"]],
      ["::ffff:cb00:7107", ["203.0.113.7/32"]],
      ["2001:0DB8:0:0::0001", ["2001:db8::/32"]],
    ] as const) {
      it(`not from ${sourceIp} where ${allowedCidrs.join(" and ")} may`, async () => {
        await expectAdmission({ records: [recordOf({ allowedCidrs })] }, requestOf({ sourceIp }));
        await expectAdmission({ records: [recordOf({ allowedCidrs })] }, requestOf({ sourceIp, password }));
      });
    }

    it("without a key", () => expectDenial({ records: [recordOf({ keys: [] })] }, byKey, "key-expired"));

    it("from the day after its last key's last day, in UTC", async () => {
      const records = [recordOf({ keys: [{ key: keys[0], expires: "2026-11-25" }] })];
      const midnight = "2026-11-26T00:00:00.000Z";
      await expectAdmission({ records, now: () => shifted(midnight, -1) }, byKey);
      await expectDenial({ records, now: () => shifted(midnight, 0) }, byKey, "key-expired");
    });

    it("by an expired key alone: the others are handed out", async () => {
      const expired = { key: keys[0], expires: "2026-11-24" };
      const { answer } = await ask({ ...world, records: [recordOf({ keys: [expired, { key: keys[1] }] })] }, byKey);
      expect(answer.PublicKeys).to.deep.equal([keys[1]]);
    });

    it("by password where tenants.yaml gives the tenant none, whatever the table says", () =>
      expectDenial({ records: [recordOf({ password: false })] }, byPassword, "no-password"));

    it("by password where the table has none", async () => {
      await expectDenial({ items: {} }, byPassword, "no-password");
      await expectDenial({ items: { acme: { tenant: "acme" } } }, byPassword, "no-password");
      await expectDenial({ items: { acme: { ...(await itemOf("acme")), hashes: [] } } }, byPassword, "no-password");
    });

    it("by another password, also another tenant's", async () => {
      await expectDenial({}, requestOf({ password: `${password}x` }), "wrong-password");
      const other = await withPassword(undefined, {
        tenant: "globex",
        password: "globex's",
        by: "ops",
        at: stopped.at,
      });
      const items = { ...world.items, globex: other };
      await expectDenial({ items }, requestOf({ password: "globex's" }), "wrong-password");
    });

    it("by the password with anything before or behind it, NULs too, which scrypt does not see", async () => {
      const salt = newSalt();
      expect(await hashPassword(`${password}\0`, salt)).to.deep.equal(await hashPassword(password, salt));
      for (const given of [`${password}\0`, `${password}\0\0\0`, `\0${password}`, `${password} `, `${password}\n`]) {
        await expectDenial({}, requestOf({ password: given }), "wrong-password");
      }
    });

    it("by the hash in place of the password", async () => {
      const hash = (await itemOf("acme")).hashes?.[0]?.hash;
      await expectDenial({}, requestOf({ password: hash }), "wrong-password");
    });

    it("from the moment on that a password ends", async () => {
      const until = "2026-12-01T00:00:00.000Z";
      const items = { acme: await itemOf("acme", until) };
      await expectAdmission({ items, now: () => shifted(until, -1) }, byPassword);
      await expectDenial({ items, now: () => shifted(until, 0) }, byPassword, "password-expired");
    });

    it("not by the old nor by the new password while one replaces the other, and then by the old one", async () => {
      const until = "2026-12-01T00:00:00.000Z";
      const rotated = await withPassword(await itemOf("acme"), {
        tenant: "acme",
        password: "next",
        by: "ops",
        at: noon.toISOString(),
        overlapUntil: until,
      });
      const items = { acme: rotated };
      await expectAdmission({ items, now: () => shifted(until, -1) }, byPassword);
      await expectAdmission({ items, now: () => shifted(until, -1) }, requestOf({ password: "next" }));
      await expectAdmission({ items, now: () => shifted(until, 0) }, requestOf({ password: "next" }));
      await expectDenial({ items, now: () => shifted(until, 0) }, byPassword, "password-expired");
    });

    it("after the cause that comes first: unknown, table, stopped, address, way, key or password", async () => {
      const records = [recordOf({ allowedCidrs: ["10.0.0.0/8"], keys: [] })];
      const items = { acme: { ...(await itemOf("acme")), stopped } };
      const item = () => Promise.reject(new Error("down"));
      const wrong = requestOf({ password: "wrong" });
      const authentication = "PUBLIC_KEY";
      await expectDenial({ records: [], items, item, authentication }, wrong, "unknown");
      await expectDenial({ records, items, item, authentication }, wrong, "table");
      await expectDenial({ records, items, authentication }, wrong, "stopped");
      await expectDenial({ records, authentication }, wrong, "address");
      await expectDenial({ authentication }, wrong, "not-offered");
      await expectDenial({}, wrong, "wrong-password");
    });
  });

  describe("is admitted as `authentication` says:", () => {
    for (const [authentication, key, withPassword] of [
      ["PASSWORD", false, true],
      ["PUBLIC_KEY", true, false],
      ["PUBLIC_KEY_OR_PASSWORD", true, true],
      ["PUBLIC_KEY_AND_PASSWORD", true, true],
    ] as const) {
      it(`${authentication}: ${key ? "" : "not "}by key, ${withPassword ? "" : "not "}by password`, async () => {
        const keyed = await ask({ ...world, authentication }, byKey);
        expect(keyed.cause).to.equal(key ? undefined : "not-offered");
        expect(keyed.answer).to.deep.equal(key ? { ...documents, PublicKeys: [keys[0]] } : {});
        const worded = await ask({ ...world, authentication }, byPassword);
        expect(worded.cause).to.equal(withPassword ? undefined : "not-offered");
        expect(worded.answer).to.deep.equal(withPassword ? documents : {});
      });
    }

    it("PUBLIC_KEY_AND_PASSWORD: not by a wrong password", () =>
      expectDenial({ authentication: "PUBLIC_KEY_AND_PASSWORD" }, requestOf({ password: "x" }), "wrong-password"));

    it("PUBLIC_KEY_AND_PASSWORD: by no password whose keys have all expired, be it between the two questions", async () => {
      const authentication = "PUBLIC_KEY_AND_PASSWORD";
      const records = [recordOf({ keys: [{ key: keys[0], expires: "2026-11-25" }] })];
      const midnight = "2026-11-26T00:00:00.000Z";
      await expectAdmission({ records, authentication, now: () => shifted(midnight, -1) }, byPassword);
      await expectDenial({ records, authentication, now: () => shifted(midnight, 0) }, byPassword, "key-expired");
      await expectAdmission({ records, now: () => shifted(midnight, 0) }, byPassword);
    });
  });
});
