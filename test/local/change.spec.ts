import { expect } from "chai";
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client, type Algorithms } from "ssh2";
import { UnreadableDeploymentError } from "../../inventory/resources";
import type { Deployment } from "../../synth/deployment";
import { deploymentOf, policyText, readWriteBelow, resource, type UserDraft } from "./setting/deployment";
import { inLambdaMode } from "./setting/lambdaMode";
import { connected, outcome, rawClient, status } from "./setting/protocol";
import { contentOf, RunningGateway } from "./setting/running";

const acme: UserDraft = { tenant: "acme" };
const globex: UserDraft = { tenant: "globex" };
const readOnly = [{ Effect: "Allow", Action: ["s3:ListBucket", "s3:GetObject"], Resource: "*" }];

const ways: Readonly<Record<string, (deployment: Deployment) => Deployment | Promise<Deployment>>> = {
  "where the service manages users": (deployment) => deployment,
  "where a function decides": (deployment) => inLambdaMode(deployment),
};

for (const [way, served] of Object.entries(ways)) {
  describe(`another deployment of a gateway that runs, ${way}`, () => {
    let running: RunningGateway;

    beforeEach(async () => {
      running = await RunningGateway.start(await served(deploymentOf(acme, globex)));
    });
    afterEach(async () => {
      clients.splice(0).forEach((client) => client.end());
      await running.stop();
    });

    const clients: Client[] = [];
    const change = async (...users: UserDraft[]) => running.gateway.change(await served(deploymentOf(...users)));
    it("lets in who is new and keeps out who is gone; keys and passwords of the others stay", async () => {
      const before = running.gateway.tenants.find(({ name }) => name === "acme");
      const key = readFileSync(before!.privateKey!, "utf8");
      const [gone, initech] = [running.credentials("globex"), { tenant: "initech" }];
      const keyOfGlobex = running.privateKey("globex");
      await change(acme, initech);
      await connected(running.port, "globex", keyOfGlobex).then(
        () => expect.fail("globex is let in"),
        (error: Error) => expect(error.message).to.equal("All configured authentication methods failed"),
      );
      expect(running.gateway.tenants.map(({ name }) => name)).to.deep.equal(["acme", "initech"]);
      expect(running.gateway.tenants[0]).to.deep.equal(before);
      expect(readFileSync(before!.privateKey!, "utf8")).to.equal(key);
      await (await running.client("initech")).put(Buffer.from("new"), "/a.txt");
      expect(readFileSync(running.file("tenants/initech/a.txt"), "utf8")).to.equal("new");
      await running.client("acme");
      const sshConfig = readFileSync(join(running.folder, ".gateway/ssh_config"), "utf8");
      expect(sshConfig.match(/^Host .*/gm)).to.deep.equal(["Host acme", "Host initech"]);
      await change(acme, globex);
      expect(running.credentials("globex")).to.deep.equal(gone);
      await running.client("globex");
    });

    it("leaves an open session its folders and its session policy; the next one has the new ones", async () => {
      const open = await running.client("acme");
      await open.put(Buffer.from("before"), "/a.txt");
      await change({
        ...acme,
        mappings: { "/inbox": "tenants/acme/inbox" },
        session: readWriteBelow("tenants/acme/inbox/"),
      });
      await open.put(Buffer.from("after"), "/b.txt");
      expect((await open.list("/")).map(({ name }) => name).sort()).to.deep.equal(["a.txt", "b.txt"]);
      const next = await running.client("acme");
      expect((await next.list("/")).map(({ name }) => name)).to.deep.equal(["inbox"]);
    });

    it("leaves the session of a tenant that is gone open", async () => {
      const open = await running.client("globex");
      await change(acme);
      await open.put(Buffer.from("still"), "/a.txt");
      expect(await contentOf(open, "/a.txt")).to.equal("still");
    });

    it("holds open sessions to the new policy of their role, and of the bucket", async () => {
      const { sftp } = await rawClient(running, "acme");
      const put = () => outcome((done) => sftp.writeFile("/a.txt", "content", done));
      expect(await put()).to.equal(undefined);
      const narrowed = deploymentOf(acme);
      resource(narrowed, "RolePolicy").inputs["policy"] = policyText(readOnly);
      await running.gateway.change(await served(narrowed));
      expect(await put()).to.equal(status.denied);
      expect(await outcome((done) => sftp.open("/a.txt", "r", done))).to.equal(undefined);
      await change(acme);
      expect(await put()).to.equal(undefined);
      const closed = deploymentOf(acme);
      resource(closed, "BucketPolicy").inputs["policy"] = policyText([
        { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "*" },
      ]);
      await running.gateway.change(await served(closed));
      expect(await put()).to.equal(status.denied);
    });

    it("gives open sessions nothing any more once their role is gone", async () => {
      const { sftp } = await rawClient(running, "acme");
      const text = JSON.stringify(deploymentOf(acme)).replaceAll("read-write-1234567", "read-only-7654321");
      const renamed = await served(JSON.parse(text) as Deployment);
      await running.gateway.change(renamed);
      expect(await outcome((done) => sftp.readdir("/", done))).to.equal(status.denied);
      await (await running.client("acme")).list("/");
    });

    it("keeps an upload that runs going", async () => {
      const { sftp } = await rawClient(running, "acme");
      const handle = await new Promise<Buffer>((done, fail) =>
        sftp.open("/a.txt", "w", (error, opened) => (error ? fail(error) : done(opened))),
      );
      const write = (text: string, at: number) =>
        outcome((done) => sftp.write(handle, Buffer.from(text), 0, text.length, at, done));
      expect(await write("half", 0)).to.equal(undefined);
      await change(acme);
      expect(await write(" and half", 4)).to.equal(undefined);
      expect(await outcome((done) => sftp.close(handle, done))).to.equal(undefined);
      expect(readFileSync(running.file("tenants/acme/a.txt"), "utf8")).to.equal("half and half");
    });

    it("is refused as a whole when it cannot be served, and the one before goes on", async () => {
      const wrong = deploymentOf(acme, { tenant: "initech" });
      resource(wrong, "Server").inputs["protocols"] = ["FTP"];
      const refusal = await running.gateway.change(await served(wrong)).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refusal).to.be.instanceOf(UnreadableDeploymentError);
      expect(running.gateway.tenants.map(({ name }) => name)).to.deep.equal(["acme", "globex"]);
      await (await running.client("globex")).put(Buffer.from("on"), "/a.txt");
    });

    it("is refused as a whole when the disk has no room for it, and served once it has", async () => {
      const [own, three] = [join(running.folder, ".gateway"), [acme, globex, { tenant: "initech" }] as const];
      // What a full disk does: nothing can be put in the file's place, and a key is there in part.
      rmSync(join(own, "ssh_config"));
      mkdirSync(join(own, "ssh_config"));
      const refusal = await change(...three).catch((error: unknown) => error);
      expect(refusal).to.be.instanceOf(Error);
      expect(running.gateway.tenants.map(({ name }) => name)).to.deep.equal(["acme", "globex"]);
      await running.client("globex");
      rmdirSync(join(own, "ssh_config"));
      writeFileSync(join(own, "keys", "umbrella"), "-----BEGIN");
      await change(...three, { tenant: "umbrella" });
      await running.client("initech");
      await running.client("umbrella");
    });

    it("is offered to clients that come from then on, and who is in stays in", async () => {
      const algorithms: Algorithms = { kex: ["diffie-hellman-group14-sha256"] };
      const { client, sftp } = await rawClient(running, "acme");
      const login = () =>
        new Promise<string>((done) => {
          const each = new Client();
          each
            .on("ready", () => done("in"))
            .on("error", ({ message }) => done(message))
            .connect({
              host: "127.0.0.1",
              port: running.port,
              readyTimeout: 110_000,
              ...running.credentials("acme"),
              algorithms,
            });
          clients.push(each);
        });
      expect(await login()).to.match(/no matching key exchange/);
      const older = deploymentOf(acme);
      resource(older, "Server").inputs["securityPolicyName"] = "TransferSecurityPolicy-2018-11";
      await running.gateway.change(await served(older));
      expect(await login()).to.equal("in");
      expect(await outcome((done) => sftp.readdir("/", done))).to.equal(undefined);
      client.end();
    });
  });
}

