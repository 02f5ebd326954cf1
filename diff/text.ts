import { printable } from "../invisible";
import { isBreaking, type Change, type Notice } from "./change";
import { countsOf, type Difference, type StackDifference } from "./difference";
import { labelOfUrn, type ResourceDifference } from "./resources";
import { counted, noticeOf, rendered, sentenceOf } from "./sentence";

/** The difference for a terminal. */
export function differenceText({ from, today, stacks }: Difference): string {
  return [`Compared with ${printable(from)} on ${today}`, ...stacks.map(stackText), ""].join("\n");
}

function stackText(stack: StackDifference): string {
  const tenants = stack.tenants.flatMap(({ name, changes, notices }) => [
    `  ${printable(name)}`,
    ...changes.map((change) => `    ${changeText(change)}`),
    ...notices.map((notice) => `    ${noticeText(notice)}`),
  ]);
  return [
    "",
    `${printable(stack.stack)}: ${summaryOf(stack)}`,
    ...stack.changes.map((change) => `  ${changeText(change)}`),
    ...(stack.otherFileUnread ? [`  note: ${unreadNote}`] : []),
    ...tenants,
    `  resources: ${resourceCounts(stack.resources)}`,
    ...resourceLines(stack.resources).map((line) => `    ${line}`),
  ].join("\n");
}

function changeText(change: Change): string {
  return `${isBreaking(change) ? "breaking: " : ""}${rendered(sentenceOf(change), printable)}`;
}

function noticeText(notice: Notice): string {
  return `note: ${rendered(noticeOf(notice), printable)}`;
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
export function resourceCounts({ created, changed, replaced, deleted }: ResourceDifference): string {
  return `${created.length} created, ${changed.length} changed, ${replaced.length} replaced, ${deleted.length} deleted`;
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
