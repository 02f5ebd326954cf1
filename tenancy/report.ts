import { isScalar, LineCounter, type ParsedNode } from "yaml";

import type { Position } from "./model";
import type { Problem } from "./problem";
import { tenantName } from "./schema";
import { nodeAt, offsetOf, type Path } from "./tree";

/** More than anybody reads at once; keeps a hostile file from filling the memory or a terminal. */
const maxProblems = 1000;

type Severity = Problem["severity"];

/** The text itself, or how to make it where that costs something: it is not made once the report is full. */
type Message = string | (() => string);

/** Collects what is wrong with one file, and knows where things stand in it. */
export class Report {
  /** What the file holds, once it has been parsed: paths lead into it. */
  root: ParsedNode | null = null;
  private readonly reported: Readonly<Record<Severity, Problem[]>> = { error: [], warning: [] };
  private readonly omitted: Record<Severity, number> = { error: 0, warning: 0 };
  private readonly lines: Lines;

  /**
   * @param file The path as the user gave it.
   * @param text The file's text, into which offsets point; empty when it could not be read.
   */
  constructor(
    private readonly file: string,
    readonly text: string,
  ) {
    this.lines = new Lines(text);
  }

  /**
   * Reports something for which the file cannot be deployed; for what stands in a tenant, with the tenant's name.
   * @param place An offset into the text, or a path.
   * @param key The place is that key of the mapping at the path. Default: the value at the path.
   */
  error(place: number | Path, message: Message, key?: string): void {
    this.add("error", place, message, key);
  }

  /** Reports something that a person should know; otherwise as {@link error}. */
  warn(place: Path, message: Message): void {
    this.add("warning", place, message);
  }

  get hasErrors(): boolean {
    return this.reported.error.length > 0;
  }

  /** Sorted by place. At most 1,000 of each severity, the last of which then says how many more there were. */
  get problems(): Problem[] {
    const { error, warning } = this.reported;
    const sorted = [...error, ...warning].sort((a, b) => a.line - b.line || a.column - b.column);
    return [...sorted, ...this.closing("error"), ...this.closing("warning")];
  }

  /** Line and column of a place; columns count UTF-16 units, as editors do. */
  position(place: number | Path, key?: string): Position {
    const offset = typeof place === "number" ? place : offsetOf(this.root, place, key);
    return this.lines.position(offset);
  }

  private add(severity: Severity, place: number | Path, message: Message, key?: string): void {
    const problems = this.reported[severity];
    if (problems.length >= maxProblems) {
      this.omitted[severity] += 1;
      return;
    }
    const text = typeof message === "string" ? message : message();
    const tenant = typeof place === "number" ? undefined : this.tenantAt(place);
    const about = tenant === undefined ? {} : { tenant };
    problems.push({ severity, file: this.file, ...this.position(place, key), message: text, ...about });
  }

  /** The name of the tenant that a path leads into, when it has a proper one. */
  private tenantAt(path: Path): string | undefined {
    const node = path[0] === "tenants" ? nodeAt(this.root, [...path.slice(0, 2), "name"]) : undefined;
    const name = isScalar(node) ? node.value : undefined;
    return typeof name === "string" && tenantName.test(name) ? name : undefined;
  }

  private closing(severity: Severity): Problem[] {
    const omitted = this.omitted[severity];
    const message = `... and ${omitted} more ${severity}${omitted === 1 ? "" : "s"} that are not shown`;
    const last = omitted === 0 ? [] : this.reported[severity].slice(-1);
    return last.map(({ file, line, column }) => ({ severity, file, line, column, message }));
  }
}

/** The lines of a text, counted as far as somebody asks: behind the first faults of a hostile file there may be millions. */
class Lines {
  private readonly counted = new LineCounter();
  /** Where the first line begins that is not counted yet. */
  private next = 0;

  constructor(private readonly text: string) {}

  position(offset: number): Position {
    while (this.next <= offset) {
      this.counted.addNewLine(this.next);
      const end = this.text.indexOf("\n", this.next);
      this.next = end === -1 ? Infinity : end + 1;
    }
    const { line, col: column } = this.counted.linePos(offset);
    return { line, column };
  }
}
