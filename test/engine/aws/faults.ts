import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What goes wrong at one change of a run. */
export interface Fault {
  /**
   * - `throttling`, `accessDenied`: AWS refuses the change.
   * - `lostResponse`: the change is made, but its answer never arrives; nobody knows what it created.
   * - `incomplete`: the change is made and known, but waiting for its completion times out.
   * - `crash`: the provider's process ends before the change is made.
   * - `crashAfterChange`: it ends when the change is made and before it answers.
   * - `kill`: SIGKILL hits the CLI, `delay` milliseconds after the change arrives; AWS completes what it has begun.
   */
  readonly kind: "throttling" | "accessDenied" | "lostResponse" | "incomplete" | "crash" | "crashAfterChange" | "kill";
  /** Which change of the run it hits, counted from 1; with `type`, which among those of this resource type. */
  readonly change: number;
  readonly type?: string;
  /** For `kill`. */
  readonly delay?: number;
}

/** An error that left a resource behind whose id is known. */
export class IncompleteError extends Error {}

/** Tells the provider's next process what goes wrong. */
export function plan(directory: string, fault: Fault): void {
  writeFileSync(fileIn(directory), JSON.stringify(fault));
}

/** Lets nothing go wrong any more. */
export function clearFaults(directory: string): void {
  rmSync(fileIn(directory), { force: true });
}

/** Stands around each change and lets the planned fault happen. */
export class Faults {
  private changes = 0;
  private readonly fault: Fault | undefined;

  constructor(directory: string) {
    const file = fileIn(directory);
    this.fault = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Fault) : undefined;
  }

  /** Makes a change of a resource of this type, unless it is the one that the fault hits. */
  during<T>(type: string, change: () => T): T {
    if (this.fault === undefined || (this.fault.type ?? type) !== type) {
      return change();
    }
    this.changes += 1;
    return this.changes === this.fault.change ? failing(this.fault, change) : change();
  }
}

function failing<T>(fault: Fault, change: () => T): T {
  switch (fault.kind) {
    case "throttling":
      throw new Error("ThrottlingException: Rate exceeded, after the last of 25 retries");
    case "accessDenied":
      throw new Error("AccessDeniedException: the deploy role is not authorized to perform this action");
    case "lostResponse":
      change();
      throw new Error("request send failed: context deadline exceeded");
    case "incomplete":
      change();
      throw new IncompleteError("timeout while waiting for the change to complete");
    case "crash":
      return process.exit(2);
    case "crashAfterChange":
      change();
      return process.exit(2);
    case "kill":
      setTimeout(() => process.kill(process.ppid, "SIGKILL"), fault.delay ?? 0);
      return change();
  }
}

function fileIn(directory: string): string {
  return join(directory, "fault.json");
}
