import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { text } from "node:stream/consumers";
import type { Deployment } from "./deployment";
import { UserError } from "../userError";

/** The deployment could not be synthesised; the message is what the program said. */
export class SynthesisError extends UserError {}

/** Which program is synthesised, and with what. */
export interface SynthesisProcess {
  /** The project's folder; its own `cli/synth.ts` is run. */
  readonly directory: string;
  readonly stack: string;
  /** Instead of the stack's tenants file; a path as the caller sees it. */
  readonly tenantsFile?: string | undefined;
  /** The day (UTC, YYYY-MM-DD) for which keys are chosen. Default: the stack's. */
  readonly today?: string | undefined;
  /** Asks for more of `npm run synth` than the deployment. */
  readonly flags?: readonly string[] | undefined;
  /** Ends the synthesis early. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what the program says beside its result. Default: stderr. */
  readonly warn?: ((said: string) => void) | undefined;
}

/** This version's own: the project in the folder may be another version with another one, or none. */
const loader = join(__dirname, "..", "cli", "typescript.cjs");

/**
 * Those of `npm run synth`. What a synthesis makes nearly all stays, and copying it while the heap grows takes a tenth of its time; the
 * SDK takes a stack trace for each output, which is half of it.
 */
export const nodeFlags: readonly string[] = [
  "--min-semi-space-size=32",
  "--max-semi-space-size=32",
  "--initial-old-space-size=150",
  "--stack-trace-limit=0",
];

/**
 * Synthesises a stack in a process of its own: Pulumi takes more memory than whoever asks, gives it back only when its
 * process ends, and can run one program at a time.
 * @throws SynthesisError when the program fails, with what it said.
 */
export async function synthesisIn(synthesis: SynthesisProcess): Promise<Deployment> {
  const { directory, stack, tenantsFile, today, flags: further = [], signal, warn } = synthesis;
  if (!existsSync(join(directory, "cli", "synth.ts"))) {
    throw new SynthesisError("there is no cli/synth.ts, so it cannot be told what was deployed");
  }
  const flags = [
    ...["--stack", stack],
    ...(tenantsFile === undefined ? [] : ["--tenants", seenFrom(directory, tenantsFile)]),
    ...(today === undefined ? [] : ["--today", today]),
    ...further,
  ];
  const command = [...nodeFlags, "-r", loader, "cli/synth.ts", ...flags];
  const child = spawn(process.execPath, command, { cwd: directory, stdio: ["ignore", "pipe", "pipe"], signal });
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [code, deployment, said] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code !== 0) {
    // The command says "error: " itself, and whoever prints this does so again; its help is for whoever has called it.
    const why = said.replace(/^error: /, "").replace(/\n\nUsage: [^]*$/, "");
    throw new SynthesisError(why.trimEnd() || `the synthesis ended with code ${code}`);
  }
  if (said !== "") {
    (warn ?? ((text) => process.stderr.write(text)))(said);
  }
  return JSON.parse(deployment) as Deployment;
}

function seenFrom(directory: string, file: string): string {
  return isAbsolute(file) ? file : relative(directory, resolve(file));
}
