import { suggestion } from "./explain";
import { listed, quoted } from "./quote";
import type { Report } from "./report";
import type { Path } from "./tree";

/** What lists of stacks are read against. */
export interface Project {
  readonly report: Report;
  /** Every stack of the project. */
  readonly stacks: readonly string[];
}

/**
 * The stacks of a tenant, or of what belongs to it. Reports names that are no stack, stand twice, or are none of the
 * tenant's.
 * @param path The place of what has the list.
 * @param allowed What the list may name; it counts as this when it is left out or anything in it is wrong.
 * @param bearer What has the list, within a tenant: `the key`.
 */
export function readStacks(
  list: readonly (string | undefined)[] | undefined,
  path: Path,
  { report, stacks }: Project,
  allowed = stacks,
  bearer = "the list",
): readonly string[] {
  if (list === undefined) {
    return allowed;
  }
  const named = new Set<string>();
  list.forEach((stack, index) => {
    const fault = stack === undefined ? undefined : faultOf(stack, { named, stacks, allowed, bearer });
    if (fault !== undefined) {
      report.error([...path, "environments", index], fault);
    } else if (stack !== undefined) {
      named.add(stack);
    }
  });
  return named.size === list.length ? [...named] : allowed;
}

/** What a name in a list of stacks is read against. */
interface ListedStacks {
  /** Those before it in the list. */
  readonly named: ReadonlySet<string>;
  readonly stacks: readonly string[];
  readonly allowed: readonly string[];
  readonly bearer: string;
}

function faultOf(stack: string, { named, stacks, allowed, bearer }: ListedStacks): string | (() => string) | undefined {
  if (!stacks.includes(stack)) {
    const known = `there are ${listed(stacks) || "none"} (the files Pulumi.<stack>.yaml)`;
    return () => `unknown environment ${quoted(stack)}; ${suggestion(stack, stacks) ?? known}`;
  }
  if (named.has(stack)) {
    return `environment ${quoted(stack)} is listed twice`;
  }
  return allowed.includes(stack)
    ? undefined
    : `${bearer} names environment ${quoted(stack)}, which the tenant is not in; ` +
        "add it to the tenant's environments or remove it here";
}
