import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { deflateRawSync } from "node:zlib";
import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { bundleFunction, type Bundle } from "../../functions/bundle";
import type * as OnUploadBundle from "../../functions/on-upload";
import { environment } from "./fakeAws";
import { arrivalOf } from "./invocations";
import { outputOf } from "./output";

const project = resolve(__dirname, "../..");
const load = createRequire(__filename);
const run = promisify(execFile);

describe("the bundle of on-upload", () => {
  let bundle: Bundle;
  let code: string;
  let folder: string;

  before(async () => {
    bundle = await bundleFunction("on-upload");
    code = bundle.files["index.mjs"] ?? "";
    folder = await mkdtemp(join(tmpdir(), "on-upload-"));
    await writeFile(join(folder, "index.mjs"), code);
    await writeFile(join(folder, "empty.mjs"), "export {};");
  });

  after(() => rm(folder, { recursive: true }));

  it("is made once a process", async () => {
    expect(await bundleFunction("on-upload")).to.equal(bundle);
  });

  it("holds nothing of the place where it is made", () => {
    expect(code).not.to.contain(project);
  });

  it("is the same, byte for byte, from another place and another process, and kept until a source changes", async () => {
    const place = await copyOfSources(join(folder, "elsewhere"));
    const hook = join(place, "functions/on-upload/hook/index.ts");
    const source = await readFile(hook, "utf8");
    const made = async () => {
      const esbuild = "Object.keys(require.cache).some((file) => /esbuild.lib/.test(file))";
      const { stdout } = await bundleIn(place, `process.stdout.write(JSON.stringify([bundle.sha256, ${esbuild}]))`);
      return JSON.parse(stdout) as [sha256: string, byEsbuild: boolean];
    };
    expect(await made()).to.deep.equal([bundle.sha256, true]);
    expect(await made()).to.deep.equal([bundle.sha256, false]);
    await writeFile(hook, `${source}\nconsole.log("changed");`);
    const [changed] = await made();
    expect(changed).not.to.equal(bundle.sha256);
    await writeFile(hook, source);
    expect(await made()).to.deep.equal([bundle.sha256, true]);
  });

  it("is below 2 MB when zipped", () => {
    expect(deflateRawSync(code).length).to.be.below(2_000_000);
  });

  it("is imported cold in less than 150 ms", async () => {
    // Time of the processor, above that of an empty module: other work on the machine does not count.
    const script = `const cost = async (file) => {
        const start = process.cpuUsage();
        await import(${JSON.stringify(folder)} + "/" + file);
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1000;
      };
      const floor = await cost("empty.mjs");
      process.stdout.write(String((await cost("index.mjs")) - floor));`;
    const costs: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      costs.push(Number((await run(process.execPath, ["--input-type=module", "-e", script])).stdout));
    }
    expect(costs.sort((a, b) => a - b)[1]).to.be.below(150);
  });

  it("runs without AWS through createHandler, and twice is once", async () => {
    const script = `import { createHandler, MemoryStore } from ${JSON.stringify(join(folder, "index.mjs"))};
      const publish = async (announcement) => void process.stdout.write(JSON.stringify(announcement) + "\\n");
      const handler = createHandler({ publish, store: new MemoryStore(), metricsNamespace: "laptop" });
      const invocation = { awsRequestId: "1", getRemainingTimeInMillis: () => 30000 };
      const input = ${JSON.stringify(arrivalOf({ key: `${tenantPrefix("acme")}a b.csv` }))};
      await handler(input, invocation);
      await handler(input, invocation);`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script]);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.flatMap(({ attributes }) => attributes ?? [])).to.deep.equal([
      { owner: "tenant:acme", complete: "true" },
    ]);
    expect(lines.filter(({ Files }) => Files === 1).length).to.equal(1);
  });

  it("fails at the first event, with a name, when its environment is not set", async () => {
    const script = `import { handler } from ${JSON.stringify(join(folder, "index.mjs"))};
      await handler({}, {}).catch((error) => process.stdout.write(error.message));`;
    const env = { PATH: process.env["PATH"], ...environment, TABLE_NAME: "" };
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { env });
    expect(stdout).to.equal("the environment variable TABLE_NAME is not set");
  });

  it("holds the hook that the user puts in its folder: the one that the README shows", async () => {
    const received: string[] = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        received.push(body);
        response.end();
      });
    }).listen(0, "127.0.0.1");
    const url = () => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/uploads`;
    try {
      const place = await copyOfSources(join(folder, "hooked"));
      const hook = join(place, "functions/on-upload/hook");
      const shown = /```ts\n(.*?)```/s.exec(await readFile(join(hook, "README.md"), "utf8"))?.[1] ?? "";
      await writeFile(join(hook, "index.ts"), shown.replace("https://orders.example/uploads", url()));
      const elsewhere = load(join(place, "functions/bundle.ts")) as { bundleFunction: typeof bundleFunction };
      const hooked = await elsewhere.bundleFunction("on-upload");
      await writeFile(join(place, "index.mjs"), hooked.files["index.mjs"] ?? "");
      const { createHandler, MemoryStore } = (await import(join(place, "index.mjs"))) as typeof OnUploadBundle;
      const handler = createHandler({
        publish: () => Promise.resolve(),
        store: new MemoryStore(),
        metricsNamespace: "laptop",
      });
      const invocation = { awsRequestId: "1", getRemainingTimeInMillis: () => 30_000 };
      const { error } = await outputOf(() => handler(arrivalOf({ key: `${tenantPrefix("acme")}a b.csv` }), invocation));
      expect(error).to.equal(undefined);
      expect(received.map((body) => (JSON.parse(body) as { path: string }).path)).to.deep.equal(["a b.csv"]);
    } finally {
      server.close();
    }
  });
});

/** The sources that a bundle is made of, in another folder; packages by links. No bundle is kept there. */
async function copyOfSources(place: string): Promise<string> {
  for (const part of ["functions", "access", "uploads", "tenancy", "invisible.ts", "package.json"]) {
    await cp(join(project, part), join(place, part), { recursive: true });
  }
  await mkdir(join(place, "node_modules"));
  for (const entry of await readdir(join(project, "node_modules"))) {
    if (entry !== ".cache") {
      await symlink(join(project, "node_modules", entry), join(place, "node_modules", entry));
    }
  }
  return place;
}

function bundleIn(place: string, script: string) {
  const source = `require("./functions/bundle").bundleFunction("on-upload").then((bundle) => { ${script} });`;
  return run(process.execPath, ["-r", join(project, "cli/typescript.cjs"), "-e", source], {
    cwd: place,
  });
}
