import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type SftpClient from "ssh2-sftp-client";
import { deploymentOf, resource } from "./setting/deployment";
import { closed, opened, outcome, rawClient, status, written } from "./setting/protocol";
import { contentOf, RunningGateway } from "./setting/running";

describe("the files of a tenant", () => {
  let running: RunningGateway;
  let client: SftpClient;
  beforeEach(async () => {
    running = await RunningGateway.start(deploymentOf({ tenant: "acme" }));
    client = await running.client("acme");
  });
  afterEach(() => running.stop());

  const put = (path: string, content = "content") => client.put(Buffer.from(content), path);
  const listed = async (path: string) => (await client.list(path)).map(({ name, type }) => `${type}${name}`).sort();

  it("are uploaded as plain files under their key, and read back", async () => {
    await put("/orders/hello.txt", "hello");
    expect(readFileSync(running.file("tenants/acme/orders/hello.txt"), "utf8")).to.equal("hello");
    expect(await contentOf(client, "orders/hello.txt")).to.equal("hello");
  });

  it("may be overwritten by an upload", async () => {
    await put("/a.txt", "first and longer");
    await put("/a.txt", "second");
    expect(await contentOf(client, "/a.txt")).to.equal("second");
  });

  it("are listed with their size and kind", async () => {
    await put("/a.txt", "12345");
    await client.mkdir("/folder");
    const [file, folder] = (await client.list("/")).sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(file).to.include({ name: "a.txt", type: "-", size: 5 });
    expect(folder).to.include({ name: "folder", type: "d" });
  });

  it("make folders of the prefixes in their keys, which go with the last of them", async () => {
    await put("/deep/er/a.txt");
    expect(await client.exists("/deep/er")).to.equal("d");
    await client.delete("/deep/er/a.txt");
    expect(await client.exists("/deep")).to.equal(false);
    expect(readdirSync(running.file(""))).to.deep.equal([]);
  });

  it("are below folders that stay when they were made", async () => {
    await client.mkdir("/inbox");
    await put("/inbox/a.txt");
    await client.delete("/inbox/a.txt");
    expect(await listed("/")).to.deep.equal(["dinbox"]);
    await client.rmdir("/inbox");
    expect(await listed("/")).to.deep.equal([]);
  });

  it("keep their folder from being removed", async () => {
    await put("/inbox/a.txt");
    const { sftp } = await rawClient(running, "acme");
    expect(await outcome((done) => sftp.rmdir("/inbox", done))).to.equal(status.failure);
    expect(existsSync(running.file("tenants/acme/inbox/a.txt"))).to.equal(true);
  });

  it("are renamed, but never over another", async () => {
    await put("/a.txt", "a");
    await put("/b.txt", "b");
    const { sftp } = await rawClient(running, "acme");
    expect(await outcome((done) => sftp.rename("/a.txt", "/b.txt", done))).to.equal(status.failure);
    expect(await contentOf(client, "/b.txt")).to.equal("b");
    await client.rename("/a.txt", "/done/c.txt");
    expect(await listed("/")).to.deep.equal(["-b.txt", "ddone"]);
  });

  it("cannot be renamed as a folder", async () => {
    await put("/inbox/a.txt");
    const { sftp } = await rawClient(running, "acme");
    expect(await outcome((done) => sftp.rename("/inbox", "/outbox", done))).to.equal(status.failure);
    expect(await outcome((done) => sftp.rename("/nothing", "/outbox", done))).to.equal(status.missing);
  });

  it("are written from the beginning to the end and not in between", async () => {
    const { sftp } = await rawClient(running, "acme");
    const handle = await opened(sftp, "/a.txt", "w");
    expect(await written(sftp, handle, "01234", 0)).to.equal(undefined);
    expect(await written(sftp, handle, "x", 2)).to.equal(status.failure);
    expect(await written(sftp, handle, "56789", 5), "nothing after a refused write").to.equal(status.failure);
    expect(await closed(sftp, handle)).to.equal(status.failure);
    expect(existsSync(running.file("tenants/acme/a.txt"))).to.equal(false);
    expect(running.eventsOf("ERROR")[0]!["message"]).to.equal(
      "AWS Transfer does not support random access writes to S3 objects.",
    );
  });

  it("cannot be appended to, resumed, or opened for reading and writing at once", async () => {
    await put("/a.txt", "01234");
    const { sftp } = await rawClient(running, "acme");
    expect(await outcome((done) => sftp.open("/a.txt", "a", done))).to.equal(status.unsupported);
    expect(await outcome((done) => sftp.open("/a.txt", "r+", done))).to.equal(status.unsupported);
    const writeWithoutTruncating = 2 as never;
    const handle = await opened(sftp, "/a.txt", writeWithoutTruncating);
    expect(await written(sftp, handle, "5", 5)).to.equal(status.failure);
    await closed(sftp, handle);
    expect(await contentOf(client, "/a.txt")).to.equal("01234");
  });

  it("honour the flags that ask for a new or an existing file", async () => {
    await put("/a.txt");
    const { sftp } = await rawClient(running, "acme");
    expect(await outcome((done) => sftp.open("/a.txt", "wx", done))).to.equal(status.failure);
    const writeWithoutCreating = 2 as never;
    expect(await outcome((done) => sftp.open("/b.txt", writeWithoutCreating, done))).to.equal(status.missing);
  });

  it("are missing where there is nothing", async () => {
    const { sftp } = await rawClient(running, "acme");
    const at = "/nothing.txt";
    expect(await outcome((done) => sftp.stat(at, done))).to.equal(status.missing);
    expect(await outcome((done) => sftp.open(at, "r", done))).to.equal(status.missing);
    expect(await outcome((done) => sftp.unlink(at, done))).to.equal(status.missing);
    expect(await outcome((done) => sftp.opendir(at, done))).to.equal(status.missing);
    expect(await outcome((done) => sftp.rmdir(at, done))).to.equal(status.missing);
  });

  it("keep the content that a reader opened", async () => {
    await put("/a.txt", "old");
    const { sftp } = await rawClient(running, "acme");
    const handle = await opened(sftp, "/a.txt", "r");
    await put("/a.txt", "new");
    const buffer = Buffer.alloc(3);
    await outcome((done) => sftp.read(handle, buffer, 0, 3, 0, done));
    expect(String(buffer)).to.equal("old");
  });

  it("have no links, and only the file operations that S3 has", async () => {
    await put("/a.txt");
    const { sftp } = await rawClient(running, "acme");
    expect(await outcome((done) => sftp.symlink("/a.txt", "/b.txt", done))).to.equal(status.unsupported);
    expect(await outcome((done) => sftp.readlink("/a.txt", done))).to.equal(status.unsupported);
  });

  it("take times and modes without keeping them, as the server's option says", async () => {
    const { sftp } = await rawClient(running, "acme");
    expect(await outcome((done) => sftp.chmod("/a.txt", 0o600, done))).to.equal(undefined);
    expect(await outcome((done) => sftp.utimes("/a.txt", 1, 2, done))).to.equal(undefined);
    expect(running.eventsOf("SETSTAT")).to.have.lengthOf(2);
  });

  it("come back whole from a large upload", async () => {
    const content = Buffer.alloc(3_000_001, "0123456789abcdef");
    await client.put(content, "/large.bin");
    expect(content.equals((await client.get("/large.bin")) as Buffer)).to.equal(true);
  });

  it("may have any name that S3 takes", async () => {
    const names = [
      "a b",
      "ümläut 文字 🙂",
      "100%",
      "%2E",
      "a\nb\u001b[31m",
      "$(id)`id`",
      "-rf",
      "x".repeat(300),
      "\u202egpj",
    ];
    for (const name of names) {
      await put(`/${name}`, name);
    }
    expect((await client.list("/")).map(({ name }) => name)).to.have.members(names);
    for (const name of names) {
      expect(await contentOf(client, `/${name}`)).to.equal(name);
    }
  });

  it("cannot have a name that S3 does not take", async () => {
    const { sftp } = await rawClient(running, "acme");
    expect(await outcome((done) => sftp.open(`/${"x".repeat(1100)}`, "w", done))).to.equal(status.failure);
    expect(await outcome((done) => sftp.stat(`/${"x".repeat(1100)}`, done))).to.equal(status.missing);
  });
});

