import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { comparison, stacksOf } from "../diff/checkout/comparison";
import type { Checkout } from "../diff/checkout/side";
import { checkOut } from "../diff/checkout/worktree";
import { isChanged, type Difference } from "../diff/difference";
import { differenceJson } from "../diff/json";
import { differenceMarkdown } from "../diff/markdown";
import { differenceText } from "../diff/text";
import { isIsoDate, isoToday } from "../tenancy/date";
import { listed, quoted } from "../tenancy/quote";
import { readArguments, usageError, type Values } from "./arguments";
import { runCommand } from "./command";

const formats = { text: differenceText, markdown: differenceMarkdown, json: differenceJson };

const command = {
  usage: `npm run diff -- REF [FLAGS]

Says for whom the working tree changes what, compared with a git commit, and which resources that takes. Runs both
programs without a cloud; nothing in the working tree is touched.
Exits with 0 when nothing changes for any tenant, 3 when something does, 1 when it cannot be told, 2 when called wrongly.`,
  options: {
    stack: { type: "string", value: "STACK", description: "Compare one stack only. Default: all of either side." },
    today: {
      type: "string",
      value: "YYYY-MM-DD",
      description: "Check key expiry against that day. Default: the stack's.",
    },
    format: {
      type: "string",
      value: "FORMAT",
      default: "text",
      choices: Object.keys(formats),
      description: "text, markdown (a comment on a pull request), or json.",
    },
  },
} as const;

type Flags = Values<typeof command.options>;

/** Something changes for a tenant. */
const changedExitCode = 3;

const projectDirectory = resolve(__dirname, "..");

async function main(argv: readonly string[]): Promise<number> {
  const { ref, flags } = splitRef(argv);
  const { values, exitCode } = readArguments(command, flags);
  if (values === undefined) {
    return exitCode;
  }
  if (ref === undefined) {
    return usageError(command, "which commit to compare with is missing: a branch, a tag, HEAD~1").exitCode;
  }
  const { today } = values;
  if (today !== undefined && !isIsoDate(today)) {
    return usageError(command, `--today ${quoted(today)} is not a day of the calendar as YYYY-MM-DD`).exitCode;
  }
  const interruption = listenForInterruption();
  const worktree = checkOut(projectDirectory, ref);
  // Whatever ends this process, short of a kill.
  process.once("exit", worktree.remove);
  try {
    const before = { directory: worktree.directory, label: ref };
    return await compare(before, values, interruption.signal);
  } catch (error) {
    if (interruption.exitCode !== undefined) {
      return interruption.exitCode;
    }
    throw error;
  } finally {
    interruption.end();
    worktree.remove();
  }
}

async function compare(before: Checkout, { stack, today, format }: Flags, signal: AbortSignal): Promise<number> {
  const after = { directory: projectDirectory, label: "the working tree" };
  const known = stacksOf(before, after);
  if (stack !== undefined && !known.includes(stack)) {
    return usageError(command, `--stack ${quoted(stack)} is a stack of neither side; there are ${listed(known)}`)
      .exitCode;
  }
  const stacks = stack === undefined ? known : [stack];
  const difference: Difference = await comparison(before, after, stacks, { today, now: isoToday(new Date()), signal });
  process.stdout.write(formats[format as keyof typeof formats](difference));
  return isChanged(difference) ? changedExitCode : 0;
}

/** The first argument that neither is a flag nor belongs to one, and all the others. */
function splitRef(argv: readonly string[]): { ref: string | undefined; flags: string[] } {
  const options = Object.fromEntries(Object.entries(command.options).map(([name, { type }]) => [name, { type }]));
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const ref = tokens.find((token) => token.kind === "positional");
  return { ref: ref?.value, flags: argv.filter((_, index) => index !== ref?.index) };
}

interface Interruption {
  /** Ends the syntheses. */
  readonly signal: AbortSignal;
  readonly end: () => void;
  /** What shells give for the signal that came; undefined: none did. */
  exitCode: number | undefined;
}

function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const end = () => controller.abort();
  const interruption: Interruption = { signal: controller.signal, end, exitCode: undefined };
  for (const [signal, exitCode] of [
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.on(signal, () => {
      interruption.exitCode ??= exitCode;
      end();
    });
  }
  return interruption;
}

runCommand(main);
