import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import type { Deployment } from "../../synth/deployment";
import { gatewayStack } from "../components/gatewayStack";
import { tenant } from "../tenant";
import { landingBucket } from "./setting/listening";
import { hasSftp, sftp } from "./setting/openssh";
import { contentOf, type RunningGateway } from "./setting/running";
import { inEachWay } from "./setting/ways";

describe("folders at paths of their own", () => {
  let deployment: Deployment;
  before(async () => {
    deployment = await gatewayStack({
      tenants: [
        tenant("acme", {
          folders: [
            { name: "outbox", path: "/Out/From Us", access: "read-write" },
            { name: "archive", path: "/Out/Old/2025/All", access: "read-only" },
            { name: "inbox", access: "write-only" },
          ],
          spaces: [{ name: "prices", path: "/Out/Price List", access: "read-only" }],
        }),
        tenant("globex", { spaces: [{ name: "prices", path: "/Out/Price List", access: "read-write" }] }),
      ],
    });
  });

  inEachWay((start) => {
    let running: RunningGateway;

    before(async () => (running = await start(deployment)));
    afterEach(() =>
      readdirSync(stored("")).forEach((folder) => rmSync(stored(folder), { recursive: true, force: true })),
    );
    after(() => running.stop());

    const stored = (key: string) => join(running.folder, landingBucket, key);

    const put = (key: string, content: string) => {
      mkdirSync(dirname(stored(key)), { recursive: true });
      writeFileSync(stored(key), content);
    };

    const refusal = (attempt: Promise<unknown>) => attempt.then(String, (error: Error) => error.message);

    it("are reached through folders that are only on the way, at every level", async () => {
      const client = await running.client("acme");
      const listed = async (path: string) =>
        (await client.list(path)).map(({ name, type }) => `${type} ${name}`).sort();
      expect(await listed("/")).to.deep.equal(["d Out", "d inbox"]);
      expect(await listed("/Out")).to.deep.equal(["d From Us", "d Old", "d Price List"]);
      expect(await listed("/Out/Old")).to.deep.equal(["d 2025"]);
      expect(await listed("/Out/Old/2025")).to.deep.equal(["d All"]);
      expect(await listed("/Out/Old/2025/All")).to.deep.equal([]);
      expect((await client.stat("/Out/Old/2025")).isDirectory).to.equal(true);
      expect(await client.realPath("/Out/Old/../From Us")).to.equal("/Out/From Us");
    });

    it("lie in the bucket under their names", async () => {
      put(`${tenantPrefix("acme")}archive/a.csv`, "old");
      put(`${spacePrefix("prices")}p.csv`, "prices");
      const client = await running.client("acme");
      await client.put(Buffer.from("invoice"), "/Out/From Us/i.csv");
      expect(readFileSync(stored(`${tenantPrefix("acme")}outbox/i.csv`), "utf8")).to.equal("invoice");
      expect(await contentOf(client, "/Out/Old/2025/All/a.csv")).to.equal("old");
      expect(await contentOf(client, "/Out/Price List/p.csv")).to.equal("prices");
    });

    it("are seen by every member of a space at the same path, beside its own place", async () => {
      const client = await running.client("globex");
      expect(await client.cwd()).to.equal("/home");
      await client.put(Buffer.from("prices"), "/Out/Price List/p.csv");
      expect(readFileSync(stored(`${spacePrefix("prices")}p.csv`), "utf8")).to.equal("prices");
    });

    for (const path of ["/Out", "/Out/Old", "/Out/Old/2025"]) {
      it(`leave ${path}, which is only on the way, to nobody`, async () => {
        put(`${tenantPrefix("acme")}outbox/i.csv`, "invoice");
        const client = await running.client("acme");
        const before = (await client.list(path)).map(({ name }) => name);
        for (const attempt of [
          () => client.put(Buffer.from("x"), `${path}/x.csv`),
          () => client.put(Buffer.from("x"), path),
          () => client.mkdir(`${path}/new`),
          () => client.rmdir(path),
          () => client.delete(path),
          () => client.rename(path, "/Away"),
          () => client.rename(path, "/Out/From Us/Away"),
          () => client.rename("/Out/From Us/i.csv", `${path}/i.csv`),
          () => client.get(path),
        ]) {
          expect(await refusal(attempt())).to.match(/denied/i);
        }
        expect((await client.list(path)).map(({ name }) => name)).to.deep.equal(before);
        expect(existsSync(stored(`${tenantPrefix("acme")}outbox/i.csv`))).to.equal(true);
      });
    }

    it("are not reached by a path of other capitals, or by their names", async () => {
      const client = await running.client("acme");
      for (const path of ["/out/from us", "/Out/from us", "/outbox", "/prices"]) {
        expect(await refusal(client.list(path))).to.match(/no such file/i);
        expect(await refusal(client.put(Buffer.from("x"), `${path}/x.csv`))).to.match(/denied/i);
      }
    });

    it("work with OpenSSH's sftp, which cannot write beside them", async function () {
      if (!hasSftp()) {
        this.skip();
      }
      const source = join(running.folder, "source.csv");
      writeFileSync(source, "invoice");
      const { stdout, stderr } = await sftp(
        running,
        "acme",
        "ls -1 /",
        "ls -1 /Out",
        'cd "/Out/From Us"',
        `put ${source} "i 1.csv"`,
        `get "/Out/From Us/i 1.csv" ${running.folder}/fetched`,
        "ls -1",
        `-put ${source} /Out/x.csv`,
        "-mkdir /Out/new",
        "-mkdir /Out",
        "-rmdir /Out",
        "-rm /Out",
        "-rename /Out /Away",
        "ls -1 /Out",
        "pwd",
      );
      const said = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("sftp>"));
      expect(said.filter((line) => !/^(Uploading|Fetching|Removing)/.test(line))).to.deep.equal([
        ...["/Out", "/inbox"],
        ...["/Out/From Us", "/Out/Old", "/Out/Price List"],
        "i 1.csv",
        ...["/Out/From Us", "/Out/Old", "/Out/Price List"],
        "Remote working directory: /Out/From Us",
      ]);
      expect(stderr.match(/denied/gi)).to.have.length(6);
      expect(readFileSync(join(running.folder, "fetched"), "utf8")).to.equal("invoice");
      expect(readFileSync(stored(`${tenantPrefix("acme")}outbox/i 1.csv`), "utf8")).to.equal("invoice");
    });
  })();
});
