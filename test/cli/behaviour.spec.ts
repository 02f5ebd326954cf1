import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";
import { withProgress } from "../../cli/progress";
import { CommandProcess } from "../fixtures/commandProcess";
import type { Ended } from "../fixtures/ended";
import { publicKey } from "../publicKeys";

const project = resolve(__dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const sources = "test/adoption/sources";
const own = Object.entries(scripts).filter(([, script]) => /^(?:exec node|bash) /.test(script));

/** What npm sets for a command when it is called in a folder. */
function environmentOf(caller: string): NodeJS.ProcessEnv {
  return { ...process.env, INIT_CWD: caller, npm_package_json: join(project, "package.json") };
}

/** Runs what npm would run, in the project's folder. */
function run(script: string, flags: string, nodeOptions = "", keptByNpm: NodeJS.ProcessEnv = {}) {
  const environment = { ...environmentOf(project), NODE_OPTIONS: nodeOptions, ...keptByNpm };
  const command = scripts[script]?.replace("exec ", "") ?? "";
  const { status, stdout, stderr } = spawnSync("bash", ["-c", `${command} ${flags}`], {
    cwd: project,
    env: environment,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("every script that is a command", () => {
  let commands: CommandProcess;
  before(() => (commands = new CommandProcess(project)));
  after(() => commands.end());

  /** Those of Node run in one process; whether it takes their flags is asked below. */
  async function answer(name: string, file: string, flag: string): Promise<Ended> {
    if (file.endsWith(".ts")) {
      const command = relative("cli", file).replace(/\.ts$/, "");
      return commands.run({ command, words: [flag], directory: project });
    }
    const { status: code, stdout, stderr } = run(name, flag);
    return { code, stdout, stderr };
  }

  for (const [name, script] of own) {
    const [file = ""] = /\S+$/.exec(script) ?? [];
    it(`npm run ${name} shows its help for --help`, async () => {
      const { code, stdout, stderr } = await answer(name, file, "--help");
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      expect(stdout).to.match(new RegExp(`^Usage: npm (run )?${name}\\b`));
    });

    // That -h is --help of a command that takes its flags by `withFlags`, the specs of check and tenant say.
    if (/withFlags|withVerbs/.test(readFileSync(join(project, file), "utf8"))) {
      continue;
    }
    it(`npm run ${name}, which reads its flags itself, shows the same for -h`, async () => {
      expect(await answer(name, file, "-h")).to.deep.equal(await answer(name, file, "--help"));
    });
    if (name === "test:engine") {
      continue; // Its flags are mocha's, and the tests would run.
    }
    it(`npm run ${name} does nothing but say so where it does not know a flag`, async () => {
      const { code, stdout, stderr } = await answer(name, file, "--hepl");
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr)
        .to.match(/^error: .*--hepl.*\n/)
        .and.not.match(/^ +at /m);
    });
  }

  it("gives Node flags that it takes", () => {
    const flags = own.flatMap(([, script]) => script.match(/ --[\w-]+=\S+/g) ?? []);
    expect(flags.length).to.be.greaterThan(0);
    const { status, stderr } = spawnSync("bash", ["-c", `node ${flags.join("")} -e ""`], { encoding: "utf8" });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
  });

  it("is what the README says to type", () => {
    expect(readFileSync(join(project, "README.md"), "utf8")).to.include("`npm run check -- --help`");
  });
});

describe("a command whose flag npm has taken for the beginning of one of its own", () => {
  // As npm sets them for `npm run import keys --replace` and `npm run stop acme --by=ann`.
  for (const [script, words, variable, right] of [
    ["import", `${sources}/keys`, "npm_config_replace_registry_host", "npm run import -- SOURCE --replace"],
    ["stop", "acme", "npm_config_bypass_2fa", "npm run stop -- TENANT --by WHO"],
  ] as const) {
    it(`does nothing but say so: npm run ${script}`, () => {
      const { status, stdout, stderr } = run(script, words, "", { [variable]: "true" });
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
      expect(stderr.split("\n")[0]).to.match(new RegExp(`^error: npm has kept --\\w+ to itself; .*: ${right}$`));
    });
  }
});

describe("a command that npm is called for in another folder", () => {
  let caller: string;
  let commands: CommandProcess;
  before(() => {
    caller = mkdtempSync(join(tmpdir(), "caller-"));
    writeFileSync(join(caller, "t.yaml"), `tenants:\n  - name: acme\n    sshKeys: ["${publicKey(1).text}"]\n`);
    writeFileSync(join(caller, "key.pub"), `${publicKey(2).text}\n`);
    commands = new CommandProcess(project, environmentOf(caller));
  });
  after(() => {
    commands.end();
    rmSync(caller, { recursive: true });
  });

  const call = (command: string, flags: string) =>
    commands.run({ command, words: flags.split(" ").filter(Boolean), directory: project });

  it("reads the file that stands there", async () => {
    expect(await call("check", "--tenants t.yaml")).to.deep.include({ code: 0, stderr: "" });
    expect((await call("check", "--tenants none.yaml")).stderr).to.match(
      /\/none\.yaml:1:1: error: there is no such file/,
    );
  });

  it("gives its path to the process that it starts", async () => {
    const { code, stdout, stderr } = await call("access", "--tenants t.yaml --format json");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.include('"name": "acme"').and.to.not.include("northwind");
  });

  it("edits the file that stands there, with the key that stands there", async () => {
    expect(await call("tenant", "add-key acme --tenants ./t.yaml --key key.pub")).to.deep.include({
      code: 0,
      stderr: "",
    });
    expect(readFileSync(join(caller, "t.yaml"), "utf8")).to.include(publicKey(2).text);
  });

  it("reads the other files that stand there, too", async () => {
    writeFileSync(join(caller, "outputs.json"), "{}");
    writeFileSync(join(caller, "deployment.json"), "{}");
    for (const [script, flags, found] of [
      ["sheet", "acme --stack dev --outputs outputs.json", /outputs\.json.*"endpoint"/s],
      ["sheet", "acme --stack dev --data here", /\/here\/\.gateway\/known_hosts: there is no such file/],
      ["why", "acme put /a --deployment deployment.json", /deployment\.json/],
      ["import", "key.pub --tenants t.yaml --dry-run", /^$/],
    ] as const) {
      const { stderr } = await call(script, flags);
      expect(stderr).to.match(found).and.not.include("outputs.json: there is no such file");
    }
  });

  it("knows its own files wherever it is called", async () => {
    const { code, stdout } = await call("check", "");
    expect({ code, stdout }).to.deep.equal({
      code: 0,
      stdout:
        "tenants.yaml: 4 tenants, 2 stacks, no problems\n" +
        "Pulumi.prod.yaml: needs 2 Elastic IPs; an account has 5 in a region at first\n",
    });
  });
});

describe("a full disk behind a command's output", () => {
  it("is one line", function () {
    if (!existsSync("/dev/full")) {
      this.skip();
    }
    const { status, stderr } = run("tenant", "list > /dev/full");
    expect(status).to.equal(1);
    expect(stderr).to.equal("error: ENOSPC: no space left on device, write\n");
  });
});

describe("a wait", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "progress-"))));
  after(() => rmSync(folder, { recursive: true }));

  /** Does something that takes a while. @returns What a terminal has been sent. */
  async function told(work: () => unknown, isTTY = true): Promise<string> {
    const file = join(folder, "terminal");
    const fd = openSync(file, "w");
    try {
      expect(await withProgress("doing it", work, { isTTY, fd })).to.equal(7);
      return readFileSync(file, "utf8");
    } finally {
      closeSync(fd);
    }
  }

  const asleep = (milliseconds: number) => () => new Promise((done) => setTimeout(done, milliseconds, 7));
  const busy = (milliseconds: number) => () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    return 7;
  };
  /** However slow the machine is: each second on a line that the next takes the place of, and nothing remains. */
  const seconds = /^(?:\r\u001b\[Kdoing it \.\.\. \d+ s)+\r\u001b\[K$/;

  it("is told on a terminal once it takes a second, and leaves nothing behind", async () => {
    expect(await told(asleep(2500)))
      .to.match(seconds)
      .and.include("doing it ... 1 s\r");
  });

  it("is told of work that lets nothing else run", async () => {
    expect(await told(busy(2500))).to.match(seconds);
  });

  it("is not told when it is short, nor where nobody watches", async () => {
    expect([await told(asleep(10)), await told(busy(10)), await told(asleep(1500), false)]).to.deep.equal(["", "", ""]);
  });

  it("ends with the failure that it waited for", async () => {
    const terminal = { isTTY: true, fd: openSync(join(folder, "failing"), "w") };
    for (const work of [
      () => Promise.reject(new Error("no")),
      () => {
        throw new Error("no");
      },
    ]) {
      expect(await withProgress("x", work, terminal).catch(String)).to.equal("Error: no");
    }
    closeSync(terminal.fd);
  });

  /** Loaded first, it makes the first reading of tenants.yaml slow, and of stderr a terminal. */
  const slow = `const fs = require("node:fs");
const read = fs.readFileSync;
let milliseconds = 2000;
process.stderr.isTTY = true;
fs.readFileSync = (file, ...rest) => {
  if (String(file).endsWith("tenants.yaml")) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    milliseconds = 0;
  }
  return read(file, ...rest);
};
`;

  for (const [script, flags, doing] of [
    ["check", "", "checking 2 stacks"],
    ["access", "", "synthesising stack dev"],
    ["import", `${sources}/keys --dry-run`, `importing ${sources}/keys`],
    ["tenant", "list", "reading tenants.yaml"],
  ] as const) {
    it(`is told by npm run ${script} ${flags}`, () => {
      writeFileSync(join(folder, "slow.cjs"), slow);
      const { stderr } = run(script, flags, `--require ${join(folder, "slow.cjs")}`);
      expect(stderr).to.include(`\r\u001b[K${doing} ... 1 s`);
    });
  }
});
