import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { bundleFunction } from "../../../functions/bundle";
import { recordFiles } from "../../../functions/identity-provider/recordFiles";
import { keys, recordOf, requestOf } from "./provider";

const run = promisify(execFile);

const project = resolve(__dirname, "../../..");

describe("the bundle of the identity provider", () => {
  let folder: string;
  let code: string;
  let table: Server;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "identity-provider-"));
    code = (await bundleFunction("identity-provider")).files["index.mjs"] ?? "";
    await mkdir(join(folder, "records"));
    for (const [name, text] of Object.entries({ "index.mjs": code, ...recordFiles([recordOf()]) })) {
      await writeFile(join(folder, name), text);
    }
    table = createServer((_, response) => response.end("{}"));
    await new Promise<void>((listening) => table.listen(0, "127.0.0.1", listening));
    env = {
      PATH: process.env["PATH"],
      TABLE_NAME: "gw-identity-provider",
      AUTHENTICATION: "PUBLIC_KEY_OR_PASSWORD",
      POWERTOOLS_METRICS_NAMESPACE: "gw",
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(table.address() as AddressInfo).port}`,
    };
  });

  after(async () => {
    table.close();
    await rm(folder, { recursive: true });
  });

  /** What the handler answers, or the messages of what it throws, in a process of its own that begins elsewhere. */
  async function invoke(requests: readonly object[], environment: NodeJS.ProcessEnv = env): Promise<unknown> {
    const script = `const { handler } = await import(${JSON.stringify(join(folder, "index.mjs"))});
      const answers = [];
      for (const request of ${JSON.stringify(requests)}) {
        answers.push(await handler(request, { awsRequestId: "1" }).catch(({ message }) => message));
      }
      console.log("answers " + JSON.stringify(answers));`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], {
      env: environment,
      cwd: tmpdir(),
    });
    return JSON.parse(/^answers (.*)$/m.exec(stdout)?.[1] ?? "null");
  }

  it("answers from the records that lie beside it, and from the table that the environment names", async () => {
    const requests = [requestOf(), requestOf({ username: "globex" }), requestOf({ password: "wrong" })];
    const [known, ...others] = (await invoke(requests)) as object[];
    expect(known).to.deep.include({ Role: recordOf().role, PublicKeys: [keys[0]] });
    expect(others).to.deep.equal([{}, {}]);
  });

  it("fails at the first event, with a name, when its environment is not set", async () => {
    for (const name of ["TABLE_NAME", "AUTHENTICATION", "POWERTOOLS_METRICS_NAMESPACE"]) {
      const said = await invoke([requestOf()], { ...env, [name]: "" });
      expect(said).to.deep.equal([`the environment variable ${name} is not set`]);
    }
  });

  it("holds nothing of the machine that it was made on", () => {
    expect(code).not.to.contain(project);
  });
});
