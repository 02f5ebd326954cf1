import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { projectDirectory } from "../cli/command";

/** How package.json starts the commands that load Pulumi; their floors get the same. */
export const commandFlags = ["--stack-trace-limit=0", "-r", "./cli/typescript.cjs"];

/** One figure of `npm run bench`: what was measured, against a floor or a limit of the same run. */
export interface Measurement {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** What it is measured against, in the same unit. */
  readonly floor: number;
  /** value / floor. */
  readonly ratio: number;
  /** The ratio that the project promises not to pass. */
  readonly limit: number;
}

/** A figure that is reported and has nothing to be held against. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

/** A measurement, a figure alone, or why it could not be made here. */
export type Outcome = Measurement | Figure | { readonly name: string; readonly skipped: string };

/** A whole process as the operating system accounts for it. */
export interface ProcessRun {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

/** What most runs of node do without. */
export interface RunOptions {
  /** Default: the project's. */
  readonly directory?: string;
  /** The code with which it is to end. Default: 0. */
  readonly exitCode?: number;
}

/**
 * Runs node with these arguments and waits for its end; what it prints is read and thrown away.
 * @throws Error with what it printed on stderr when it ends otherwise than it should.
 */
export async function runNode(
  args: readonly string[],
  { directory = projectDirectory, exitCode = 0 }: RunOptions = {},
): Promise<ProcessRun> {
  const start = performance.now();
  const child = spawn(process.execPath, ["-r", resolve(__dirname, "peakMemory.cjs"), ...args], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [, stdout, stderr, usage] = child.stdio as unknown as Readable[];
  stdout?.resume();
  const [complaint, peak, code] = await Promise.all([
    text(stderr as Readable),
    text(usage as Readable),
    new Promise<number | null>((done) => child.on("close", done)),
  ]);
  if (code !== exitCode) {
    throw new Error(`node ${args.join(" ")} ended with ${code}: ${complaint}`);
  }
  return { seconds: (performance.now() - start) / 1000, peakMegabytes: Number(peak) / 1024 };
}

/** Medians of two commands run in turn; the first pair is a warm-up. */
export async function pairedRuns(
  subject: readonly string[],
  floor: readonly string[],
  runs: number,
): Promise<{ subject: ProcessRun; floor: ProcessRun }> {
  const samples = await inTurn(
    () => runNode(subject),
    () => runNode(floor),
    runs,
  );
  return { subject: medianRun(samples.subject), floor: medianRun(samples.floor) };
}

function medianRun(runs: readonly ProcessRun[]): ProcessRun {
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    peakMegabytes: median(runs.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

/** What two pieces of work give, done in turn, so that a machine that slows down slows both; the first pair is a warm-up. */
export async function inTurn<T>(
  subject: () => Promise<T>,
  floor: () => Promise<T>,
  rounds: number,
): Promise<{ readonly subject: readonly T[]; readonly floor: readonly T[] }> {
  const samples = { subject: [] as T[], floor: [] as T[] };
  for (let round = 0; round <= rounds; round += 1) {
    const pair = { subject: await subject(), floor: await floor() };
    if (round > 0) {
      samples.subject.push(pair.subject);
      samples.floor.push(pair.floor);
    }
  }
  return samples;
}

/** The middle value; of an even number of values the upper one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A figure with its ratio. */
export function measured(name: string, unit: string, value: number, floor: number, limit: number): Measurement {
  return { name, unit, value, floor, ratio: value / floor, limit };
}
