import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Deployment } from "../synth/deployment";
import { UserError } from "../userError";

/** The deployment could not be synthesised; the message is what the synthesis said. */
export class SynthesisError extends UserError {}

export interface SynthesisOptions {
  readonly stack: string;
  readonly tenantsFile: string | undefined;
  /** Ends the synthesis early. */
  readonly signal: AbortSignal;
}

const command = join(__dirname, "..", "cli", "synth.ts");
const loader = join(__dirname, "../cli/typescript.cjs");

/**
 * Synthesises a stack in a process of its own: Pulumi takes more memory than the whole gateway, and gives it back only
 * when its process ends.
 */
export async function synthesised({ stack, tenantsFile, signal }: SynthesisOptions): Promise<Deployment> {
  const flags = ["--stack", stack, ...(tenantsFile === undefined ? [] : ["--tenants", tenantsFile])];
  const child = spawn(process.execPath, ["-r", loader, command, ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const said = Buffer.concat(errors).toString("utf8").trimEnd();
  if (code !== 0) {
    // The command says "error: " itself, and whoever prints this does so again.
    throw new SynthesisError(said.replace(/^error: /, "") || `the synthesis of stack ${stack} ended with code ${code}`);
  }
  if (said !== "") {
    process.stderr.write(`${said}\n`);
  }
  return JSON.parse(Buffer.concat(output).toString("utf8")) as Deployment;
}
