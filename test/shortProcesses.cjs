// A plugin of mocha: Node's processes that tests start load test/fixtures/shortProcess.cjs first, and share what they compile
// for as long as the tests run.
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const first = `--require ${JSON.stringify(join(__dirname, "fixtures/shortProcess.cjs"))}`;
const { NODE_OPTIONS: options = "" } = process.env;

/** Once, before mocha starts its own workers, which take neither part: they live long. */
exports.mochaGlobalSetup = () => {
  process.env.COMPILED_CODE = mkdtempSync(join(tmpdir(), "compiled-code-"));
};

/** A process that is about to end may write into it once more. */
exports.mochaGlobalTeardown = () => rmSync(process.env.COMPILED_CODE, { recursive: true, force: true, maxRetries: 9 });

exports.mochaHooks = {
  beforeAll() {
    process.env.NODE_OPTIONS = `${options} ${first}`;
  },
};
