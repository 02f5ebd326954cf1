import { printable } from "../invisible";
import { lineOf, type Change, type Notice } from "./change";
import { countsOf, type Difference, type StackDifference } from "./difference";
import { labelOfUrn, type ResourceDifference } from "./resources";
import { counted } from "./sentence";

/** The difference for a terminal. */
export function differenceText({ from, today, stacks }: Difference): string {
  return [`Compared with ${printable(from)} on ${today}`, ...stacks.flatMap(stackLines), ""].join("\n");
}

function stackLines(stack: StackDifference): string[] {
  const line = (told: Change | Notice) => lineOf(told, printable, "breaking: ");
  return [
    "",
    `${printable(stack.stack)}: ${summaryOf(stack)}`,
    ...stack.changes.map((change) => `  ${line(change)}`),
    ...(stack.otherFileUnread ? [`  note: ${unreadNote}`] : []),
    ...stack.tenants.flatMap(({ name, changes, notices }) => [
      `  ${printable(name)}`,
      ...[...changes, ...notices].map((told) => `    ${line(told)}`),
    ]),
    `  resources: ${resourceCounts(stack.resources)}`,
    ...resourceLines(stack.resources).map((resource) => `    ${resource}`),
  ];
}

/** What there is to know when the other side's tenants.yaml is in a form that this version does not read. */
export const unreadNote =
  "the other side's tenants.yaml cannot be read by this version: suspended tenants and key expiry there are not known";

/** How much changes for the tenants of a stack, in a few words. */
export function summaryOf(stack: StackDifference): string {
  const { tenants, breaking } = countsOf(stack);
  const counts = [
    ...(tenants > 0 ? [`${counted(tenants, "tenant")} ${tenants === 1 ? "changes" : "change"}`] : []),
    ...(breaking > 0 ? [counted(breaking, "breaking change")] : []),
  ];
  const otherwise = stack.changes.length > 0 ? "changes for every tenant" : "nothing changes for any tenant";
  return counts.join(", ") || otherwise;
}

/** `1 created, 0 changed, 0 replaced, 2 deleted`. */
export function resourceCounts(resources: ResourceDifference): string {
  return Object.entries(resources)
    .map(([outcome, { length }]) => `${length} ${outcome}`)
    .join(", ");
}

/** A line for each resource, marked as `pulumi preview` marks them. */
export function resourceLines({ created, changed, replaced, deleted }: ResourceDifference): string[] {
  return [
    ...created.map((urn) => `+ ${labelOfUrn(urn)}`),
    ...changed.map(({ urn, inputs }) => `~ ${labelOfUrn(urn)} (${inputs.join(", ")})`),
    ...replaced.map(({ urn, inputs }) => `+- ${labelOfUrn(urn)} (${inputs.join(", ")})`),
    ...deleted.map((urn) => `- ${labelOfUrn(urn)}`),
  ].map(printable);
}
