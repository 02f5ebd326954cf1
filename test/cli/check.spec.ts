import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { publicKey } from "../publicKeys";
import { privateKey } from "../tenancy/sampleKeys";

const script = join(__dirname, "..", "..", "cli", "check.ts");
const transpiler = join(__dirname, "..", "..", "cli", "typescript.cjs");

const wrongFile = "tenants:\n  - name: acme\n    sshkeys: [100%]\n";
const wrongLine = `tenants.yaml:3:5: error: unknown key "sshkeys"; did you mean "sshKeys"?`;
const keylessLine = `tenants.yaml:2:11: error: tenant "acme" has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"`;

describe("npm run check", () => {
  let directory = "";

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "check-"));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: sample\nruntime: nodejs\n");
    for (const stack of ["dev", "prod"]) {
      writeFileSync(join(directory, `Pulumi.${stack}.yaml`), "config: { aws:region: eu-west-1 }\n");
    }
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  function check(content: string | undefined, ...flags: string[]) {
    if (content !== undefined) {
      writeFileSync(join(directory, "tenants.yaml"), content);
    }
    return run({}, ...flags);
  }

  function run(environment: Readonly<Record<string, string>>, ...flags: string[]) {
    const child = spawnSync(process.execPath, ["-r", transpiler, script, ...flags], {
      cwd: directory,
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    const { status, stdout, stderr } = child;
    expect(stdout + stderr).to.not.match(/^\s+at /m);
    return { status, stdout, stderr };
  }

  const fine = `tenants:\n  - name: acme\n    sshKeys: [${publicKey(1).text}]\n`;
  const expiring = `tenants:\n  - name: acme\n    sshKeys: [{ key: ${publicKey(1).text}, expires: 2027-01-31 }]\n`;

  it("exits with 0 and says so when the file is fine", () => {
    expect(check(fine)).to.deep.equal({
      status: 0,
      stdout: "tenants.yaml: 1 tenant, 2 stacks, no problems\n",
      stderr: "",
    });
  });

  it("exits with 1 and one line a problem on stderr when it is not", () => {
    expect(check(wrongFile)).to.deep.equal({
      status: 1,
      stdout: "tenants.yaml: 2 stacks, 2 errors\n",
      stderr: `${keylessLine}\n${wrongLine}\n`,
    });
  });

  it("exits with 0 for warnings, which depend on the day", () => {
    expect(check(expiring, "--today", "2026-12-31").status).to.equal(0);
    const { status, stdout, stderr } = check(expiring, "--today", "2027-01-01");
    expect(status).to.equal(0);
    expect(stdout).to.equal("tenants.yaml: 1 tenant, 2 stacks, 1 warning\n");
    expect(stderr).to.match(/^tenants\.yaml:3:\d+: warning: this key expires on 2027-01-31, within 30 days/);
  });

  it("looks at one stack when asked to", () => {
    const { status, stdout } = check(fine, "--stack", "dev");
    expect({ status, stdout }).to.deep.equal({ status: 0, stdout: "tenants.yaml: 1 tenant, 1 stack, no problems\n" });
  });

  it("names the file as it was given", () => {
    const { status, stderr } = check(undefined, "--tenants", "./other/../none.yaml");
    expect(status).to.equal(1);
    expect(stderr).to.match(/^\.\/other\/\.\.\/none\.yaml:1:1: error: there is no such file/);
  });

  it("prints JSON and nothing else with --format json", () => {
    const { status, stdout, stderr } = check(wrongFile, "--format", "json");
    expect({ status, stderr }).to.deep.equal({ status: 1, stderr: "" });
    const about = { severity: "error", file: "tenants.yaml", tenant: "acme" };
    expect(JSON.parse(stdout)).to.deep.equal({
      problems: [
        { ...about, line: 2, column: 11, message: keylessLine.split(": error: ")[1] },
        { ...about, line: 3, column: 5, message: wrongLine.split(": error: ")[1] },
      ],
    });
    const missing = JSON.parse(check(undefined, "--format", "json", "--tenants", "none").stdout) as {
      problems: object[];
    };
    expect(missing.problems[0]).to.include({ tenant: null, line: 1, column: 1 });
  });

  it("prints annotations, escaped, with --format github", () => {
    const { status, stdout } = check("tenants:\n  - { name: 100%, state: suspended }\n", "--format", "github");
    expect(status).to.equal(1);
    expect(stdout.split("\n")[0]).to.match(/^::error file=tenants\.yaml,line=2,col=13::name "100%25" is not allowed: /);
    writeFileSync(join(directory, "a,b:c.yaml"), fine.replace("acme", "A"));
    const other = check(undefined, "--format", "github", "--tenants", "a,b:c.yaml");
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
    it(`exits with 2, the reason and the help for ${flags.join(" ")}`, () => {
      const { status, stdout, stderr } = check(fine, ...flags);
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
      const { status, stdout, stderr } = run({ npm_config_stack: value }, ...operands);
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
      expect(stderr.split("\n")[0]).to.equal(
        `error: npm has kept --stack to itself; flags stand behind "--": npm run check -- --stack ${right}`,
      );
    });
  }

  it("is not kept from its work by what npm has kept of others", () => {
    writeFileSync(join(directory, "tenants.yaml"), fine);
    expect(run({ npm_config_port: "2222", npm_config_loglevel: "silent" }).status).to.equal(0);
  });

  it("exits with 2 where there is no stack", () => {
    rmSync(join(directory, "Pulumi.dev.yaml"));
    rmSync(join(directory, "Pulumi.prod.yaml"));
    expect(check(fine).status).to.equal(2);
  });

  it("shows its flags with --help", () => {
    const { status, stdout, stderr } = check(undefined, "--help");
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(check(undefined, "-h")).to.deep.equal({ status, stdout, stderr });
    for (const flag of ["--tenants FILE", "--stack STACK", "--today YYYY-MM-DD", "--format FORMAT", "--help"]) {
      expect(stdout).to.include(flag);
    }
  });

  it("never prints a private key that was pasted by mistake, in any format and wherever it stands", () => {
    const places = [
      `tenants:\n  - name: acme\n    sshKeys:\n      - |\n        ${privateKey.join("\n        ")}\n`,
      `tenants:\n  - name: acme\n    sshKeys:\n      - key: ${privateKey.join("\n")}\n`,
      `tenants:\n  - name: acme\n    sshKeys:\n${privateKey.join("\n")}\n`,
      `${privateKey.join("\n")}\n`,
      `tenants:\n  - name: ${privateKey.slice(1, 3).join("\n      ")}\n    ${privateKey[2]}: x\n`,
      `tenants: []\n${privateKey[1]}: ${privateKey[2]}\n`,
    ];
    for (const content of places) {
      const { status, stdout, stderr } = check(content, "--format", "json");
      expect(status).to.equal(1);
      expect(stdout + stderr).to.not.match(/b3BlbnNz|secretsecret/);
    }
  });

  it("names the tenant whose session policy would not fit, for each stack", () => {
    const names = Array.from({ length: 25 }, (_, index) => `space-${index + 10}`);
    const spaces = names.map((name) => `  - { name: ${name} }\n`).join("");
    const memberships = names.map((name) => `      - { name: ${name}, access: read-only }\n`).join("");
    const { status, stderr } = check(`spaces:\n${spaces}${fine}    spaces:\n${memberships}`);
    expect(status).to.equal(1);
    expect(
      stderr.match(/^tenants\.yaml:28:11: error: in stack "(dev|prod)": the session policy of "acme" has /gm),
    ).to.have.length(2);
  });

  describe("of a stack's settings and its name", () => {
    const settings = `config:
  aws:region: eu-west-1
  sftp-gateway:protect: false
  sftp-gateway:logRetentionDays: 14
  sftp-gateway:noncurrentVersionDays: 7
`;

    beforeEach(() => {
      copyFileSync(join(__dirname, "../../Pulumi.yaml"), join(directory, "Pulumi.yaml"));
      writeStack("dev", settings);
      writeStack("prod", settings);
    });

    function writeStack(stack: string, content: string): void {
      writeFileSync(join(directory, `Pulumi.${stack}.yaml`), content);
    }

    it("takes every dated security policy that AWS has", () => {
      writeStack("dev", `${settings}  sftp-gateway:securityPolicy: TransferSecurityPolicy-SshAuditCompliant-2025-02\n`);
      expect(check(fine).status).to.equal(0);
    });

    it("exits with 1 and one line for each setting that nobody reads", () => {
      writeStack(
        "field",
        `${settings}  sftp-gateway:securityPolicyName: TransferSecurityPolicy-FIPS-2025-03
  sftp-gateway:customHostname: sftp.partner.example
  sftp-gateway:alarmEmial: ops@acme.example
`,
      );
      const { status, stdout, stderr } = check(fine);
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "tenants.yaml: 1 tenant, 3 stacks, 3 errors\n" });
      const place = "Pulumi.field.yaml";
      expect(stderr.split("\n").map((line) => line.replace(/known here: .*/, "known here: ..."))).to.deep.equal([
        `${place}:6:3: error: unknown setting "sftp-gateway:securityPolicyName"; did you mean "sftp-gateway:securityPolicy"?`,
        `${place}:7:3: error: unknown setting "sftp-gateway:customHostname"; known here: ...`,
        `${place}:8:3: error: unknown setting "sftp-gateway:alarmEmial"; did you mean "sftp-gateway:alarmEmail"?`,
        "",
      ]);
      expect(check(fine, "--stack", "dev").status).to.equal(0);
    });

    it("annotates the stack file, and names it in JSON", () => {
      writeStack("prod", settings.replace("14", "31"));
      const message = /^"sftp-gateway:logRetentionDays" is 31; CloudWatch Logs keeps logs for 1, 3, 5, .* 3653 days$/;
      const { stdout } = check(fine, "--format", "github");
      const [, about = ""] = /^::error file=Pulumi\.prod\.yaml,line=4,col=34::(.*)$/m.exec(stdout) ?? [];
      expect(about).to.match(message);
      const { problems } = JSON.parse(check(fine, "--format", "json").stdout) as { problems: { message: string }[] };
      expect(problems).to.have.length(1);
      expect(problems[0]).to.deep.include({ file: "Pulumi.prod.yaml", line: 4, column: 34, tenant: null });
      expect(problems[0]?.message).to.match(message);
    });

    it("reads the tenants file of each stack, unless it is given another one", () => {
      writeFileSync(join(directory, "partners.yaml"), wrongFile);
      writeStack("prod", `${settings}  sftp-gateway:tenantsFile: partners.yaml\n`);
      expect(check(fine)).to.deep.equal({
        status: 1,
        stdout: "tenants.yaml: 1 tenant, 1 stack, no problems\npartners.yaml: 1 stack, 2 errors\n",
        stderr: `${keylessLine}\n${wrongLine}\n`.replaceAll("tenants.yaml", "partners.yaml"),
      });
      expect(check(fine, "--tenants", "tenants.yaml").stdout).to.equal(
        "tenants.yaml: 1 tenant, 2 stacks, no problems\n",
      );
    });

    it("tells once what Pulumi.yaml says wrong to every stack", () => {
      writeFileSync(
        join(directory, "Pulumi.yaml"),
        "name: sftp-gateway\nconfig:\n  aws:region: eu-central-1\n  motto: none\n",
      );
      const { stdout, stderr } = check(fine);
      expect(stdout).to.equal("tenants.yaml: 1 tenant, 2 stacks, 1 error\n");
      expect(stderr).to.match(/^Pulumi\.yaml:4:3: error: unknown setting "sftp-gateway:motto"; known here: .*\n$/);
    });

    it("refuses a stack whose resources would have names that AWS does not take", () => {
      writeStack("Staging", settings);
      writeStack("a-stack-with-a-name-that-goes-on-and-on", settings);
      const { status, stderr } = check(fine);
      expect(status).to.equal(1);
      expect(stderr.split("\n")).to.deep.equal([
        'Pulumi.Staging.yaml:1:1: error: the name prefix "sftp-gateway-Staging" makes the bucket name ' +
          '"sftp-gateway-Staging-123456789012"; S3 wants lower-case letters, digits and hyphens (S3 User Guide, "General ' +
          'purpose bucket naming rules"): choose another stack name, or another namePrefix',
        "Pulumi.a-stack-with-a-name-that-goes-on-and-on.yaml:1:1: error: the name of the EventBridge rule " +
          '"sftp-gateway-a-stack-with-a-name-that-goes-on-and-on-partial-uploads" has 68 characters; AWS takes 64 ' +
          "(EventBridge API reference, PutRule): choose a stack name, or a namePrefix, that is shorter by 4",
        "",
      ]);
    });

    it("refuses a stack whose name continues another's, whichever of the two is looked at", () => {
      writeStack("dev-2", settings);
      const refusal =
        'Pulumi.dev-2.yaml:1:1: error: the stack "dev-2" continues the name of the stack "dev" with a hyphen: a policy for ' +
        '"sftp-gateway-dev-*" holds for this stack too; before it is deployed, rename it: pulumi ' +
        "stack rename dev2 -s dev-2, and this file with it (the names in AWS follow, so that a renamed stack is replaced)\n";
      for (const flags of [[], ["--stack", "dev"], ["--stack", "dev-2"]]) {
        const { status, stderr } = check(fine, ...flags);
        expect({ status, stderr }).to.deep.equal({ status: 1, stderr: refusal });
      }
      expect(check(fine, "--stack", "prod").status).to.equal(0);
    });
  });
});