describe("a gateway that changes how logins are decided", () => {
  let running: RunningGateway;
  afterEach(() => running.stop());

  it("goes from the service's users to a function and back, with the same keys, and leaves no package", async () => {
    running = await RunningGateway.start(deploymentOf(acme));
    const key = running.privateKey("acme");
    await running.gateway.change(await inLambdaMode(deploymentOf(acme)));
    expect(running.gateway.methods).to.equal("PUBLIC_KEY_OR_PASSWORD");
    expect(running.privateKey("acme")).to.equal(key);
    await (await running.client("acme")).put(Buffer.from("by a function"), "/a.txt");
    await running.gateway.change(deploymentOf(acme));
    expect(running.gateway.methods).to.equal("PUBLIC_KEY");
    expect(running.gateway.tableEndpoint).to.equal(undefined);
    const packages = join(running.folder, ".gateway/identity-provider");
    await running.until(() => readdirSync(packages).length === 0);
    await running.client("acme");
  });

  it("keeps the table, what stands in it and its address", async () => {
    running = await RunningGateway.start(await inLambdaMode(deploymentOf(acme)));
    const { tableEndpoint } = running.gateway;
    await running.client("acme");
    await running.gateway.change(await inLambdaMode(deploymentOf(acme, globex)));
    expect(running.gateway.tableEndpoint).to.equal(tableEndpoint);
    await running.client("acme");
    await running.client("globex");
  });
});

describe("a change of hundreds of tenants", () => {
  it("is taken over bit by bit, so that those who transfer meanwhile are answered", async () => {
    const running = await RunningGateway.start(deploymentOf(acme));
    try {
      const many = deploymentOf(...Array.from({ length: 300 }, (_, index) => ({ tenant: `tenant-${index}` })));
      const { longest, all } = await processorTime(() => running.gateway.change(many));
      expect(running.gateway.tenants).to.have.lengthOf(300);
      expect(longest / all, `of ${all} ms the longest piece`).to.be.lessThan(0.25);
    } finally {
      await running.stop();
    }
  });

  /** In milliseconds: of all that was done, and of the longest piece without a turn of others. */
  async function processorTime(work: () => Promise<void>): Promise<{ longest: number; all: number }> {
    const since = (start?: NodeJS.CpuUsage) => {
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    const pieces: number[] = [];
    let begun = process.cpuUsage();
    const turn = () => {
      pieces.push(since(begun));
      begun = process.cpuUsage();
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    const start = process.cpuUsage();
    await work();
    clearImmediate(next);
    return { longest: Math.max(...pieces, since(begun)), all: since(start) };
  }
});
