import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { clearFaults, plan, type Fault } from "../aws/faults";
import { processFile } from "../aws/service";
import { readRun, type Run } from "./run";

/** What the CLI needs to know of a stack. */
export interface StackContext {
  readonly name: string;
  /** Folder of Pulumi.yaml. */
  readonly directory: string;
  /** The CLI's executable. */
  readonly cli: string;
  readonly serviceDirectory: string;
  /** The whole environment: nothing of this process's own reaches the CLI. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A resource in the stack's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
}

/** A resource that AWS has, as `pulumi import` wants it. */
export interface ImportedResource {
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  readonly id: string;
  /** Urn of the parent. */
  readonly parent: string;
}

/** An operation that the CLI had begun when it was killed. */
export interface PendingOperation {
  readonly type: string;
  readonly resource: StateResource;
}

/** One stack, driven through the CLI as a person or a pipeline drives it. */
export class Stack {
  constructor(private readonly context: StackContext) {}

  async init(): Promise<void> {
    await this.succeed(["stack", "init", this.context.name]);
  }

  /** `pulumi preview`. */
  preview(...options: string[]): Promise<Run> {
    return this.operate("preview", options);
  }

  /** `pulumi up`, without the preview before it. */
  up(...options: string[]): Promise<Run> {
    return this.operate("up", ["--yes", "--skip-preview", ...options]);
  }

  /** `pulumi up` in which something goes wrong. */
  async upWith(fault: Fault, ...options: string[]): Promise<Run> {
    plan(this.context.serviceDirectory, fault);
    try {
      return await this.up(...options);
    } finally {
      clearFaults(this.context.serviceDirectory);
    }
  }

  refresh(...options: string[]): Promise<Run> {
    return this.operate("refresh", ["--yes", "--skip-preview", ...options]);
  }

  destroy(...options: string[]): Promise<Run> {
    return this.operate("destroy", ["--yes", ...options]);
  }

  /** `pulumi import` of what AWS has and the state lacks; parents must be in the state. */
  async import(resources: readonly ImportedResource[]): Promise<void> {
    const file = join(this.context.serviceDirectory, "import.json");
    const nameTable = Object.fromEntries(resources.map(({ parent }, index) => [`parent${index}`, parent]));
    const entries = resources.map((resource, index) => ({ ...resource, parent: `parent${index}` }));
    writeFileSync(file, JSON.stringify({ nameTable, resources: entries }));
    const options = ["--file", file, "--protect=false", "--generate-code=false", "--yes", "--skip-preview"];
    await this.succeed(["import", "--stack", this.context.name, ...options]);
  }

  /** Releases the lock that a killed CLI left. */
  async cancel(): Promise<void> {
    await this.succeed(["cancel", "--yes", "--stack", this.context.name]);
  }

  async unprotect(): Promise<void> {
    await this.succeed(["state", "unprotect", "--all", "--yes", "--stack", this.context.name]);
  }

  async setConfig(key: string, value: string, ...options: string[]): Promise<void> {
    await this.succeed(["config", "set", ...options, "--stack", this.context.name, "--", key, value]);
  }

  /** `pulumi stack output --json`. */
  async outputs(): Promise<Record<string, unknown>> {
    const text = await this.succeed(["stack", "output", "--json", "--stack", this.context.name]);
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** `pulumi stack export`: the state, secrets encrypted. */
  async state(): Promise<{ text: string; resources: StateResource[]; pending: PendingOperation[] }> {
    const text = await this.succeed(["stack", "export", "--stack", this.context.name]);
    const { deployment } = JSON.parse(text) as {
      deployment: { resources?: StateResource[]; pending_operations?: PendingOperation[] };
    };
    return { text, resources: deployment.resources ?? [], pending: deployment.pending_operations ?? [] };
  }

  /** Any other command. @throws Error with the CLI's output when it fails. */
  async succeed(args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.execute(args);
    if (code !== 0) {
      throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
    }
    return stdout;
  }

  private async operate(command: string, options: readonly string[]): Promise<Run> {
    const log = join(this.context.serviceDirectory, "events.json");
    rmSync(log, { force: true });
    const result = await this.execute([
      command,
      "--stack",
      this.context.name,
      "--color",
      "never",
      "--event-log",
      log,
      ...options,
    ]);
    return readRun({ ...result, events: existsSync(log) ? readFileSync(log, "utf8") : "" });
  }

  private execute(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const { cli, directory, environment } = this.context;
    const child = spawn(cli, ["--non-interactive", ...args], {
      cwd: directory,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        const ended = code === null ? providerEnded(this.context.serviceDirectory) : Promise.resolve();
        void ended.then(() => resolve({ code, ...text }));
      });
    });
  }
}

/** Waits for the provider's process that a killed CLI leaves behind; it notices by itself. */
async function providerEnded(serviceDirectory: string): Promise<void> {
  const pid = Number(readFileSync(processFile(serviceDirectory), "utf8"));
  while (isRunning(pid)) {
    await setTimeout(20);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
