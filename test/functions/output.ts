/** A line of JSON that the function wrote: a log line or a metric. */
export type Line = Readonly<Record<string, unknown>>;

/**
 * Runs the work and returns the lines of JSON that it wrote, to either stream, as Lambda's log would hold them; other output
 * passes. A failure of the work is returned too, so that both can be looked at.
 */
export async function outputOf(work: () => Promise<void>): Promise<{ lines: Line[]; error?: unknown }> {
  const lines: Line[] = [];
  const restore = [process.stdout, process.stderr].map((stream) => divert(stream, lines));
  try {
    await work();
    return { lines };
  } catch (error) {
    return { lines, error };
  } finally {
    restore.forEach((each) => each());
  }
}

function divert(stream: NodeJS.WriteStream, lines: Line[]): () => void {
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array, ...rest: []) => {
    const text = chunk.toString();
    if (!text.startsWith("{")) {
      return write(chunk, ...rest);
    }
    lines.push(
      ...text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Line),
    );
    return true;
  };
  return () => {
    stream.write = write;
  };
}
