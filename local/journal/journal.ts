import { closeSync, existsSync, openSync, renameSync, writeSync } from "node:fs";
import { printableJson } from "./printableJson";

/**
 * A log of one run: a JSON line for each event, written at once, so that it survives whatever ends the
 * process. The log of the run before is kept beside it, so the folder does not grow for ever.
 */
export class Journal<Event extends object> {
  private readonly descriptor: number;
  private closed = false;

  /** @param onLine Hears of each line, which has no line break. */
  constructor(
    file: string,
    private readonly onLine: (line: string, event: Event) => void,
  ) {
    if (existsSync(file)) {
      renameSync(file, file.replace(/\.jsonl$/, ".previous.jsonl"));
    }
    this.descriptor = openSync(file, "wx", 0o600);
  }

  /** After the end nothing is written: the descriptor may be another file's by then. */
  write(event: Event): void {
    if (this.closed) {
      return;
    }
    const line = printableJson({ timestamp: new Date().toISOString(), ...event });
    try {
      writeSync(this.descriptor, `${line}\n`);
    } catch {
      // A full disk fails the uploads it has no room for; it must not take the sessions that log them along.
    }
    this.onLine(line, event);
  }

  close(): void {
    this.closed = true;
    closeSync(this.descriptor);
  }
}
