import { withUsersOfRecords } from "../inventory/records";
import { marksOf, type Change } from "./change";
import { resourceDifference, type ResourceDifference } from "./resources";
import { emptySide, type Side } from "./side";
import { newStack } from "./stack";
import type { SubjectDifference } from "./subject";
import { completed, subjectDifferences, type Told } from "./subjects";
import type { Mark } from "./telling";

/** What a change does to all stacks. */
export interface Difference {
  /** The git ref as it was given. */
  readonly from: string;
  /** The day (UTC, YYYY-MM-DD) on which keys soon to expire are looked for. */
  readonly today: string;
  /** Sorted by name. */
  readonly stacks: readonly StackDifference[];
}

/**
 * What a change does to one stack. Changes with a mark do not come first among a tenant's or the tenants, so that each is
 * found where it is looked for.
 */
export interface StackDifference extends Told {
  readonly stack: string;
  readonly resources: ResourceDifference;
  /** Whether this version could not read the other side's tenants.yaml, and suspended tenants cannot be told there. */
  readonly otherFileUnread: boolean;
}

/** The two sides of one stack; a side is undefined where the stack does not exist. */
export interface StackSides {
  readonly stack: string;
  before: Side | undefined;
  after: Side | undefined;
}

/** Compares the sides of one stack. */
export function stackDifference({ stack, before, after }: StackSides, today: string): StackDifference {
  // Nothing destroys a stack whose settings are gone: its resources stay, unmanaged.
  const resources = resourceDifference(before, after ?? before);
  const otherFileUnread = before !== undefined && before.tenancy === undefined;
  if (after === undefined) {
    const changes: Change[] = [{ kind: "stack-removed" }];
    return { stack, changes, tenants: [], spaces: [], unexplained: [], resources, otherFileUnread };
  }
  // What is told is told of users, whoever knows them; what AWS has of them is the resources.
  const [old, now] = [before && withUsers(before), withUsers(after)];
  const subjects = subjectDifferences(old ?? emptySide(stack), now, today);
  return old === undefined
    ? { stack, changes: [newStack(after)], ...subjects, unexplained: [], resources, otherFileUnread }
    : { stack, ...completed(old, now, subjects, resources), resources, otherFileUnread };
}

function withUsers(side: Side): Side {
  return { ...side, deployment: withUsersOfRecords(side.deployment) };
}

/** Whether anything changes that somebody should know; notices alone do not count. */
export function isChanged({ stacks }: Difference): boolean {
  return stacks.some((stack) => changesOf(stack).length > 0 || stack.unexplained.length > 0);
}

/** All changes of a stack, whoever they are for. */
export function changesOf({ changes, tenants, spaces }: StackDifference): Change[] {
  return [...changes, ...[...tenants, ...spaces].flatMap((subject) => subject.changes)];
}

/** How many tenants and spaces change in a stack, and how many changes have which mark, or no sentence. */
export function countsOf(
  stack: StackDifference,
): Readonly<Record<"tenants" | "spaces" | Mark | "unexplained", number>> {
  const changing = (subjects: readonly SubjectDifference[]) =>
    subjects.filter(({ changes }) => changes.length > 0).length;
  const marked = (mark: Mark) => changesOf(stack).filter((change) => marksOf(change).includes(mark)).length;
  return {
    tenants: changing(stack.tenants),
    spaces: changing(stack.spaces),
    breaking: marked("breaking"),
    dangerous: marked("dangerous"),
    unexplained: stack.unexplained.length,
  };
}
