import { markdownCode } from "../access/report/escape";
import { isBreaking, lineOf, type Change, type Notice } from "./change";
import type { Difference, StackDifference } from "./difference";
import { counted } from "./sentence";
import type { TenantDifference } from "./tenants";
import { resourceCounts, resourceLines, summaryOf, unreadNote } from "./text";

/** GitHub takes 65,536 characters in a comment; the rest is for what is put around the report. */
const maxLength = 60_000;

/** Of a stack's part, the most that its list of resources takes. */
const resourceShare = 0.2;

/**
 * The difference for a comment on a pull request, at most as long as one may be. Every value from tenants.yaml or a
 * deployment stands in code, where GitHub sees neither markup nor mentions.
 */
export function differenceMarkdown({ from, today, stacks }: Difference): string {
  const share = Math.floor(maxLength / Math.max(stacks.length, 1));
  return [
    "## What changes for whom",
    "",
    `Compared with ${markdownCode(from)} on ${today}.`,
    ...stacks.map((stack) => stackMarkdown(stack, share)),
    "",
  ].join("\n");
}

function stackMarkdown(stack: StackDifference, length: number): string {
  const shown = fitting(stack.tenants, length * (1 - resourceShare));
  const hidden = stack.tenants.filter((tenant) => !shown.has(tenant));
  return [
    "",
    `### ${markdownCode(stack.stack)}: ${summaryOf(stack)}`,
    "",
    ...stack.changes.map((change) => `- ${line(change)}`),
    ...(stack.otherFileUnread ? [`- note: ${unreadNote}`] : []),
    ...stack.tenants.flatMap((tenant) => shown.get(tenant) ?? []),
    ...(hidden.length > 0 ? [hiddenNote(hidden)] : []),
    "",
    ...resourceBlock(stack, length * resourceShare),
  ].join("\n");
}

/** The texts of as many tenants as fit, those with breaking changes before the others. */
function fitting(tenants: readonly TenantDifference[], length: number): ReadonlyMap<TenantDifference, string> {
  const shown = new Map<TenantDifference, string>();
  let left = length;
  for (const tenant of [...tenants.filter(breaks), ...tenants.filter((one) => !breaks(one))]) {
    const text = tenantBlock(tenant);
    left -= text.length + 1;
    if (left < 0) {
      break;
    }
    shown.set(tenant, text);
  }
  return shown;
}

function breaks({ changes }: TenantDifference): boolean {
  return changes.some(isBreaking);
}

function hiddenNote(hidden: readonly TenantDifference[]): string {
  const breaking = hidden.filter(breaks).length;
  const which = breaking === 0 ? "none of them with a breaking change" : `**${breaking} with breaking changes**`;
  return `- and ${counted(hidden.length, "more tenant")}, ${which}: \`npm run diff\` shows all`;
}

function tenantBlock({ name, changes, notices }: TenantDifference): string {
  return [`- ${markdownCode(name)}`, ...[...changes, ...notices].map((told) => `  - ${line(told)}`)].join("\n");
}

function line(told: Change | Notice): string {
  return lineOf(told, markdownCode, "**breaking:** ");
}

/** Folded away: reviewers of tenants look above, those of the program here. */
function resourceBlock({ resources }: StackDifference, length: number): string[] {
  const lines = resourceLines(resources);
  const summary = `Resources: ${resourceCounts(resources)}`;
  if (lines.length === 0) {
    return [summary];
  }
  let left = length;
  const beyond = lines.findIndex((each) => (left -= each.length + 1) < 0);
  const shown = lines.slice(0, beyond === -1 ? lines.length : beyond);
  const rest = lines.length - shown.length;
  // A fence ends at the next one that is not shorter.
  const fence = "`".repeat(Math.max(3, ...(lines.join().match(/`+/g) ?? []).map((run) => run.length + 1)));
  return [
    `<details><summary>${summary}</summary>`,
    "",
    `${fence}text`,
    ...shown,
    ...(rest > 0 ? [`... and ${rest} more`] : []),
    fence,
    "",
    "</details>",
  ];
}
