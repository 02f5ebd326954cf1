import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { publicKey } from "../publicKeys";
import { privateKey } from "../tenancy/sampleKeys";
import { CheckedProject, fine, keylessLine, wrongFile, wrongLine } from "./checking";

describe("npm run check", () => {
  let project: CheckedProject;

  beforeEach(() => {
    project = new CheckedProject();
    project.write("Pulumi.yaml", "name: sample\nruntime: nodejs\n");
    for (const stack of ["dev", "prod"]) {
      project.write(`Pulumi.${stack}.yaml`, "config: { aws:region: eu-west-1 }\n");
    }
  });

  afterEach(() => project.remove());

  const check = (...args: Parameters<CheckedProject["check"]>) => project.check(...args);

  const expiring = `tenants:\n  - name: acme\n    sshKeys: [{ key: ${publicKey(1).text}, expires: 2027-01-31 }]\n`;

  it("exits with 0 and says so when the file is fine", () => {
    project.write("tenants.yaml", fine);
    expect(project.run({})).to.deep.equal({
      status: 0,
      stdout: "tenants.yaml: 1 tenant, 2 stacks, no problems\n",
      stderr: "",
    });
  });

  it("exits with 1 and one line a problem on stderr when it is not", () => {
    project.write("tenants.yaml", wrongFile);
    expect(project.run({})).to.deep.equal({
      status: 1,
      stdout: "tenants.yaml: 2 stacks, 2 errors\n",
      stderr: `${keylessLine}\n${wrongLine}\n`,
    });
  });

  it("exits with 0 for warnings, which depend on the day", async () => {
    expect((await check(expiring, "--today", "2026-12-31")).status).to.equal(0);
    const { status, stdout, stderr } = await check(expiring, "--today", "2027-01-01");
    expect(status).to.equal(0);
    expect(stdout).to.equal("tenants.yaml: 1 tenant, 2 stacks, 1 warning\n");
    expect(stderr).to.match(/^tenants\.yaml:3:\d+: warning: this key expires on 2027-01-31, within 30 days/);
  });

  it("looks at one stack when asked to", async () => {
    const { status, stdout } = await check(fine, "--stack", "dev");
    expect({ status, stdout }).to.deep.equal({ status: 0, stdout: "tenants.yaml: 1 tenant, 1 stack, no problems\n" });
  });

  it("names the file as it was given", async () => {
    const { status, stderr } = await check(undefined, "--tenants", "./other/../none.yaml");
    expect(status).to.equal(1);
    expect(stderr).to.match(/^\.\/other\/\.\.\/none\.yaml:1:1: error: there is no such file/);
  });

  it("prints JSON and nothing else with --format json", async () => {
    const { status, stdout, stderr } = await check(wrongFile, "--format", "json");
    expect({ status, stderr }).to.deep.equal({ status: 1, stderr: "" });
    const about = { severity: "error", file: "tenants.yaml", tenant: "acme" };
    expect(JSON.parse(stdout)).to.deep.equal({
      problems: [
        { ...about, line: 2, column: 11, message: keylessLine.split(": error: ")[1] },
        { ...about, line: 3, column: 5, message: wrongLine.split(": error: ")[1] },
      ],
    });
    const missing = JSON.parse((await check(undefined, "--format", "json", "--tenants", "none")).stdout) as {
      problems: object[];
    };
    expect(missing.problems[0]).to.include({ tenant: null, line: 1, column: 1 });
  });

  it("prints annotations, escaped, with --format github", async () => {
    const { status, stdout } = await check("tenants:\n  - { name: 100%, state: suspended }\n", "--format", "github");
    expect(status).to.equal(1);
    expect(stdout.split("\n")[0]).to.match(/^::error file=tenants\.yaml,line=2,col=13::name "100%25" is not allowed: /);
    project.write("a,b:c.yaml", fine.replace("acme", "A"));
    const other = await check(undefined, "--format", "github", "--tenants", "a,b:c.yaml");
    expect(other.stdout).to.match(/^::error file=a%2Cb%3Ac\.yaml,line=2,col=11::/);
  });

  const wrongCalls: readonly (readonly [flags: string[], message: string])[] = [
    [["--stak", "dev"], 'unknown flag --stak; did you mean "--stack"?'],
    [["--stack"], "--stack needs a value: --stack STACK"],
    [["--stack="], "--stack needs a value: --stack STACK"],
    [["--stack", "--format", "json"], "--stack needs a value: --stack STACK"],
    [["--stack", "test"], '--stack "test" is not a stack of this project; there are dev and prod'],
    [["--stack", "dev", "--stack", "prod"], "--stack is given twice"],
    [["--today", "2026-02-30"], '--today "2026-02-30" is not a day of the calendar as YYYY-MM-DD'],
    [["--format", "xml"], '--format is text, json, github, not "xml"'],
    [["--help=x"], "--help takes no value"],
    [["tenants.yaml"], '"tenants.yaml" does not follow a flag'],
    [["-x"], "unknown flag -x"],
    [["json"], '"json" does not follow a flag; did you forget "--"? npm run check -- --format json'],
    [["2026-02-28"], '"2026-02-28" does not follow a flag; did you forget "--"? npm run check -- --today 2026-02-28'],
  ];
  for (const [flags, message] of wrongCalls) {
    it(`exits with 2, the reason and the help for ${flags.join(" ")}`, async () => {
      const { status, stdout, stderr } = await check(fine, ...flags);
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
      expect(stderr.split("\n")[0]).to.equal(`error: ${message}`);
      expect(stderr).to.include("Usage: npm run check");
    });
  }

  // As npm sets them for `npm run check --stack=prod` and `npm run check --stack prod`.
  for (const [value, operands, right] of [
    ["prod", [], "prod"],
    ["true", ["prod"], "STACK"],
  ] as const) {
    it(`exits with 2 when npm has kept a flag, with npm_config_stack=${value}`, () => {
      const { status, stdout, stderr } = project.run({ npm_config_stack: value }, ...operands);
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
      expect(stderr.split("\n")[0]).to.equal(
        `error: npm has kept --stack to itself; flags stand behind "--": npm run check -- --stack ${right}`,
      );
    });
  }

  it("is not kept from its work by what npm has kept of others", () => {
    project.write("tenants.yaml", fine);
    expect(project.run({ npm_config_port: "2222", npm_config_loglevel: "silent" }).status).to.equal(0);
  });

  it("exits with 2 where there is no stack", async () => {
    rmSync(join(project.directory, "Pulumi.dev.yaml"));
    rmSync(join(project.directory, "Pulumi.prod.yaml"));
    expect((await check(fine)).status).to.equal(2);
  });

  it("shows its flags with --help", async () => {
    const { status, stdout, stderr } = await check(undefined, "--help");
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(await check(undefined, "-h")).to.deep.equal({ status, stdout, stderr });
    for (const flag of ["--tenants FILE", "--stack STACK", "--today YYYY-MM-DD", "--format FORMAT", "--help"]) {
      expect(stdout).to.include(flag);
    }
  });

  it("never prints a private key that was pasted by mistake, in any format and wherever it stands", async () => {
    const places = [
      `tenants:\n  - name: acme\n    sshKeys:\n      - |\n        ${privateKey.join("\n        ")}\n`,
      `tenants:\n  - name: acme\n    sshKeys:\n      - key: ${privateKey.join("\n")}\n`,
      `tenants:\n  - name: acme\n    sshKeys:\n${privateKey.join("\n")}\n`,
      `${privateKey.join("\n")}\n`,
      `tenants:\n  - name: ${privateKey.slice(1, 3).join("\n      ")}\n    ${privateKey[2]}: x\n`,
      `tenants: []\n${privateKey[1]}: ${privateKey[2]}\n`,
    ];
    for (const content of places) {
      const { status, stdout, stderr } = await check(content, "--format", "json");
      expect(status).to.equal(1);
      expect(stdout + stderr).to.not.match(/b3BlbnNz|secretsecret/);
    }
  });

  it("names the tenant whose session policy would not fit, for each stack", async () => {
    const names = Array.from({ length: 25 }, (_, index) => `space-${index + 10}`);
    const spaces = names.map((name) => `  - { name: ${name} }\n`).join("");
    const memberships = names.map((name) => `      - { name: ${name}, access: read-only }\n`).join("");
    const { status, stderr } = await check(`spaces:\n${spaces}${fine}    spaces:\n${memberships}`);
    expect(status).to.equal(1);
    expect(
      stderr.match(/^tenants\.yaml:28:11: error: in stack "(dev|prod)": the session policy of "acme" has /gm),
    ).to.have.length(2);
  });
});
