import { isBreaking, moved, type Change } from "./change";
import { resourceDifference, type ResourceDifference } from "./resources";
import type { Side } from "./side";
import { tenantDifferences, type TenantDifference } from "./tenants";

/** What a change does to all stacks. */
export interface Difference {
  /** The git ref as it was given. */
  readonly from: string;
  /** The day (UTC, YYYY-MM-DD) on which keys soon to expire are looked for. */
  readonly today: string;
  /** Sorted by name. */
  readonly stacks: readonly StackDifference[];
}

/** What a change does to one stack. */
export interface StackDifference {
  readonly stack: string;
  /** What changes for every tenant. */
  readonly changes: readonly Change[];
  /** Sorted by name; breaking changes do not come first, so that a tenant is found where it is looked for. */
  readonly tenants: readonly TenantDifference[];
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
  const resources = resourceDifference(before?.deployment, after?.deployment ?? before?.deployment);
  return {
    stack,
    changes: stackChanges(before, after, resources),
    tenants: after === undefined ? [] : tenantDifferences(before, after, today),
    resources,
    otherFileUnread: before !== undefined && before.tenancy === undefined,
  };
}

/** Whether anything changes for any tenant; notices and resources alone do not count. */
export function isChanged({ stacks }: Difference): boolean {
  return stacks.some((stack) => changesOf(stack).length > 0);
}

/** All changes of a stack, whoever they are for. */
export function changesOf({ changes, tenants }: StackDifference): Change[] {
  return [...changes, ...tenants.flatMap((tenant) => tenant.changes)];
}

/** How many tenants change in a stack, and how many changes break something. */
export function countsOf(stack: StackDifference): { readonly tenants: number; readonly breaking: number } {
  return {
    tenants: stack.tenants.filter(({ changes }) => changes.length > 0).length,
    breaking: changesOf(stack).filter(isBreaking).length,
  };
}

function stackChanges(before: Side | undefined, after: Side | undefined, { replaced }: ResourceDifference): Change[] {
  if (before === undefined || after === undefined) {
    return [{ kind: before === undefined ? "stack-added" : "stack-removed" }];
  }
  const output = (name: string) =>
    [before, after].map(({ deployment }) => String(deployment.outputs[name])) as [string, string];
  return [
    ...(replaced.some(({ urn }) => urn.includes("aws:transfer/server:Server::"))
      ? [{ kind: "server-replaced" } as const]
      : []),
    ...moved("endpoint-moved", ...output("endpoint")),
    ...moved("bucket-moved", ...output("bucketName")),
  ];
}
