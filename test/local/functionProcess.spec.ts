import { spawn } from "node:child_process";
import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { FunctionProcess } from "../../local/function/functionProcess";
import { ended } from "../processes";
import { temporaryFolder } from "./setting/running";

const runtime = resolve(__dirname, "../../local/delivery/function/functionRuntime.mjs");
const handlerRuntime = resolve(__dirname, "../../local/function/handlerRuntime.mjs");
const project = resolve(__dirname, "../..");

describe("the process of a function", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  /** @param handler JavaScript of the handler's body, in which `input` and `publish` are known. */
  function code(handler: string): string {
    const file = join(folder.path, "index.mjs");
    writeFileSync(
      file,
      `export class MemoryStore {}
export const createHandler = ({ publish }) => async (input, { awsRequestId, getRemainingTimeInMillis }) => { ${handler} };`,
    );
    return file;
  }

  function processOf(codeFile: string, publish: () => void = () => undefined) {
    const lines: string[] = [];
    const onLine = (line: string) => lines.push(line);
    const options = { runtime, codeFile, environment: {}, timeoutSeconds: 5, onLine, publish };
    return { lines, process: new FunctionProcess(options) };
  }

  it("is started at the first invocation and kept for the next, until it is ended", async () => {
    const { process: running, lines } = processOf(code("console.log(process.pid, input, awsRequestId)"));
    expect((await running.invoke("r1", "one")).error).to.equal(undefined);
    expect((await running.invoke("r2", "two")).error).to.equal(undefined);
    await running.end();
    const [first, second] = lines.map((line) => line.split(" "));
    expect([first![1], first![2], second![1], second![2]]).to.deep.equal(["one", "r1", "two", "r2"]);
    expect(second![0]).to.equal(first![0]);
    expect(() => process.kill(Number(first![0]), 0)).to.throw("ESRCH");
  });

  it("is not ended by the Ctrl-C that a terminal sends to every process: the gateway has its deliveries to finish", async () => {
    const { process: running, lines } = processOf(code("console.log(process.pid)"));
    await running.invoke("r1", null);
    await waitFor(() => lines.length === 1);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.kill(Number(lines[0]), signal);
    }
    expect((await running.invoke("r2", null)).error).to.equal(undefined);
    await running.end();
    expect(lines).to.deep.equal([lines[0], lines[0]]);
  });

  it("ends although it never was invoked", async () => {
    await processOf(code("")).process.end();
  });

  it("is told why the topic does not take a message", async () => {
    const { process: running } = processOf(code("await publish({ message: input })"), () => {
      throw new Error("the topic is closed");
    });
    expect((await running.invoke("r", "m")).error).to.include({
      errorType: "AuthorizationErrorException",
      errorMessage: "the topic is closed",
    });
    await running.end();
  });

  it("answers with what the handler returns", async () => {
    const { process: running } = processOf(code("return { of: input }"));
    expect(await running.invoke("r", "one")).to.deep.equal({ answer: { of: "one" } });
    await running.end();
  });

  for (const [what, handler, error] of [
    ["a text", 'throw "no reason"', { errorType: "string", errorMessage: "no reason" }],
    ["an error without a stack", "throw Object.assign(new Error('x'), { stack: undefined })", { errorMessage: "x" }],
  ] as const) {
    it(`fails with ${what} that is thrown`, async () => {
      const { process: running } = processOf(code(handler));
      expect((await running.invoke("r", null)).error).to.deep.include(error);
      await running.end();
    });
  }

  it("fails when the code is none of ours, and says so in its log", async () => {
    const file = join(folder.path, "index.mjs");
    writeFileSync(file, "export const handler = () => undefined;");
    const { process: running, lines } = processOf(file);
    expect((await running.invoke("r", null)).error!.errorMessage).to.match(/Runtime exited with error: exit status 1$/);
    await running.end();
    expect(lines.join("\n")).to.match(/the code exports no createHandler and MemoryStore/);
  });

  describe("by the handler that Lambda itself would call", () => {
    const options = { runtime: handlerRuntime, environment: {}, timeoutSeconds: 0.3, onLine: () => undefined };

    function processOf(text: string): FunctionProcess {
      const codeFile = join(folder.path, "index.mjs");
      writeFileSync(codeFile, text);
      return new FunctionProcess({ ...options, codeFile });
    }

    it("answers with what it returns, and with an error when it takes too long", async () => {
      const running = processOf(
        "export const handler = (input) => input === 'late' ? new Promise(() => undefined) : { of: input };",
      );
      expect(await running.invoke("r1", "one")).to.deep.equal({ answer: { of: "one" } });
      expect((await running.invoke("r2", "late")).error).to.include({ errorType: "Sandbox.Timedout" });
      expect(await running.invoke("r3", "two")).to.deep.equal({ answer: { of: "two" } });
      await running.end();
    });

    it("fails when there is none", async () => {
      const running = processOf("export const other = 1;");
      expect((await running.invoke("r", null)).error!.errorMessage).to.match(/exited with error: exit status 1$/);
      await running.end();
    });
  });

  for (const [how, handler] of [
    ["idle", "console.log(process.pid)"],
    ["busy for ever", "console.log(process.pid); for (;;);"],
  ] as const) {
    it(`does not outlive a gateway that is killed, ${how}`, async () => {
      const script = `const { FunctionProcess } = require("./local/function/functionProcess");
        const options = { runtime: ${JSON.stringify(runtime)}, codeFile: ${JSON.stringify(code(handler))}, environment: {}, timeoutSeconds: 60, publish() {} };
        new FunctionProcess({ ...options, onLine: (line) => console.log(line) }).invoke("r", null);`;
      const gateway = spawn(process.execPath, ["-r", "./cli/typescript.cjs", "-e", script], {
        cwd: project,
        stdio: ["ignore", "pipe", "inherit"],
      });
      const pid = await new Promise<number>((found) =>
        createInterface(gateway.stdout).once("line", (line) => found(Number(line))),
      );
      gateway.kill("SIGKILL");
      await ended(pid);
    });
  }
});

async function waitFor(happened: () => boolean): Promise<void> {
  while (!happened()) {
    await new Promise((again) => setTimeout(again, 5));
  }
}
