/** Something a person has to know about a file, in their words and with its place. */
export interface Problem {
  readonly severity: "error" | "warning";
  /** The path as the user gave it. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1. */
  readonly column: number;
  /** What was found and what would be right; never key material. One line, no control characters. */
  readonly message: string;
  /** Name of the tenant it is about, where there is one. */
  readonly tenant?: string;
}

/** `FILE:LINE:COLUMN: error: MESSAGE`, the form editors and CI systems turn into links. */
export function formatProblem({ file, line, column, severity, message }: Problem): string {
  return `${file}:${line}:${column}: ${severity}: ${message}`;
}

/** Errors stop a deployment; warnings do not. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}
