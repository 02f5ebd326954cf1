import { constants } from "node:os";
import { comparison, stacksOf } from "../diff/checkout/comparison";
import type { Checkout } from "../diff/checkout/side";
import { checkOut } from "../diff/checkout/worktree";
import { isChanged, type Difference } from "../diff/difference";
import { differenceJson } from "../diff/json";
import { differenceMarkdown } from "../diff/markdown";
import { differenceText } from "../diff/text";
import { printable } from "../invisible";
import { isoToday } from "../tenancy/date";
import { listed, quoted } from "../tenancy/quote";
import { UsageError, withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { formatFlag, todayFlag } from "./flags";
import { withProgress } from "./progress";

const formats = { text: differenceText, markdown: differenceMarkdown, json: differenceJson };

const command = {
  usage: `npm run diff -- REF [FLAGS]

Says for whom the working tree changes what, compared with a git commit, and which resources that takes. Runs both
programs without a cloud; nothing in the working tree is touched.
Exits with 0 when nothing changes, 3 when something does, 1 when it cannot be told, 2 when called wrongly.`,
  operand: "which commit to compare with is missing: a branch, a tag, HEAD~1",
  options: {
    stack: { value: "STACK", description: "Compare one stack only. Default: all of either side." },
    today: todayFlag("the stack's"),
    format: formatFlag(Object.keys(formats), "text, markdown (a comment on a pull request), or json."),
  },
};

type Flags = Values<typeof command.options>;

/** Something changes, for a tenant or for everybody. */
const changedExitCode = 3;

async function main(flags: Flags, ref: string): Promise<number> {
  const interruption = abortedBySignals();
  const worktree = checkOut(projectDirectory, ref);
  // Whatever ends this process, short of a kill.
  process.once("exit", worktree.remove);
  try {
    const before = { directory: worktree.directory, label: ref };
    return await compare(before, flags, interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) {
      return interruption.signal.reason as number;
    }
    throw error;
  } finally {
    interruption.abort();
    worktree.remove();
  }
}

async function compare(before: Checkout, { stack, today, format }: Flags, signal: AbortSignal): Promise<number> {
  const after = { directory: projectDirectory, label: "the working tree" };
  const known = stacksOf(before, after);
  if (stack !== undefined && !known.includes(stack)) {
    throw new UsageError(`--stack ${quoted(stack)} is a stack of neither side; there are ${listed(known)}`);
  }
  const stacks = stack === undefined ? known : [stack];
  const difference: Difference = await withProgress(
    `comparing ${stacks.length === 1 ? "one stack" : `${stacks.length} stacks`} with ${printable(before.label)}`,
    () => comparison(before, after, stacks, { today, now: isoToday(new Date()), signal }),
  );
  process.stdout.write(formats[format as keyof typeof formats](difference));
  return isChanged(difference) ? changedExitCode : 0;
}

/** Ends the syntheses when a signal comes; the reason is the exit code that shells give for it. */
function abortedBySignals(): AbortController {
  const controller = new AbortController();
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => controller.abort(128 + constants.signals[signal]));
  }
  return controller;
}

runCommand(withFlags(command, main));
