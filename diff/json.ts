import { isBreaking, type Change } from "./change";
import { countsOf, isChanged, type Difference, type StackDifference } from "./difference";

/** The difference as data, with every change marked as breaking or not. */
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
    tenants: stack.tenants.map((tenant) => ({ ...tenant, changes: tenant.changes.map(changeJson) })),
    resources: stack.resources,
  };
}

function changeJson(change: Change): unknown {
  return { ...change, breaking: isBreaking(change) };
}
