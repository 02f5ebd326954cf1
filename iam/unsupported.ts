import { UserError } from "../userError";

/**
 * A policy says something this project does not know the meaning of, or is malformed. Nothing may be concluded from such a
 * document, least of all that it allows or denies.
 */
export class UnsupportedPolicyError extends UserError {
  /**
   * @param where The place in the document: `session policy, statement "Objects", Condition`.
   * @param what What was found there and why it cannot be evaluated.
   */
  constructor(
    readonly where: string,
    readonly what: string,
  ) {
    super(`${where}: ${what}`);
  }
}

/** @throws UnsupportedPolicyError unless the condition holds. */
export function demand(condition: unknown, where: string, what: string): asserts condition {
  if (!condition) {
    throw new UnsupportedPolicyError(where, what);
  }
}

/** What a question about policies yields; undefined where it meets what is not supported. */
export function unlessUnsupported<Result>(ask: () => Result): Result | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return undefined;
    }
    throw error;
  }
}
