/** What is written to while somebody waits. */
type Terminal = Pick<NodeJS.WriteStream, "write"> & { readonly isTTY?: boolean | undefined };

/** What takes no longer needs no word. */
const patience = 1000;

/** Back to the line's beginning, and nothing of what stood there. */
const cleared = "\r\u001b[K";

/**
 * Says on a terminal what is being waited for, and for how long, once that is more than a second; nothing remains of it.
 * @param doing `synthesising stack dev`.
 */
export async function withProgress<Result>(
  doing: string,
  work: Promise<Result>,
  terminal: Terminal = process.stderr,
): Promise<Result> {
  if (terminal.isTTY !== true) {
    return work;
  }
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    terminal.write(`${cleared}${doing} ... ${seconds} s`);
  }, patience);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (seconds > 0) {
      terminal.write(cleared);
    }
  }
}
