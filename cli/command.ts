import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { shellWord } from "../shellWord";
import { UserError } from "../userError";
import { printError } from "./terminal";

/** The project's folder, whose stacks the commands are about wherever they are called. */
export const projectDirectory = join(__dirname, "..");

/**
 * Runs a command's main function at the edge of the process: its result becomes the exit code, and a reader that closes
 * the pipe early (`| head`) ends it quietly. A user's mistake is told by its message alone; any other error is a bug,
 * told with its stack and where to report it.
 */
export function runCommand(main: (argv: readonly string[]) => number | Promise<number>): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") {
        tell(error);
        process.exit(1);
      }
    });
  }
  void Promise.resolve()
    .then(() => main(process.argv.slice(2)))
    .catch((error: unknown) => {
      tell(error);
      return 1;
    })
    .then((exitCode) => (process.exitCode = exitCode));
}

function tell(error: unknown): void {
  if (isUsersMistake(error)) {
    printError(error.message);
  } else {
    // Whole lines: a stack and a command are to be copied.
    process.stderr.write(`error: ${bugReport(error)}\n`);
  }
}

/** What the operating system refuses because of how the machine is set up or used. */
const refusals = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EMFILE"];

/** The program throws Pulumi's RunError, which is known by a mark of its own: loading the SDK takes half a second. */
function isUsersMistake(error: unknown): error is Error {
  if (!(error instanceof Error)) {
    return false;
  }
  const { code = "", __pulumiRunError } = error as NodeJS.ErrnoException & { __pulumiRunError?: boolean };
  return error instanceof UserError || __pulumiRunError === true || refusals.includes(code);
}

function bugReport(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return `${stack}

This is a bug of sftp-gateway. Please report it, with the lines above, in ${issueTracker()}.${
    process.execArgv.includes(sourceMaps) ? "" : `\nThe stack with the lines of the source: ${rerun()}`
  }`;
}

/** Without it a stack has the lines of the JavaScript that node was given. */
const sourceMaps = "--enable-source-maps";

/** This process's command, for a shell, with the stacks that were left out or are of no use. */
function rerun(): string {
  const [, script = "", ...flags] = process.argv;
  const [loader, command] = [join(__dirname, "typescript.cjs"), script].map((file) => relative(process.cwd(), file));
  const words = ["node", sourceMaps, "--stack-trace-limit=50", "-r", `./${loader}`, command ?? "", ...flags];
  return words.map(shellWord).join(" ");
}

/** `bugs.url` of package.json, where whoever maintains this copy has set it. */
function issueTracker(): string {
  const { bugs } = JSON.parse(readFileSync(join(projectDirectory, "package.json"), "utf8")) as {
    bugs?: { url?: string };
  };
  return bugs?.url ?? "the issue tracker of the repository that you have this from";
}
