import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { measured, type Outcome } from "./measurement";
import type { SftpEndpoint } from "./openssh";
import { projectDirectory } from "../cli/command";

interface ReadyEvent {
  readonly port: number;
  readonly tenants: readonly [{ readonly userName: string; readonly privateKey: string }];
}

/** What the serving process may hold in memory. */
const limitMegabytes = 150;

/** The gateway of tenants.yaml as `npm start` runs it, in a process of its own. */
export interface GatewayProcess {
  /** Where its first tenant logs in. */
  readonly endpoint: SftpEndpoint;
  /** Its memory in MB: `VmRSS` is what is resident now, `VmHWM` the most that ever was. */
  readonly memory: (name: string, figure: "VmRSS" | "VmHWM") => Outcome;
  readonly stop: () => Promise<void>;
}

/** @param folder Where it keeps its data. @param more Flags of `npm start` beside those that it needs. */
export async function startedGateway(folder: string, ...more: string[]): Promise<GatewayProcess> {
  const flags = ["--json", "--port", "0", "--data", join(folder, "data"), ...more];
  const child = spawn(process.execPath, ["-r", "./cli/typescript.cjs", "cli/start.ts", ...flags], {
    cwd: projectDirectory,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const failed = ended.then(() => Promise.reject(new Error("the gateway ended before it was ready")));
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), failed])) as [string];
  const { port, tenants } = JSON.parse(line) as ReadyEvent;
  const { userName: user, privateKey } = tenants[0];
  return {
    endpoint: { port, user, privateKey, folder: "/" },
    memory: (name, figure) => {
      const kilobytes = memoryOf(child.pid, figure);
      return kilobytes === undefined
        ? { name, skipped: "this system has no /proc to ask" }
        : measured(name, "MB", kilobytes / 1024, limitMegabytes, 1);
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function memoryOf(pid: number | undefined, figure: string): number | undefined {
  try {
    return Number(new RegExp(`${figure}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}
