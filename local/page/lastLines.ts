import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/**
 * The last whole lines of a file, oldest first; none where there is no file. A link is not followed.
 * @param bytes How much of it is looked at.
 */
export function lastLines(file: string, bytes: number): string[] {
  const descriptor = opened(file);
  if (descriptor === undefined) {
    return [];
  }
  try {
    const { size } = fstatSync(descriptor);
    const start = Math.max(0, size - bytes);
    const text = Buffer.alloc(size - start);
    const length = readSync(descriptor, text, 0, text.length, start);
    const lines = text.toString("utf8", 0, length).split("\n").slice(0, -1);
    return start === 0 ? lines : lines.slice(1);
  } finally {
    closeSync(descriptor);
  }
}

function opened(file: string): number | undefined {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}
