import type { Change, Notice } from "./change";

/** What changes for one tenant or one space of a stack, and what there is to know besides. */
export interface SubjectDifference {
  readonly name: string;
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
}
