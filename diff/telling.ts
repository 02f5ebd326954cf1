import type { Detail } from "./details";
import type { Sentence } from "./sentence";

/** What a change may do that nobody wants by accident. */
export type Mark =
  /** A client fails that worked before. */
  | "breaking"
  /** Files, messages or logs may be lost; somebody new may read or hear; a guard is weaker. */
  | "dangerous";

/** A kind of change: how it is told, and which details of the difference need no other explanation because of it. */
export interface Telling<Facts> {
  /** For whoever decides whether it may be; the subject is the tenant or space, or the environment, it stands below. */
  readonly say: (facts: Facts) => Sentence;
  readonly marks?: readonly Mark[] | ((facts: Facts) => readonly Mark[]);
  /** Asked only of details that concern those it stands below. Without it the change explains none. */
  readonly explains?: (detail: Detail, facts: Facts) => boolean;
}

/** Declares a kind of change; what it must be told is inferred from its sentence. */
export function tell<Facts>(telling: Telling<Facts>): Telling<Facts> {
  return telling;
}

/** A change or a notice as data: its kind, and what its sentence must be told. */
export type OneOf<Tellings> = {
  [Kind in keyof Tellings]: Tellings[Kind] extends Telling<infer Facts> ? { readonly kind: Kind } & Facts : never;
}[keyof Tellings];
