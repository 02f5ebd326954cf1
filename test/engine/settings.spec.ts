import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { stackSettings } from "../../settings/stackSettings";
import { formatProblem } from "../../tenancy/problem";
import { Project } from "../fixtures/driver/project";
import type { Run } from "../fixtures/driver/run";
import type { Stack } from "../fixtures/driver/stack";

/** The lines of a refusal about settings. */
function faultsOf({ output }: Run): string[] {
  const lines = output.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => /^(Pulumi\.dev\.yaml:|error: (unknown setting |"))/.test(line)))];
}

describe("wrong settings", () => {
  let project: Project;
  let dev: Stack;

  before(async () => {
    project = Project.create();
    dev = project.stack("dev");
    await dev.init();
  });

  after(() => project.remove());

  /** A stack file of this project, with what the CLI has put into it. */
  function stackFile(lines: string): string {
    const [, state = ""] =
      /^(encryptionsalt: .*)$/m.exec(readFileSync(join(project.directory, "Pulumi.dev.yaml"), "utf8")) ?? [];
    return `${state}
config:
  aws:region: eu-central-1
  sftp-gateway:protect: false
  sftp-gateway:noncurrentVersionDays: 7
${lines}`;
  }

  it("end a preview before any resource, in the words and with the places of npm run check", async () => {
    const lines = `  sftp-gateway:logRetentionDays: 31
  sftp-gateway:alarmEmial: ops@acme.example
  sftp-gateway:today: 2026-06-01
  failedLoginThreshold: 0
  sftp-gateway:onUploadConcurrency: 0
  sftp-gateway:securityPolicy: TransferSecurityPolicy-FIPS-2025-03
`;
    project.write("Pulumi.dev.yaml", stackFile(lines));
    const offline = stackSettings(project.directory, "dev").problems.map((problem) =>
      formatProblem({ ...problem, file: "Pulumi.dev.yaml" }).replace(/\(\S+\/Pulumi\.dev/, "(Pulumi.dev"),
    );
    expect(offline).to.have.length(6);
    const run = await dev.preview();
    expect(run.code).not.to.equal(0);
    expect(faultsOf(run)).to.deep.equal(offline);
    expect(run.steps.filter((step) => !step.includes("pulumi:pulumi:Stack"))).to.deep.equal([]);
    expect(run.output, "a stack trace").not.to.match(/^\s+at .*:\d+:\d+/m);
  });

  it("have no place where they are not from the stack file", async () => {
    project.write("other.yaml", stackFile("  sftp-gateway:logRetentionDays: 32\n  sftp-gateway:bastionId: host-1\n"));
    const run = await dev.preview("--config-file", "other.yaml");
    const [unknown, wrong, ...others] = faultsOf(run).sort().reverse();
    expect(unknown).to.match(/^error: unknown setting "sftp-gateway:bastionId"; known here: aws:region, tenantsFile, /);
    expect(wrong).to.match(/^error: "sftp-gateway:logRetentionDays" is 32; CloudWatch Logs keeps logs for /);
    expect(others).to.deep.equal([]);
  });
});
