/** Reads the fields of an event whose shape AWS documents, and says in words which one is missing. */
export class Fields {
  constructor(
    private readonly value: unknown,
    /** What the value is, for messages. */
    readonly what: string,
  ) {}

  /** @throws Error unless there is a text at the path. */
  text(...path: string[]): string {
    const value = this.at(path);
    if (typeof value !== "string" || value === "") {
      throw this.missing("text", path);
    }
    return value;
  }

  /** The text at the path; null where there is none. */
  textOrNull(...path: string[]): string | null {
    const value = this.at(path);
    return typeof value === "string" && value !== "" ? value : null;
  }

  /** @throws Error unless there is a size in bytes at the path. */
  bytes(...path: string[]): number {
    const value = this.at(path);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
      throw this.missing("number of bytes", path);
    }
    return value;
  }

  /** @throws Error unless there is a time at the path. */
  time(...path: string[]): string {
    const time = new Date(this.text(...path));
    if (Number.isNaN(time.getTime())) {
      throw this.missing("time", path);
    }
    return time.toISOString();
  }

  /** @throws Error unless there is a list at the path. */
  list(...path: string[]): unknown[] {
    const value = this.at(path);
    if (!Array.isArray(value)) {
      throw this.missing("list", path);
    }
    return value;
  }

  private at(path: readonly string[]): unknown {
    return path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), this.value);
  }

  /** Names the field only: values may be a partner's business. */
  private missing(kind: string, path: readonly string[]): Error {
    return new Error(`${this.what} has no ${kind} at ${path.join(".")}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
