/**
 * Runs a command's main function at the edge of the process: its result becomes the exit code, a reader that closes the
 * pipe early (`| head`) ends it quietly, and what goes wrong otherwise is one line.
 */
export function runCommand(main: (argv: readonly string[]) => number | Promise<number>): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") {
        throw error;
      }
    });
  }
  const finish = (exitCode: number): void => {
    process.exitCode = exitCode;
  };
  const fail = (error: unknown): void => {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  };
  Promise.resolve()
    .then(() => main(process.argv.slice(2)))
    .then(finish, fail);
}
