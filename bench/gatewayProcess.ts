import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { projectDirectory } from "../cli/command";

interface ReadyEvent {
  readonly event: "ready";
  readonly port: number;
  readonly tenants: readonly { readonly name: string; readonly userName: string; readonly privateKey: string }[];
}

/** The gateway of tenants.yaml as `npm start` runs it, in a process of its own and with a folder that goes with it. */
export class GatewayProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
    readonly ready: ReadyEvent,
  ) {}

  static async start(): Promise<GatewayProcess> {
    const folder = mkdtempSync(join(tmpdir(), "sftp-gateway-bench-"));
    const flags = ["--json", "--port", "0", "--data", join(folder, "data")];
    const child = spawn(process.execPath, ["-r", "./cli/typescript.cjs", "cli/start.ts", ...flags], {
      cwd: projectDirectory,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface(child.stdout);
    const ready = await new Promise<ReadyEvent>((resolve, reject) => {
      child.once("close", () => reject(new Error("the gateway ended before it was ready")));
      lines.once("line", (line) => resolve(JSON.parse(line) as ReadyEvent));
    });
    return new GatewayProcess(child, folder, ready);
  }

  /** Resident now; NaN where the system has no /proc to ask. */
  residentMegabytes(): number {
    return this.memory("VmRSS");
  }

  /** The most that was ever resident; NaN where the system has no /proc to ask. */
  peakMegabytes(): number {
    return this.memory("VmHWM");
  }

  private memory(figure: "VmRSS" | "VmHWM"): number {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
      return Number(new RegExp(`${figure}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
    } catch {
      return Number.NaN;
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once("close", done));
    this.child.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
