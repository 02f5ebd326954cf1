import { isIsoDate } from "../tenancy/date";
import { listed, quoted } from "../tenancy/quote";
import { UsageError } from "./arguments";

/** The one stack that a command is about. */
export const stackFlag = {
  value: "STACK",
  default: "dev",
  description: "The stack: a file Pulumi.<stack>.yaml.",
} as const;

/** The tenants file, where it is not the one that the stack's settings name. */
export const otherTenantsFlag = { value: "FILE", description: "Instead of the stack's tenants file." } as const;

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