describe("a server without the option to ignore times and modes", () => {
  it("refuses them", async () => {
    const deployment = deploymentOf({ tenant: "acme" });
    resource(deployment, "Server").inputs["protocolDetails"] = undefined;
    resource(deployment, "Server").outputs["protocolDetails"] = undefined;
    const running = await RunningGateway.start(deployment);
    try {
      const { sftp } = await rawClient(running, "acme");
      expect(await outcome((done) => sftp.chmod("/a", 0o600, done))).to.equal(status.unsupported);
    } finally {
      await running.stop();
    }
  });
});

describe("a tenant with several folders", () => {
  const folders = {
    "/inbox": "tenants/acme/inbox",
    "/outbox": "tenants/acme/outbox",
    "/shared/prices": "shared/prices",
  };

  it("sees them in a root in which nothing can be written", async () => {
    const running = await RunningGateway.start(deploymentOf({ tenant: "acme", mappings: folders }));
    try {
      const client = await running.client("acme");
      expect((await client.list("/")).map(({ name }) => name)).to.deep.equal(["inbox", "outbox", "shared"]);
      expect((await client.list("/shared")).map(({ name }) => name)).to.deep.equal(["prices"]);
      await client.put(Buffer.from("x"), "/inbox/a.txt");
      expect(existsSync(running.file("tenants/acme/inbox/a.txt"))).to.equal(true);
      const { sftp } = await rawClient(running, "acme");
      for (const path of ["/a.txt", "/shared/a.txt", "/inbox"]) {
        expect(await outcome((done) => sftp.open(path, "w", done)), path).to.equal(status.denied);
        expect(await outcome((done) => sftp.mkdir(path, done)), path).to.equal(status.denied);
      }
      expect(await outcome((done) => sftp.rmdir("/inbox", done))).to.equal(status.denied);
    } finally {
      await running.stop();
    }
  });

  it("lands in its home directory, from which relative paths start", async () => {
    const mappings = { "/home": "tenants/acme", "/prices": "shared/prices" };
    const running = await RunningGateway.start(deploymentOf({ tenant: "acme", mappings, homeDirectory: "/home" }));
    try {
      const client = await running.client("acme");
      expect(await client.cwd()).to.equal("/home");
      await client.put(Buffer.from("x"), "a.txt");
      expect(existsSync(running.file("tenants/acme/a.txt"))).to.equal(true);
    } finally {
      await running.stop();
    }
  });

  it("does not see those in which nothing lies, without directory listing optimisation", async () => {
    const deployment = deploymentOf({
      tenant: "acme",
      mappings: {
        "/inbox": "tenants/acme/inbox",
        "/outbox": "tenants/acme/outbox",
        "/Out/Old/A": "tenants/acme/a",
        "/In/New/B": "tenants/acme/b",
      },
    });
    resource(deployment, "Server").inputs["s3StorageOptions"] = { directoryListingOptimization: "DISABLED" };
    const running = await RunningGateway.start(deployment);
    try {
      const client = await running.client("acme");
      await client.put(Buffer.from("x"), "/inbox/a.txt");
      expect((await client.list("/")).map(({ name }) => name)).to.deep.equal(["inbox"]);
      await client.put(Buffer.from("x"), "/Out/Old/A/a.txt");
      expect((await client.list("/")).map(({ name }) => name)).to.deep.equal(["Out", "inbox"]);
      expect((await client.list("/Out")).map(({ name }) => name)).to.deep.equal(["Old"]);
      for (const path of ["/In", "/In/New", "/In/New/B"]) {
        expect(await client.exists(path)).to.equal(false);
      }
    } finally {
      await running.stop();
    }
  });
});
