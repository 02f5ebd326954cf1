import { userInfo } from "node:os";
import { printable } from "../invisible";
import { isIsoDate } from "../tenancy/date";
import { listed, quoted } from "../tenancy/quote";
import { UsageError } from "./arguments";

/** The one stack that a command is about. */
export const stackFlag = {
  value: "STACK",
  default: "dev",
  description: "The stack: a file Pulumi.<stack>.yaml.",
} as const;

/** The same where a wrong guess would do harm. */
export const namedStackFlag = {
  value: "STACK",
  description: "The stack: a file Pulumi.<stack>.yaml. It has no default.",
} as const;

/** Who does something that others will ask about. */
export const byFlag = {
  value: "WHO",
  description: "Who does it, for whoever reads the table. Default: the name of this machine's user.",
} as const;

/** Who does it, whether it is said or not. @throws UsageError for what is no name, or when there is none. */
export function operatorOf(by: string | undefined): string {
  if (by !== undefined && (by.length > 100 || printable(by) !== by)) {
    throw new UsageError("--by is a name of 100 characters at most, none of them invisible");
  }
  return by ?? userOfMachine();
}

function userOfMachine(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the number of a user often has no name.
    throw new UsageError("who does this is missing: --by WHO, since this machine has no name for its user");
  }
}

/** The tenants file, where it is not the one that the stack's settings name. */
export const otherTenantsFlag = {
  value: "FILE",
  description: "Instead of the stack's tenants file.",
} as const;

/**
 * The day for which keys are chosen.
 * @param otherwise What is used when it is not given: `the stack's`.
 */
export function todayFlag(otherwise: string) {
  return {
    value: "YYYY-MM-DD",
    description: `Check key expiry against that day. Default: ${otherwise}.`,
    fault: (text: string) =>
      isIsoDate(text) ? undefined : `${quoted(text)} is not a day of the calendar as YYYY-MM-DD`,
  } as const;
}

/**
 * How a command prints what it found.
 * @param formats Their names, the default first.
 * @param description Each of them, and what it is for where that is not plain.
 */
export function formatFlag(formats: readonly string[], description: string) {
  return {
    value: "FORMAT",
    default: formats[0] ?? "",
    description,
    fault: (text: string) => (formats.includes(text) ? undefined : `is ${formats.join(", ")}, not ${quoted(text)}`),
  } as const;
}

/** @throws UsageError for a stack that is none of the project's. */
export function requireStack(stack: string, stacks: readonly string[]): void {
  if (!stacks.includes(stack)) {
    throw new UsageError(`--stack ${quoted(stack)} is not a stack of this project; there are ${listed(stacks)}`);
  }
}

/** @throws UsageError for one that is not named, or is none of the project's. */
export function requireNamedStack(stack: string | undefined, stacks: readonly string[]): asserts stack is string {
  if (stack === undefined) {
    throw new UsageError(`which stack is meant is missing: --stack STACK; there are ${listed(stacks)}`);
  }
  requireStack(stack, stacks);
}
