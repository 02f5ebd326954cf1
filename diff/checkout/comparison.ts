import { availableParallelism } from "node:os";
import { stackNames } from "../../tenancy/stacks";
import { stackDifference, type Difference, type StackSides } from "../difference";
import { sideOf, type Checkout, type SideOptions } from "./side";

/** Stacks of either checkout, sorted. */
export function stacksOf(before: Checkout, after: Checkout): string[] {
  return [...new Set([...stackNames(before.directory), ...stackNames(after.directory)])].sort();
}

/**
 * What changes between two checkouts. The syntheses run at the same time, as many as there are processors.
 * @param stacks The stacks to compare; those that a checkout does not have are new or gone there.
 */
export async function comparison(
  before: Checkout,
  after: Checkout,
  stacks: readonly string[],
  options: Omit<SideOptions, "stack" | "tenancies">,
): Promise<Difference> {
  const checkouts = { before, after };
  const tenancies: SideOptions["tenancies"] = new Map();
  const pairs = stacks.map((stack): StackSides => ({ stack, before: undefined, after: undefined }));
  const waiting = pairs.flatMap((pair) => (["before", "after"] as const).map((side) => ({ pair, side }))).values();
  const synthesiseInTurn = async () => {
    for (const { pair, side } of waiting) {
      if (stackNames(checkouts[side].directory).includes(pair.stack)) {
        pair[side] = await sideOf(checkouts[side], { ...options, stack: pair.stack, tenancies });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, synthesiseInTurn));
  const today = options.today ?? options.now;
  return { from: before.label, today, stacks: pairs.map((pair) => stackDifference(pair, today)) };
}
