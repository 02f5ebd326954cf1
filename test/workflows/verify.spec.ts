import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { projectDirectory } from "../components/gatewayStack";

/** Stands for npm (run -s SCRIPT): notes what is asked for, prints what the test says of it, and fails where it has no answer. */
const npm = `#!/bin/sh
echo "$3" >>"$ANSWERS/asked"
cat "$ANSWERS/$3"
`;

const passing: Readonly<Record<string, string>> = {
  typecheck: "",
  lint: "",
  "format:check": "All matched files use Prettier code style!\n",
  test: "    \u2714 says: 9 passing\n\n\u001b[92m \u001b[0m\u001b[32m 30 passing\u001b[0m\u001b[90m (2m)\u001b[0m\n\u001b[36m \u001b[0m\u001b[36m 2 pending\u001b[0m\n\n",
  "test:engine": "Engine: pulumi\n\n  15 passing (8m)\n\n15 passed, 0 failed, 0 skipped\n",
  "test:browser": "\n  7 passing (1m)\n  1 pending\n\n",
};

describe("npm run verify", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "verify-"));
    writeFileSync(join(folder, "npm"), npm, { mode: 0o755 });
    Object.entries(passing).forEach(([script, text]) => writeFileSync(join(folder, script), text));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function verify(...flags: string[]) {
    const { status, stdout, stderr } = spawnSync("bash", [join(projectDirectory, ".ci/verify"), ...flags], {
      env: { ...process.env, PATH: `${folder}:${String(process.env["PATH"])}`, ANSWERS: folder },
      encoding: "utf8",
    });
    return { status, stdout, stderr, closing: stdout.trimEnd().split("\n").slice(-2) };
  }

  const asked = () => readFileSync(join(folder, "asked"), "utf8").trimEnd().split("\n").sort();

  it("runs each check and each group of tests, and closes with the sum of what they count", () => {
    const { status, stdout, closing } = verify();
    expect(status).to.equal(0);
    expect(closing).to.deep.equal(["skipped groups: none", "52 passed, 0 failed, 3 skipped"]);
    expect(asked()).to.deep.equal(Object.keys(passing).sort());
    expect(stdout).to.include(passing["format:check"]).and.to.include(passing["test:engine"]);
  });

  it("leaves out engine and browser by --quick, and says so", () => {
    const { status, closing } = verify("--quick");
    expect(status).to.equal(0);
    expect(closing).to.deep.equal([
      "skipped groups: engine (--quick), browser (--quick)",
      "30 passed, 0 failed, 2 skipped",
    ]);
    expect(asked()).to.deep.equal(["format:check", "lint", "test", "typecheck"]);
  });

  it("names a group that ran nothing, because this machine lacks what it needs", () => {
    writeFileSync(join(folder, "test:engine"), "Neither a pulumi nor a Go\n0 passed, 0 failed, 151 skipped\n");
    writeFileSync(join(folder, "test:browser"), "\n  0 passing (3ms)\n  8 pending\n");
    const { status, closing } = verify();
    expect(status).to.equal(0);
    expect(closing).to.deep.equal([
      "skipped groups: engine (none of its 151 tests could run), browser (none of its 8 tests could run)",
      "30 passed, 0 failed, 161 skipped",
    ]);
  });

  it("counts what failed, in mocha's words and in the engine tests'", () => {
    writeFileSync(join(folder, "test"), "\n  3 passing (1s)\n  1 failing\n\n  1) says:\n     + 4 failing\n");
    writeFileSync(join(folder, "test:engine"), "\n  2 passing (8m)\n  3 failing\n\n2 passed, 3 failed, 0 skipped\n");
    expect(verify().closing.at(-1)).to.equal("12 passed, 4 failed, 1 skipped");
  });

  it("says once more at the end which tests failed and why, without colours", () => {
    writeFileSync(
      join(folder, "test"),
      "\u001b[31m  1 failing\u001b[0m\n\n  1) says:\n     \u001b[31mnot this\u001b[0m\n\n",
    );
    expect(verify().stdout).to.match(
      /\n {2}1 pending\n\n\n== Failed unit tests\n {2}1 failing\n\n {2}1\) says:\n {5}not this\n\nskipped groups/,
    );
  });

  for (const script of Object.keys(passing)) {
    it(`fails when ${script} does, and runs the rest all the same`, () => {
      rmSync(join(folder, script));
      const { status, stdout } = verify();
      expect(status).to.equal(1);
      expect(stdout).to.match(/\nFailed: (.*)\nskipped groups: .*\n\d+ passed, \d+ failed, \d+ skipped\n$/);
      expect(/^Failed: (.*)$/m.exec(stdout)?.[1]).to.equal(script);
      expect(asked()).to.deep.equal(Object.keys(passing).sort());
    });
  }

  it("refuses any other flag, and shows its help", () => {
    const wrong = verify("--fast");
    expect(wrong.status).to.equal(2);
    expect(wrong.stderr).to.match(/^error: the one flag is --quick, not "--fast"\n\nUsage: npm run verify /);
    expect(verify("--help")).to.deep.include({ status: 0, stderr: "" });
  });
});
