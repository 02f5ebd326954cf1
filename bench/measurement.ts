import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { projectDirectory } from "../cli/command";

/** Node's arguments of a command, as package.json starts it. */
function argumentsOf(command: "check" | "synth" | "diff" | "why"): string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectDirectory, "package.json"), "utf8")) as {
    scripts: Readonly<Record<string, string>>;
  };
  return String(scripts[command]).split(" ").slice("exec node".split(" ").length);
}

/** `npm run check`. */
export const checkCommand = argumentsOf("check");

/** How package.json starts a command that loads Pulumi, without its file; a floor of `synth` gets the same. */
export function flagsOf(command: "synth" | "diff" | "why"): string[] {
  return argumentsOf(command).slice(0, -1);
}

/** A figure of `npm run bench`. */
interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

/** A figure alone, one against a floor or a limit of the same run, or why it could not be taken here. */
export type Outcome = Figure | ReturnType<typeof measured> | { readonly name: string; readonly skipped: string };

/**
 * A figure with its ratio.
 * @param floor What it is measured against, in the same unit.
 * @param limit The ratio that the project promises not to pass.
 */
export function measured(name: string, unit: string, value: number, floor: number, limit: number) {
  return { name, unit, value, floor, ratio: value / floor, limit };
}

/** A whole process as the operating system accounts for it. */
export type ProcessRun = Readonly<Record<"seconds" | "peakMegabytes", number>>;

/**
 * Runs node with these arguments and waits for its end; what it prints is read and thrown away.
 * @param exitCode The code with which it is to end.
 * @throws Error with what it printed on stderr when it ends otherwise than it should.
 */
export async function runNode(
  args: readonly string[],
  { directory = projectDirectory, exitCode = 0 } = {},
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
  return { seconds: secondsSince(start), peakMegabytes: Number(peak) / 1024 };
}

/** From a moment of `performance.now()`. */
export function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

/**
 * Medians of what two pieces of work measure, done in turn, so that a machine that slows down slows both; the first pair is
 * a warm-up.
 */
export async function inTurn<Name extends string>(
  subject: () => Promise<Readonly<Record<Name, number>>>,
  floor: () => Promise<Readonly<Record<Name, number>>>,
  rounds: number,
): Promise<Readonly<Record<"subject" | "floor", Readonly<Record<Name, number>>>>> {
  const samples = { subject: [await subject()], floor: [await floor()] };
  for (let round = 1; round <= rounds; round += 1) {
    samples.subject.push(await subject());
    samples.floor.push(await floor());
  }
  return { subject: medians(samples.subject.slice(1)), floor: medians(samples.floor.slice(1)) };
}

/** The middle value of each figure; of an even number of values the upper one. */
function medians<Name extends string>(samples: readonly Readonly<Record<Name, number>>[]): Record<Name, number> {
  const names = Object.keys(samples[0] ?? {}) as Name[];
  const middle = (name: Name) => samples.map((sample) => sample[name]).sort((a, b) => a - b)[samples.length >> 1];
  return Object.fromEntries(names.map((name) => [name, middle(name)])) as Record<Name, number>;
}

/** Gives work a folder that is deleted afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "sftp-gateway-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
