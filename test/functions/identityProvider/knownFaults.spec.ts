import type { timingSafeEqual } from "node:crypto";
import { createRequire } from "node:module";
import { expect } from "chai";
import type { LoginRecord } from "../../../access/loginRecord";
import { hashPassword, withPassword } from "../../../functions/identity-provider/credentials";
import { ask, itemOf, keys, password, quickHash, recordOf, requestOf, type Work, type World } from "./provider";

// What identity providers of this kind have been found to do, each once.

describe("the identity provider", () => {
  let world: World;

  before(async () => {
    world = { items: { acme: await itemOf("acme") } };
  });

  it("lets no item of the table choose a role, a policy, a folder or an address", async () => {
    for (const more of [
      { role: "arn:aws:iam::123456789012:role/admin" },
      { Role: "arn:aws:iam::123456789012:role/admin" },
      { policy: "{}" },
      { HomeDirectoryDetails: '[{"Entry":"/","Target":"/bucket"}]' },
      { allowedCidrs: ["0.0.0.0/0"] },
      { publicKeys: [keys[1]] },
    ]) {
      const items = { acme: { ...(await itemOf("acme")), ...more } };
      const { answer, cause } = await ask({ items, hash: quickHash }, requestOf({ password }));
      expect(answer).to.deep.equal({});
      expect(cause).to.equal("corrupt");
    }
  });

  it("lets no field of the request choose them", async () => {
    const { answer } = await ask(world, requestOf({ Role: "arn:x", role: "arn:x", tenant: "globex", Policy: "" }));
    expect(answer).to.deep.equal((await ask(world)).answer);
  });

  it("has no login that everybody shares: nobody gets in without a record, whatever the table holds", async () => {
    for (const username of ["default", "*", "anonymous", "root", "admin", "guest", "acme", ""]) {
      const items = { [username]: { ...(await itemOf("acme")), tenant: username } };
      for (const request of [requestOf({ username }), requestOf({ username, password })]) {
        expect((await ask({ items, hash: quickHash }, request)).cause, username).to.equal("unknown");
      }
    }
  });

  it("takes the names that every object of JavaScript has for names", async () => {
    for (const username of ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "valueOf"]) {
      for (const more of [{}, { password }]) {
        const unknown = await ask({ ...world, hash: quickHash }, requestOf({ username, ...more }));
        expect(unknown.cause, username).to.equal("unknown");
        expect(unknown.answer).to.deep.equal({});
        const record = recordOf({ userName: username, tenant: username });
        const items = Object.fromEntries([[username, { ...(await itemOf("acme")), tenant: username }]]);
        const known = await ask({ records: [record], items, hash: quickHash }, requestOf({ username, ...more }));
        expect(known.answer.Role, username).to.equal(record.role);
      }
    }
  });

  it("admits nobody by an empty password, nor by one that is no text", async () => {
    const empty = await ask({ ...world, authentication: "PASSWORD" }, requestOf({ password: "" }));
    expect(empty.answer).to.deep.equal({});
    for (const wrong of [null, 0, true, [], [password], {}, { $ne: "" }]) {
      const asked = await ask(world, requestOf({ password: wrong }));
      expect(asked.cause, JSON.stringify(wrong)).to.equal("request");
      expect(asked.answer).to.deep.equal({});
    }
  });

  it("answers a password with no keys, and never keys with an empty list", async () => {
    expect((await ask(world, requestOf({ password }))).answer).not.to.have.property("PublicKeys");
    expect((await ask({ ...world, records: [recordOf({ keys: [] })] })).answer).to.deep.equal({});
  });

  it("writes neither a password nor a hash nor what somebody typed for a name into its log", async () => {
    const { scrypt, hashes } = await itemOf("acme");
    const typed = "my-secret-in-the-wrong-field";
    const items = { acme: await itemOf("acme") };
    const broken = { acme: { ...items.acme, hashes: [{ ...hashes![0], until: "soon" }] } };
    for (const [changes, request] of [
      [{ items }, requestOf({ password })],
      [{ items }, requestOf({ password: typed })],
      [{ items }, requestOf({ username: typed })],
      [{ items }, requestOf({ username: typed, password: typed })],
      [{ items: broken }, requestOf({ password })],
      [{ items, item: () => Promise.reject(new Error("down")) }, requestOf({ username: typed, password })],
      [{ items }, requestOf({ password: [typed] })],
      [{ items }, requestOf({ username: { [typed]: typed }, password })],
      [{ items }, requestOf({ sourceIp: typed, password })],
      [{ items, hash: () => Promise.reject(new Error("no memory")) }, requestOf({ password: typed })],
    ] as readonly (readonly [World, unknown])[]) {
      const log = JSON.stringify((await ask(changes, request)).lines);
      for (const secret of [password, typed, scrypt!.salt, hashes![0]!.hash]) {
        expect(log).not.to.contain(secret);
      }
    }
  });

  it("knows IPv6: a list of IPv4 ranges is not passed by it, nor the other way round", async () => {
    const from = async (sourceIp: string, allowedCidrs: readonly string[]) =>
      (await ask({ ...world, records: [recordOf({ allowedCidrs })] }, requestOf({ sourceIp }))).cause;
    expect(await from("2001:db8::7", ["203.0.113.0/24"])).to.equal("address");
    expect(await from("::ffff:203.0.113.7", ["203.0.113.0/24"])).to.equal(undefined);
    expect(await from("203.0.113.7", ["2001:db8::/32"])).to.equal("address");
    expect(await from("2001:db8::7", ["2001:db8::/32"])).to.equal(undefined);
  });

  it("denies what comes from no address that can be read, also to a tenant that may come from anywhere", async () => {
    for (const sourceIp of ["", "unknown", "203.0.113.7, 10.0.0.1", "203.0.113", "fe80::1%eth0", null, 7]) {
      expect((await ask(world, requestOf({ sourceIp }))).cause, String(sourceIp)).to.equal("request");
    }
  });

  it("denies what Transfer Family would not send", async () => {
    for (const request of [
      null,
      "acme-login",
      [],
      {},
      requestOf({ username: undefined }),
      requestOf({ protocol: "FTP" }),
      requestOf({ protocol: undefined }),
      requestOf({ serverId: "s-1" }),
      requestOf({ serverId: undefined }),
    ]) {
      const { cause, answer, work } = await ask(world, request);
      expect(cause).to.equal("request");
      expect(answer).to.deep.equal({});
      expect(work).to.deep.equal({ files: [], items: [], hashes: [] });
    }
  });

  describe("does the same work, and answers the same,", () => {
    const amount = ({ files, items, hashes }: Work) => [files.length, items.length, hashes.length];
    const elsewhere: Partial<LoginRecord> = { allowedCidrs: ["10.0.0.0/8"] };
    const wrong = { password: "wrong" };

    for (const [what, request, changes] of [
      ["an unknown login", { username: "globex" }, {}],
      ["a wrong password", wrong, {}],
      ["a right password", {}, {}],
      ["a wrong address", {}, { records: [recordOf(elsewhere)] }],
      ["a wrong address and password", wrong, { records: [recordOf(elsewhere)] }],
      ["a tenant without a password", {}, { items: {} }],
      ["a tenant that may have none", {}, { records: [recordOf({ password: false })] }],
      ["a way that is not offered", {}, { authentication: "PUBLIC_KEY" }],
      ["a table that refuses", {}, { item: () => Promise.reject(new Error("down")) }],
      [
        "a stopped tenant",
        {},
        { items: { acme: { tenant: "acme", stopped: { by: "ops", at: "2026-11-01T00:00:00Z" } } } },
      ],
      ["an item that cannot be read", {}, { items: { acme: { tenant: "acme", hashes: 7 } } }],
      ["a costlier item", {}, { items: { acme: { tenant: "acme", scrypt: { N: 2 ** 20, r: 8, p: 1, salt: "" } } } }],
      ["a record that cannot be read", {}, { recordFile: () => Promise.resolve('{"userName":"acme-login",') }],
      ["files that cannot be read", {}, { recordFile: () => Promise.reject(new Error("EIO")) }],
    ] as readonly (readonly [string, object, World])[]) {
      it(`for ${what}`, async () => {
        const byPassword = await ask({ ...world, hash: quickHash, ...changes }, requestOf({ password, ...request }));
        expect(amount(byPassword.work)).to.deep.equal([1, 1, 1]);
        const byKey = await ask({ ...world, ...changes }, requestOf({ ...request, password: undefined }));
        expect(amount(byKey.work)).to.deep.equal([1, 1, 0]);
        expect(Object.keys(byPassword.answer).length > 0).to.equal(what === "a right password");
      });
    }

    it("with a salt of the right length where there is none to use", async () => {
      const { work } = await ask(world, requestOf({ username: "globex", password }));
      expect(Buffer.from(work.hashes[0]!, "base64")).to.have.length(16);
    });

    it("and reads the item of a login that nobody has under the login itself", async () => {
      expect((await ask(world, requestOf({ username: "globex" }))).work.items).to.deep.equal(["globex"]);
      expect((await ask(world)).work.items).to.deep.equal(["acme"]);
    });
  });

  it("denies and says so where what it relies on is not as it should be", async () => {
    const acme = await itemOf("acme");
    for (const [changes, reason] of [
      [
        { recordFile: () => Promise.resolve('{"userName":"acme-login",') },
        "Error: a record cannot be read at its beginning",
      ],
      [{ recordFile: () => Promise.reject(new Error("EIO")) }, "Error: EIO"],
      [{ items: { acme: { ...acme, hashes: 7 } } }, "Error: the credentials cannot be read at hashes"],
      [{ items: { acme: { ...acme, tenant: "globex" } } }, "Error: the credentials are those of another tenant"],
      [{ items: { acme: null } }, "Error: the credentials cannot be read at its beginning"],
      [{ ...world, hash: () => Promise.reject(new Error("no memory")) }, "Error: no memory"],
      [
        {
          now: () => {
            throw new Error("no clock");
          },
        },
        "Error: no clock",
      ],
    ] as readonly (readonly [World, string])[]) {
      const { answer, cause, lines } = await ask(changes, requestOf({ password }));
      expect(answer).to.deep.equal({});
      expect(cause).to.equal("corrupt");
      expect(lines[0]).to.include({ level: "ERROR", message: "denied", reason });
    }
  });

  it("compares with every hash of the item in constant time, whichever is the right one", async () => {
    const crypto = createRequire(__filename)("node:crypto") as { timingSafeEqual: typeof timingSafeEqual };
    const original = crypto.timingSafeEqual;
    const rotated = await withPassword(await itemOf("acme"), {
      tenant: "acme",
      password: "next",
      by: "ops",
      at: "2026-11-20T00:00:00Z",
      overlapUntil: "2026-12-01T00:00:00Z",
    });
    for (const given of [password, "next", "wrong"]) {
      const lengths: number[] = [];
      crypto.timingSafeEqual = (one, other) => (lengths.push(one.byteLength), original(one, other));
      try {
        await ask({ items: { acme: rotated } }, requestOf({ password: given }));
      } finally {
        crypto.timingSafeEqual = original;
      }
      expect(lengths, given).to.deep.equal([32, 32]);
    }
  });

  it("compares hashes, not texts: the stored hash under another salt admits nobody", async () => {
    const acme = await itemOf("acme");
    const salt = Buffer.alloc(16).toString("base64");
    const items = { acme: { ...acme, scrypt: { ...acme.scrypt!, salt } } };
    expect((await ask({ items }, requestOf({ password }))).cause).to.equal("wrong-password");
    const hash = (await hashPassword(password, salt)).toString("base64");
    const rehashed = { acme: { ...items.acme, hashes: [{ ...acme.hashes![0]!, hash }] } };
    expect((await ask({ items: rehashed }, requestOf({ password }))).cause).to.equal(undefined);
  });
});
