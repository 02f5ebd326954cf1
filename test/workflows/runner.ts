import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ended } from "../fixtures/ended";
import { Repository } from "../fixtures/repository";
import { publicKey } from "../publicKeys";
import { GitHubServer } from "./gitHubServer";
import { jobs, type Step } from "./workflow";

export const key = publicKey(1);
/** The tenants file of the first commit. */
export const acme = `tenants:\n  - { name: acme, sshKeys: ["${key.text}"] }\n`;
export const users =
  "urn:pulumi:dev::sftp-gateway::sftp-gateway:components:SftpGateway$sftp-gateway:components:GatewayUsers";
export const keyUrn = (name: string) => `${users}$aws:transfer/user:User$aws:transfer/sshKey:SshKey::gateway-${name}`;

/** What a step that has nothing to say ends with. */
export const quiet: Ended = { code: 0, stdout: "", stderr: "" };

/** Answers as the CLI does, from files, and keeps what it was called with. */
const fakePulumi = `#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$FAKE/calls"
for word in "$@"; do
  if [ "\${previous:-}" = --save-plan ]; then echo '{"resourcePlans":{}}' > "$word"; fi
  previous=$word
done
case "$1 $*" in
  preview*--json*) cat "$FAKE/preview.json"; [ ! -s "$FAKE/violation" ] ;;
  preview*) cat "$FAKE/violation" ;;
  config*) exit 255 ;;
  refresh*--expect-no-changes*) [ ! -s "$FAKE/drift" ] ;;
  refresh*) cat "$FAKE/drift" ;;
esac
`;

/** A runner of GitHub with this project's repository checked out: `main` with two commits, and one that nobody merged. */
export class Runner {
  readonly repository = new Repository();
  readonly server = new GitHubServer();
  /** The commit before the last of main. */
  readonly earlier: string;
  /** A commit that anybody who can push may have brought to the server. */
  readonly unreviewed: string;
  private environment: Record<string, string> = {};

  /** @param stack The project's only one. Default: it has those of this project. */
  constructor(stack?: string) {
    const { repository } = this;
    if (stack !== undefined) {
      this.leaveAlone(stack);
    }
    repository.write("tenants.yaml", acme);
    this.earlier = this.commit();
    repository.write("tenants.yaml", acme.replace("name: acme", "name: acme, access: read-only"));
    this.commit();
    repository.git("update-ref", "refs/remotes/origin/main", "main");
    repository.git("checkout", "--quiet", "-b", "unreviewed");
    repository.write("tenants.yaml", acme.replace("name: acme", "name: mallory"));
    this.unreviewed = this.commit();
    repository.git("checkout", "--quiet", "main");
    writeFileSync(this.file("pulumi"), fakePulumi, { mode: 0o755 });
  }

  async start(): Promise<void> {
    this.environment = {
      ...(await this.server.start()),
      FAKE: this.repository.temporary,
      PATH: `${this.repository.temporary}:${process.env["PATH"] ?? ""}`,
      RUNNER_TEMP: this.repository.temporary,
      GITHUB_STEP_SUMMARY: this.file("summary.md"),
      GITHUB_OUTPUT: this.file("output"),
    };
  }

  stop(): void {
    this.server.stop();
    this.repository.remove();
  }

  /** As before the first step: nothing written, nothing posted, a preview without a change. */
  reset(): void {
    this.server.posts.splice(0);
    for (const name of ["summary.md", "output", "calls", "drift", "violation"]) {
      this.write(name, "");
    }
    this.previews({ op: "same", urn: users });
  }

  /** Runs one step of a job with its own command, and the values that GitHub would put into its environment. */
  step(job: string, name: string, values: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.shell(stepOf(job, name).run ?? "", values);
  }

  /** Runs a command as a step would. */
  shell(command: string, values: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.repository.step(command, { ...this.environment, ...values });
  }

  /** What a step has written outside the repository: `summary.md`, `output`; `calls` are those of Pulumi's CLI. */
  written(name: string): string {
    return readFileSync(this.file(name), "utf8");
  }

  /** What a step finds outside the repository. */
  write(name: string, content: string): void {
    writeFileSync(this.file(name), content);
  }

  /** The steps that the next preview has. */
  previews(...steps: readonly object[]): void {
    this.write("preview.json", JSON.stringify({ steps }));
  }

  private leaveAlone(stack: string): void {
    const { directory } = this.repository;
    for (const name of readdirSync(directory).filter((each) => /^Pulumi\..+\.yaml$/.test(each))) {
      if (name !== `Pulumi.${stack}.yaml`) {
        rmSync(join(directory, name));
      }
    }
    this.repository.write("deploy/environments.json", JSON.stringify([{ stack }]));
  }

  private file(name: string): string {
    return join(this.repository.temporary, name);
  }

  private commit(): string {
    this.repository.commit();
    return this.repository.git("rev-parse", "HEAD").trim();
  }
}

/** The steps that the tests run. */
export const testedSteps = [
  ["pull-request/report", "Check tenants.yaml"],
  ["pull-request/report", "Compare"],
  ["pull-request/report", "Show in the summary"],
  ["pull-request/comment", "Comment"],
  ["deploy/environments", "List the environments"],
  ["environment/report", "Find out what runs"],
  ["environment/report", "Show who is concerned"],
  ["environment/plan", "Plan"],
  ["environment/plan", "Show what will be done"],
  ["environment/update", "Do what was planned"],
  ["nightly/retire", "Find out what runs"],
  ["nightly/retire", "Take what was approved"],
  ["nightly/retire", "Retire expired keys"],
  ["nightly/drift", "Look for drift"],
  ["nightly/drift", "Show in the summary"],
  ["nightly/issue", "Report"],
] as const;

/** A step of a job by its name. @throws Error when the tests do not say that they run it. */
export function stepOf(job: string, name: string): Step {
  const step = jobs.find(([known]) => known === job)?.[1].steps.find((one) => one.name === name);
  if (step === undefined || !testedSteps.some(([ofJob, tested]) => ofJob === job && tested === name)) {
    throw new Error(`${job} has no step "${name}", or it is not among those that are tested`);
  }
  return step;
}
