import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Deployment } from "../../synth/deployment";
import { UserError } from "../../userError";

/** What a checkout would deploy could not be found out; the message is what its program said. */
export class SynthesisError extends UserError {}

export interface SynthesisOptions {
  /** The project's folder; its own `cli/synth.ts` is run. */
  readonly directory: string;
  readonly stack: string;
  readonly today: string;
  /** Ends the synthesis early. */
  readonly signal: AbortSignal;
}

/** This version's own: a checkout may have another one, or none. */
const loader = join(__dirname, "../../cli/typescript.cjs");

/**
 * Synthesises a stack in a process of its own, with the program of that folder.
 * @throws SynthesisError when the program fails, with what it said.
 */
export async function synthesisIn({ directory, stack, today, signal }: SynthesisOptions): Promise<Deployment> {
  if (!existsSync(join(directory, "cli", "synth.ts"))) {
    throw new SynthesisError("there is no cli/synth.ts, so it cannot be told what was deployed");
  }
  // The SDK takes a stack trace for each output, which is half the time of a synthesis.
  const flags = ["--stack-trace-limit=0", "-r", loader, "cli/synth.ts", "--stack", stack, "--today", today];
  const child = spawn(process.execPath, flags, { cwd: directory, stdio: ["ignore", "pipe", "pipe"], signal });
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [code, said, complaint] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code !== 0) {
    throw new SynthesisError(complaint.replace(/^error: /, "").trimEnd() || `the synthesis ended with code ${code}`);
  }
  return JSON.parse(said) as Deployment;
}
