import { availableParallelism } from "node:os";
import { stackNames } from "../../tenancy/stacks";
import { stackDifference, type Difference, type StackSides } from "../difference";
import { sideOf, type Checkout, type SideOptions } from "./side";

export interface ComparisonOptions extends Omit<SideOptions, "stack"> {
  /** The stacks to compare; those that a checkout does not have are new or gone there. */
  readonly stacks: readonly string[];
}

/** Stacks of either checkout, sorted. */
export function stacksOf(before: Checkout, after: Checkout): string[] {
  return [...new Set([...stackNames(before.directory), ...stackNames(after.directory)])].sort();
}

/** What changes between two checkouts. The syntheses run at the same time, as many as there are processors. */
export async function comparison(
  before: Checkout,
  after: Checkout,
  { stacks, ...options }: ComparisonOptions,
): Promise<Difference> {
  const inTurn = queue(Math.max(2, availableParallelism()));
  const side = (checkout: Checkout, stack: string) =>
    stackNames(checkout.directory).includes(stack)
      ? inTurn(() => sideOf(checkout, { ...options, stack }))
      : Promise.resolve(undefined);
  const sides = await Promise.all(
    stacks.map(async (stack): Promise<StackSides> => {
      const [old, now] = await Promise.all([side(before, stack), side(after, stack)]);
      return { stack, before: old, after: now };
    }),
  );
  const today = options.today ?? options.now;
  return { from: before.label, today, stacks: sides.map((pair) => stackDifference(pair, today)) };
}

/** Runs what it is given, no more than so many at once. */
function queue(limit: number): <T>(run: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (running >= limit) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    try {
      return await run();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
