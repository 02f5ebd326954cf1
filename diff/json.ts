import { marksOf, type Change } from "./change";
import type { Detail } from "./details";
import { countsOf, isChanged, type Difference, type StackDifference } from "./difference";
import type { SubjectDifference } from "./subject";

/** The difference as data, with the marks of every change. */
export function differenceJson(difference: Difference): string {
  const { from, today, stacks } = difference;
  const content = { from, today, changed: isChanged(difference), stacks: stacks.map(stackJson) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function stackJson(stack: StackDifference): unknown {
  const resourceCounts = Object.entries(stack.resources).map(([outcome, { length }]) => [outcome, length] as const);
  return {
    stack: stack.stack,
    counts: { ...countsOf(stack), ...Object.fromEntries(resourceCounts) },
    otherFileUnread: stack.otherFileUnread,
    changes: stack.changes.map(changeJson),
    tenants: stack.tenants.map(subjectJson),
    spaces: stack.spaces.map(subjectJson),
    unexplained: stack.unexplained.map(detailJson),
    resources: stack.resources,
  };
}

function subjectJson(subject: SubjectDifference): unknown {
  return { ...subject, changes: subject.changes.map(changeJson) };
}

function changeJson(change: Change): unknown {
  const marks = marksOf(change);
  return { ...change, breaking: marks.includes("breaking"), dangerous: marks.includes("dangerous") };
}

function detailJson({ resource, ...detail }: Detail): unknown {
  return { ...detail, urn: resource?.urn ?? null };
}
