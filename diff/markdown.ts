import { markdownCode } from "../access/report/escape";
import { isBreaking, type Change } from "./change";
import type { Difference, StackDifference } from "./difference";
import { counted, noticeOf, rendered, sentenceOf, type Sentence } from "./sentence";
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
  const resources = resourceBlock(stack, length * resourceShare);
  const blocks = stack.tenants.map((tenant) => ({ tenant, text: tenantBlock(tenant) }));
  const shown = fitting(blocks, length * (1 - resourceShare));
  const hidden = blocks.filter((block) => !shown.has(block)).map(({ tenant }) => tenant);
  return [
    "",
    `### ${markdownCode(stack.stack)}: ${summaryOf(stack)}`,
    "",
    ...stack.changes.map((change) => `- ${changeLine(change)}`),
    ...(stack.otherFileUnread ? [`- note: ${unreadNote}`] : []),
    ...blocks.filter((block) => shown.has(block)).map(({ text }) => text),
    ...(hidden.length > 0 ? [hiddenNote(hidden)] : []),
    "",
    ...resources,
  ].join("\n");
}

interface Block {
  readonly tenant: TenantDifference;
  readonly text: string;
}

/** As many blocks as fit, those with breaking changes before the others. */
function fitting(blocks: readonly Block[], length: number): ReadonlySet<Block> {
  const breaks = ({ tenant }: Block) => tenant.changes.some(isBreaking);
  const shown = new Set<Block>();
  let left = length;
  for (const block of [...blocks.filter(breaks), ...blocks.filter((block) => !breaks(block))]) {
    left -= block.text.length + 1;
    if (left < 0) {
      break;
    }
    shown.add(block);
  }
  return shown;
}

function hiddenNote(hidden: readonly TenantDifference[]): string {
  const breaking = hidden.filter(({ changes }) => changes.some(isBreaking)).length;
  const which = breaking === 0 ? "none of them with a breaking change" : `**${breaking} with breaking changes**`;
  return `- and ${counted(hidden.length, "more tenant")}, ${which}: \`npm run diff\` shows all`;
}

function tenantBlock({ name, changes, notices }: TenantDifference): string {
  return [
    `- ${markdownCode(name)}`,
    ...changes.map((change) => `  - ${changeLine(change)}`),
    ...notices.map((notice) => `  - note: ${sentenceMarkdown(noticeOf(notice))}`),
  ].join("\n");
}

function changeLine(change: Change): string {
  return `${isBreaking(change) ? "**breaking:** " : ""}${sentenceMarkdown(sentenceOf(change))}`;
}

function sentenceMarkdown(sentence: Sentence): string {
  return rendered(sentence, markdownCode);
}

/** Folded away: reviewers of tenants look above, those of the program here. */
function resourceBlock({ resources }: StackDifference, length: number): string[] {
  const lines = resourceLines(resources);
  const summary = `Resources: ${resourceCounts(resources)}`;
  if (lines.length === 0) {
    return [summary];
  }
  const shown = lines.slice(0, firstBeyond(lines, length));
  const rest = lines.length - shown.length;
  // A fence ends at the next one that is not shorter.
  const fence = "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
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

function firstBeyond(lines: readonly string[], length: number): number {
  let left = length;
  const index = lines.findIndex((line) => (left -= line.length + 1) < 0);
  return index === -1 ? lines.length : index;
}

function longestRun(line: string): number {
  return Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
}
