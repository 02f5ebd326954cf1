import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import SftpClient from "ssh2-sftp-client";
import { answerTo } from "../../../why/why";
import { whyText } from "../../../why/text";
import type { Beginning, GatewayState, Row, Seen, WhyContent } from "../../../local/page/messages";
import type { Page } from "../../../local/page/page";
import { TenantEntries } from "../../../tenancy/entries";
import { bucket, deploymentOf, readWriteBelow } from "../setting/deployment";
import { outcome, rawClient } from "../setting/protocol";
import { RunningGateway } from "../setting/running";
import { answerOf, jsonOf, pageOf, Viewer } from "./setting";

const acme = {
  tenant: "acme",
  userName: "ACME_batch",
  mappings: { "/inbox": "tenants/acme/inbox", "/outbox": "tenants/acme/outbox" },
  session: readWriteBelow("tenants/acme/inbox/"),
};

describe("the page of a gateway", () => {
  let running: RunningGateway;
  let page: Page;
  let viewer: Viewer;

  beforeEach(async () => {
    running = await RunningGateway.start(deploymentOf(acme, { tenant: "globex" }), {
      absent: [{ name: "initech", userName: "initech", why: "suspended" }],
    });
    page = await pageOf(running);
    viewer = (await Viewer.of(page)).read();
    await viewer.until(() => viewer.told.length > 0);
  });
  afterEach(async () => {
    viewer.leave();
    await page.close();
    await running.stop();
  });

  const beginning = () => viewer.of<Beginning>("beginning")[0]!;
  const rows = () => viewer.of<Row>("row");
  const why = (query: Record<string, string>) =>
    jsonOf<WhyContent>(`${page.address}why?${String(new URLSearchParams(query))}`);

  it("says who may log in and how, and who is not served and why", () => {
    const config = join(running.folder, ".gateway/ssh_config");
    const { tenants, absent, endpoint, hostKeyFingerprint, stack, folder } = beginning().state;
    expect(tenants).to.deep.equal([
      { name: "acme", userName: "ACME_batch", commands: [`sftp -F ${config} acme`] },
      { name: "globex", userName: "globex", commands: [`sftp -F ${config} globex`] },
    ]);
    expect(absent).to.deep.equal([{ name: "initech", why: "suspended" }]);
    expect({ endpoint, stack, folder }).to.deep.equal({
      endpoint: `127.0.0.1:${running.port}`,
      stack: "test",
      folder: running.folder,
    });
    expect(hostKeyFingerprint).to.equal(running.gateway.hostKeyFingerprint);
  });

  it("holds no private key, and no path of one", () => {
    const told = JSON.stringify(viewer.told);
    expect(told).not.to.include("PRIVATE KEY");
    expect(told).not.to.include(running.keyFile("acme"));
  });

  it("tells what happens as it happens, whose it is, and which files arrive", async () => {
    const client = await running.client("acme");
    await client.put(Buffer.from("12345"), "/inbox/a.csv");
    await client.rename("/inbox/a.csv", "/inbox/b.csv");
    await viewer.until(() => rows().length === 3);
    expect(rows().map(({ about, tenant, text, arrived }) => ({ about, tenant, text, arrived }))).to.deep.equal([
      {
        ...{ about: "log", tenant: "acme", arrived: undefined },
        text: `ACME_batch logged in from 127.0.0.1 with ${running.eventsOf("CONNECTED")[0]!["client"]}`,
      },
      {
        ...{ about: "log", tenant: "acme", arrived: { key: "tenants/acme/inbox/a.csv", bytes: 5 } },
        text: `ACME_batch uploaded 5 bytes to /${bucket}/tenants/acme/inbox/a.csv`,
      },
      {
        ...{ about: "log", tenant: "acme", arrived: { key: "tenants/acme/inbox/b.csv" } },
        text: `ACME_batch renamed /${bucket}/tenants/acme/inbox/a.csv to /${bucket}/tenants/acme/inbox/b.csv`,
      },
    ]);
  });

  it("tells a denial with its reason, and answers its line as npm run why does", async () => {
    const client = await running.client("acme");
    await client.put(Buffer.from("x"), "/outbox/a.csv").catch(() => undefined);
    await viewer.until(() => rows().some(({ denied }) => denied !== undefined));
    const { text, tenant, isWrong, denied } = rows().find((row) => row.denied !== undefined)!;
    expect([tenant, isWrong]).to.deep.equal(["acme", true]);
    expect(text).to.match(
      /^ACME_batch OPEN .*outbox\/a\.csv: Access denied: s3:PutObject: no statement of the session/,
    );

    const question = { about: "file", name: "ACME_batch", operation: "put", path: "/outbox/a.csv" } as const;
    const known = { inventory: running.gateway.inventory, entries: undefined };
    const expected = { verdict: "denied", text: whyText(answerTo(question, known)) };
    expect(await why({ line: denied! })).to.deep.equal(expected);
    const { name, operation, path } = question;
    expect(await why({ name, operation, path })).to.deep.equal(expected);
  });

  it("tells a refused login, whose it would have been", async () => {
    const stranger = new SftpClient("stranger", {
      error: () => undefined,
      end: () => undefined,
      close: () => undefined,
    });
    const key = running.privateKey("globex");
    const login = { host: "127.0.0.1", port: running.port, username: "ACME_batch", privateKey: key };
    await stranger.connect({ ...login, readyTimeout: 60_000 }).catch(() => undefined);
    await viewer.until(() => rows().some(({ denied }) => denied !== undefined));
    const { tenant, text, denied } = rows().find((row) => row.denied !== undefined)!;
    expect(tenant).to.equal("acme");
    expect(text).to.match(/^ACME_batch was not let in \(publickey: .*SHA256:/);
    const answer = await why({ line: denied! });
    expect(answer.verdict).to.equal("denied");
    expect(answer.text).to.match(/^ACME_batch login: denied\n.*whether the key that is shown is one/s);
    expect(answer.text)
      .to.match(/found +SHA256:\S+ is a key of globex$/m)
      .and.not.to.include("throw-away");
  });

  it("knows the throw-away keys of the run", async () => {
    const [key] = running.gateway.tenants.find(({ name }) => name === "acme")!.publicKeys;
    const { verdict, text } = await why({ name: "ACME_batch", operation: "login", key: key! });
    expect(verdict).to.equal("allowed");
    expect(text).to.match(/found +SHA256:\S+ is one of its keys$/m);
  });

  it("says what is no question, and answers about logins", async () => {
    const wrong: [Record<string, string>, RegExp][] = [
      [{ name: "acme", operation: "fly", path: "/" }, /^"fly" is no operation/],
      [{ name: "acme", operation: "put" }, /^put takes one path$/],
      [{ name: "nobody", operation: "put", path: "/a" }, /^nobody of stack test is called "nobody"/],
      [{ name: "acme", operation: "login", from: "here" }, /^the address is none; 203\.0\.113\.7 is one$/],
      [{ name: "acme", operation: "login", key: "abc" }, /^the key:1: unknown key type "abc"/],
      [{ name: "acme", operation: "put", path: `/${"*".repeat(16 * 1024)}` }, /^that is more than 16,384 characters/],
      [{ line: "no JSON" }, /^this is no line of the log/],
    ];
    for (const [query, text] of wrong) {
      const answer = await why(query);
      expect(answer.verdict).to.equal("no answer");
      expect(answer.text).to.match(text);
    }
    expect((await why({ name: "ACME_batch", operation: "login" })).text).to.match(/^ACME_batch login: \w+\n/);
    expect((await why({ name: "ACME_batch", operation: "rename", path: "/inbox/a", to: "/inbox/b" })).verdict).to.equal(
      "allowed",
    );
  });

  it("names the line of tenants.yaml, read when it is asked", async () => {
    const file = join(running.folder, "tenants.yaml");
    const withEntries = await pageOf(running, () => ({ entries: TenantEntries.in(file) }));
    const ask = async () =>
      (await jsonOf<WhyContent>(`${withEntries.address}why?name=globex&operation=put&path=/a`)).text;
    const key = readFileSync(`${running.keyFile("globex")}`, "utf8").length.toString();
    for (const comment of ["", "# a line\n"]) {
      writeFileSync(file, `${comment}tenants:\n  - name: globex\n    description: "${key}"\n`);
      expect(await ask()).to.include(`${file}:${comment === "" ? 2 : 3}:`);
    }
    await withEntries.close();
  });

  it("shows what each sees at its paths, and not what lies where it may not list", async () => {
    const client = await running.client("acme");
    await client.put(Buffer.from("x"), "/inbox/a.csv");
    await client.mkdir("/inbox/later");
    await client.put(Buffer.from("x"), "/inbox/2026/b.csv\u202e").catch(() => undefined);
    const { folders } = await jsonOf<Seen>(`${page.address}seen?tenant=acme`);
    const common = { bucket, hasMore: false };
    expect(folders).to.deep.equal([
      {
        ...{ ...common, entry: "/inbox", access: "read-write", prefix: "tenants/acme/inbox/" },
        names: ["2026/", "2026/b.csv\\u{202e}", "a.csv", "later/"],
      },
      { ...common, entry: "/outbox", access: "nothing", prefix: "tenants/acme/outbox/" },
    ]);
    expect(await jsonOf<Seen>(`${page.address}seen?tenant=nobody`)).to.deep.equal({ folders: [] });
  });

  it("tells of a folder with many files that there are more", async () => {
    mkdirSync(running.file("tenants/globex"), { recursive: true });
    for (let file = 0; file < 205; file += 1) {
      writeFileSync(running.file(`tenants/globex/${String(file).padStart(3, "0")}`), "x");
    }
    const [folder] = (await jsonOf<Seen>(`${page.address}seen?tenant=globex`)).folders;
    expect(folder!.names).to.have.lengthOf(200);
    expect(folder!.hasMore).to.equal(true);
  });

  it("shows who comes later what the logs of this run say last, 500 lines at most", async () => {
    const { client, sftp } = await rawClient(running, "globex");
    for (let folder = 0; folder < 510; folder += 1) {
      await outcome((done) => sftp.mkdir(`/${folder}`, done));
    }
    const later = (await Viewer.of(page)).read();
    await later.until(() => later.told.length > 0);
    const shown = later.of<Beginning>("beginning")[0]!.rows;
    expect(shown).to.have.lengthOf(500);
    expect(shown.at(-1)!.text).to.equal(`globex made the folder /${bucket}/tenants/globex/509`);
    expect(shown.at(-1)!.tenant).to.equal("globex");
    later.leave();
    client.end();
  });

  it("tells who is served after a change of the files", async () => {
    await running.gateway.change(deploymentOf({ tenant: "globex" }, { tenant: "hooli" }), [
      { name: "acme", userName: "ACME_batch", why: "suspended" },
    ]);
    await viewer.until(() => viewer.of("state").length === 1);
    const { tenants, absent } = viewer.of<GatewayState>("state")[0]!;
    expect(tenants.map(({ name }) => name)).to.deep.equal(["globex", "hooli"]);
    expect(absent).to.deep.equal([{ name: "acme", why: "suspended" }]);
    expect((await jsonOf<Seen>(`${page.address}seen?tenant=acme`)).folders).to.deep.equal([]);
    const client = await running.client("hooli");
    await viewer.until(() => rows().at(-1)?.tenant === "hooli");
    await client.end();
  });

  it("shows why what was saved last is not served, also to who comes later, until it is", async () => {
    page.showRefusal("tenants.yaml:3:5: unknown key \u202e\nand more");
    await viewer.until(() => viewer.of("state").length === 1);
    const later = (await Viewer.of(page)).read();
    await later.until(() => later.told.length > 0);
    const shown = "tenants.yaml:3:5: unknown key \\u{202e}\nand more";
    expect(viewer.of<GatewayState>("state")[0]!.refusal).to.equal(shown);
    expect(later.of<Beginning>("beginning")[0]!.state.refusal).to.equal(shown);
    later.leave();
    page.showRefusal(undefined);
    await viewer.until(() => viewer.of("state").length === 2);
    expect(viewer.of<GatewayState>("state")[1]).not.to.have.property("refusal");
    expect(await jsonOf(`${page.address}state`)).to.deep.equal(viewer.of("state")[1]);
  });

  it("does not tell the session when something cannot be shown", async () => {
    const { gateway } = running;
    const broken = await pageOf(running);
    const other = (await Viewer.of(broken)).read();
    await other.until(() => other.told.length > 0);
    Object.defineProperty(gateway, "queues", {
      get: () => {
        throw new Error("no queues");
      },
    });
    await gateway.change(deploymentOf({ tenant: "globex" }));
    await other.until(() => other.of("fault").length === 1);
    expect(other.of("fault")).to.deep.equal(["no queues"]);
    expect((await answerOf(`${broken.address}queue?name=x`)).body).to.equal("this cannot be shown: no queues\n");
    other.leave();
    await broken.close();
  });
});
