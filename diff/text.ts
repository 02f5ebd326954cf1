import { printable } from "../invisible";
import { lineOf, type Change, type Notice } from "./change";
import { countsOf, type Difference, type StackDifference } from "./difference";
import { labelOfUrn, type ResourceDifference } from "./resources";
import { counted } from "./sentence";
import type { SubjectDifference } from "./subject";
import { unexplainedHeading, unexplainedSentences } from "./unexplained";

/** The difference for a terminal. */
export function differenceText({ from, today, stacks }: Difference): string {
  return [`Compared with ${printable(from)} on ${today}`, ...stacks.flatMap(stackLines), ""].join("\n");
}

function stackLines(stack: StackDifference): string[] {
  const line = (told: Change | Notice) => lineOf(told, printable, String);
  const subject = ({ changes, notices }: SubjectDifference, heading: string) => [
    `  ${heading}`,
    ...[...changes, ...notices].map((told) => `    ${line(told)}`),
  ];
  return [
    "",
    `${printable(stack.stack)}: ${summaryOf(stack)}`,
    ...stack.changes.map((change) => `  ${line(change)}`),
    ...(stack.otherFileUnread ? [`  note: ${unreadNote}`] : []),
    ...stack.tenants.flatMap((tenant) => subject(tenant, printable(tenant.name))),
    ...stack.spaces.flatMap((space) => subject(space, `space ${printable(space.name)}`)),
    ...(stack.unexplained.length > 0 ? [`  ${unexplainedHeading}`] : []),
    ...unexplainedSentences(stack.unexplained).map((sentence) => `    ${sentence(printable)}`),
    `  resources: ${resourceCounts(stack.resources)}`,
    ...resourceLines(stack.resources).map((resource) => `    ${resource}`),
  ];
}

/** What there is to know when the other side's tenants.yaml is in a form that this version does not read. */
export const unreadNote =
  "the other side's tenants.yaml cannot be read by this version: suspended tenants and key expiry there are not known";

/** How much changes in a stack, in a few words. */
export function summaryOf(stack: StackDifference): string {
  const { tenants, spaces, breaking, dangerous, unexplained } = countsOf(stack);
  const changing = (number: number, noun: string) => `${counted(number, noun)} ${number === 1 ? "changes" : "change"}`;
  const counts = [
    ...(tenants > 0 ? [changing(tenants, "tenant")] : []),
    ...(spaces > 0 ? [changing(spaces, "space")] : []),
    ...(breaking > 0 ? [counted(breaking, "breaking change")] : []),
    ...(dangerous > 0 ? [counted(dangerous, "dangerous change")] : []),
    ...(unexplained > 0 ? [`${counted(unexplained, "change")} without a sentence`] : []),
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
    ...replaced.map(({ urn, inputs }) => `+- ${labelOfUrn(urn)}${inputs.length > 0 ? ` (${inputs.join(", ")})` : ""}`),
    ...deleted.map((urn) => `- ${labelOfUrn(urn)}`),
  ].map(printable);
}
