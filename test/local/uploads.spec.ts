import { expect } from "chai";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeFolder } from "../../functions/codeFolder";
import { DataFolder } from "../../local/dataFolder";
import { startGateway } from "../../local/gateway";
import { deploymentOf } from "./setting/deployment";
import { opened, rawClient, written } from "./setting/protocol";
import { contentOf, RunningGateway, temporaryFolder } from "./setting/running";

describe("an upload", () => {
  let running: RunningGateway;
  beforeEach(async () => {
    running = await RunningGateway.start(deploymentOf({ tenant: "acme" }));
  });
  afterEach(() => running.stop());

  it("shows nothing before it is closed", async () => {
    const { sftp } = await rawClient(running, "acme");
    const handle = await opened(sftp, "/a.txt", "w");
    await written(sftp, handle, "half", 0);
    expect(existsSync(running.file("tenants/acme/a.txt"))).to.equal(false);
    expect(await (await running.client("acme")).list("/")).to.deep.equal([]);
  });

  it("leaves what was there until it is closed", async () => {
    writeFileSync(running.file("old.txt"), "");
    const client = await running.client("acme");
    await client.put(Buffer.from("whole"), "/a.txt");
    const { sftp } = await rawClient(running, "acme");
    const handle = await opened(sftp, "/a.txt", "w");
    await written(sftp, handle, "ha", 0);
    expect(await contentOf(client, "/a.txt")).to.equal("whole");
  });

  it("is stored as far as it came when the client vanishes", async () => {
    const { client, sftp } = await rawClient(running, "acme");
    const handle = await opened(sftp, "/a.txt", "w");
    await written(sftp, handle, "half", 0);
    client.destroy();
    await running.until(() => running.eventsOf("PARTIAL_CLOSE").length === 1);
    expect(readFileSync(running.file("tenants/acme/a.txt"), "utf8")).to.equal("half");
    expect(running.eventsOf("PARTIAL_CLOSE")[0]).to.include({ user: "acme", "bytes-in": "4" });
  });

  it("is stored as far as it came when the client ends its session with the file open", async () => {
    const { client, sftp } = await rawClient(running, "acme");
    const handle = await opened(sftp, "/a.txt", "w");
    await written(sftp, handle, "half", 0);
    sftp.end();
    await running.until(() => running.eventsOf("PARTIAL_CLOSE").length === 1);
    client.end();
    expect(readFileSync(running.file("tenants/acme/a.txt"), "utf8")).to.equal("half");
  });

  it("of nothing makes an empty object", async () => {
    await (await running.client("acme")).put(Buffer.alloc(0), "/empty.txt");
    expect(readFileSync(running.file("tenants/acme/empty.txt"), "utf8")).to.equal("");
  });

  it("of two clients to one name ends in one of them, whole", async () => {
    const [one, other] = [await running.client("acme"), await running.client("acme")];
    const contents = ["1".repeat(300_000), "2".repeat(200_000)];
    await Promise.all([one.put(Buffer.from(contents[0]!), "/a"), other.put(Buffer.from(contents[1]!), "/a")]);
    expect(contents).to.include(readFileSync(running.file("tenants/acme/a"), "utf8"));
  });
});

describe("what an unfinished upload left behind", () => {
  it("is removed at the next start", async () => {
    const folder = temporaryFolder();
    try {
      const once = async () => {
        const data = await DataFolder.open(folder.path);
        const deployment = deploymentOf({ tenant: "acme" });
        const unheard = { onLogLine: () => undefined, onDeliveryLine: () => undefined };
        await (await startGateway({ deployment, data, port: 0, codeFolder, ...unheard })).close();
        data.release();
        return data.uploads;
      };
      writeFileSync(join(await once(), "left-over"), "half");
      expect(readdirSync(await once())).to.deep.equal([]);
    } finally {
      folder.remove();
    }
  });
});
