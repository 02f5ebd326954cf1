import type { ExampleStack } from "../exampleStack";
import type { Fault } from "../mutatedPack";

/** A stack as somebody else may write it. */
export interface ForeignStack {
  /** What is special about it. */
  readonly what: string;
  readonly stack: ExampleStack;
  /** The policy that finds something in it; none in a stack that is in order. */
  readonly finds?: string;
  /** A fault in the pack that this stack alone of the table brings to light. */
  readonly fault: Fault;
}

/** A fault in a file of the pack. */
export function fault(file: string, was: string, becomes: string): Fault {
  return { file, was, becomes };
}

export const account = "111122223333";

/** A policy document of these statements, as text. */
export function documentOf(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
