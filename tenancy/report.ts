import type { Position } from "./model";
import type { Problem } from "./problem";

/** More than anybody reads at once; keeps a hostile file from filling the memory or a terminal. */
const maxProblems = 1000;

interface Entry {
  readonly severity: Problem["severity"];
  readonly offset: number;
  readonly message: string;
  readonly tenant: string | undefined;
}

/** A value, or how to make it where that costs something: it is not made once the report is full. */
type Lazy<T extends string | number> = T | (() => T);

/** Collects what is wrong with one file. Rules name places by their offset; lines are counted when there is a need. */
export class Report {
  private readonly entries: Record<Problem["severity"], Entry[]> = { error: [], warning: [] };
  private readonly omitted: Record<Problem["severity"], number> = { error: 0, warning: 0 };
  private lineStarts: number[] | undefined;

  /**
   * @param file The path as the user gave it.
   * @param text The file's text, into which offsets point; empty when it could not be read.
   */
  constructor(
    private readonly file: string,
    readonly text: string,
  ) {}

  error(offset: Lazy<number>, message: Lazy<string>, tenant?: string): void {
    this.add("error", offset, message, tenant);
  }

  warn(offset: Lazy<number>, message: Lazy<string>, tenant?: string): void {
    this.add("warning", offset, message, tenant);
  }

  get hasErrors(): boolean {
    return this.entries.error.length > 0;
  }

  /** Sorted by place. At most 1,000 of each severity, the last of which then says how many more there were. */
  get problems(): Problem[] {
    const entries = [...this.entries.error, ...this.entries.warning];
    entries.sort((a, b) => a.offset - b.offset);
    return [...entries.map((entry) => this.problem(entry)), ...this.closing("error"), ...this.closing("warning")];
  }

  /** Line and column of an offset; columns count UTF-16 units, as editors do. */
  position(offset: number): Position {
    const starts = (this.lineStarts ??= lineStartsOf(this.text));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  private add(
    severity: Problem["severity"],
    offset: Lazy<number>,
    message: Lazy<string>,
    tenant: string | undefined,
  ): void {
    const entries = this.entries[severity];
    if (entries.length >= maxProblems) {
      this.omitted[severity] += 1;
      return;
    }
    entries.push({ severity, offset: made(offset), message: made(message), tenant });
  }

  private closing(severity: Problem["severity"]): Problem[] {
    const omitted = this.omitted[severity];
    const last = this.entries[severity].at(-1);
    if (omitted === 0 || last === undefined) {
      return [];
    }
    const message = `... and ${omitted} more ${severity}${omitted === 1 ? "" : "s"} that are not shown`;
    return [this.problem({ ...last, message, tenant: undefined })];
  }

  private problem({ severity, offset, message, tenant }: Entry): Problem {
    const place = { severity, file: this.file, ...this.position(offset), message };
    return tenant === undefined ? place : { ...place, tenant };
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) {
    starts.push(end + 1);
  }
  return starts;
}

function made<T extends string | number>(lazy: Lazy<T>): T {
  return typeof lazy === "function" ? lazy() : lazy;
}
