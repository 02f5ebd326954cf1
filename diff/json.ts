import { isBreaking, type Change } from "./change";
import { countsOf, isChanged, type Difference, type StackDifference } from "./difference";

/** The difference as data, with every change marked as breaking or not. */
export function differenceJson(difference: Difference): string {
  const { from, today, stacks } = difference;
  const content = { from, today, changed: isChanged(difference), stacks: stacks.map(stackJson) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function stackJson(stack: StackDifference): unknown {
  const { changes, tenants, resources } = stack;
  const { created, changed, replaced, deleted } = resources;
  return {
    stack: stack.stack,
    counts: {
      ...countsOf(stack),
      created: created.length,
      changed: changed.length,
      replaced: replaced.length,
      deleted: deleted.length,
    },
    otherFileUnread: stack.otherFileUnread,
    changes: changes.map(changeJson),
    tenants: tenants.map((tenant) => ({ ...tenant, changes: tenant.changes.map(changeJson) })),
    resources,
  };
}

function changeJson(change: Change): unknown {
  return { ...change, breaking: isBreaking(change) };
}
