import { markdownProse } from "../access/report/escape";
import { lineOf, marksOf, type Change, type Notice } from "./change";
import type { Difference, StackDifference } from "./difference";
import type { SubjectDifference } from "./subject";
import { resourceCounts, resourceLines, summaryOf, unreadNote } from "./text";
import { detailSentence, unexplainedHeading } from "./unexplained";

/** GitHub takes 65,536 characters in a comment; the rest is for what is put around the report. */
const maxLength = 60_000;

/** Of a stack's part, the most that what no sentence explains takes, and its list of resources. */
const shares = { unexplained: 0.3, resources: 0.2 };

/**
 * The difference for a comment on a pull request, at most as long as one may be. A value from tenants.yaml or a deployment
 * that is more than plain words stands in code, where GitHub sees neither markup nor mentions.
 */
export function differenceMarkdown({ from, today, stacks }: Difference): string {
  const share = Math.floor(maxLength / Math.max(stacks.length, 1));
  return [
    "## What changes for whom",
    "",
    `Compared with ${markdownProse(from)} on ${today}.`,
    ...stacks.map((stack) => stackMarkdown(stack, share)),
    "",
  ].join("\n");
}

function stackMarkdown(stack: StackDifference, length: number): string {
  const blocks = subjectBlocks(stack);
  const left = fitting(
    stack.unexplained.map((detail) => `  - ${detailSentence(detail)(markdownProse)}`),
    length * shares.unexplained,
  );
  const shown = fittingBlocks(blocks, length * (1 - shares.unexplained - shares.resources));
  const hidden = blocks.filter((block) => !shown.has(block));
  return [
    "",
    `### ${markdownProse(stack.stack)}: ${summaryOf(stack)}`,
    "",
    ...stack.changes.map((change) => `- ${line(change)}`),
    ...(stack.otherFileUnread ? [`- note: ${unreadNote}`] : []),
    ...blocks.filter((block) => shown.has(block)).map(({ text }) => text),
    ...(hidden.length > 0 ? [hiddenNote(hidden)] : []),
    ...(left.shown.length > 0 ? [`- **${unexplainedHeading}:**`, ...left.shown] : []),
    ...(left.rest > 0 ? [`  - and ${left.rest} more: \`npm run diff\` shows all`] : []),
    "",
    ...resourceBlock(stack, length * shares.resources),
  ].join("\n");
}

/** What a tenant's or a space's reviewer reads. */
interface SubjectBlock {
  readonly text: string;
  readonly isMarked: boolean;
}

function subjectBlocks({ tenants, spaces }: StackDifference): SubjectBlock[] {
  const block = (heading: string, { changes, notices }: SubjectDifference): SubjectBlock => ({
    text: [`- ${heading}`, ...[...changes, ...notices].map((told) => `  - ${line(told)}`)].join("\n"),
    isMarked: changes.some((change) => marksOf(change).length > 0),
  });
  return [
    ...tenants.map((tenant) => block(markdownProse(tenant.name), tenant)),
    ...spaces.map((space) => block(`space ${markdownProse(space.name)}`, space)),
  ];
}

/** As many as fit, those with a mark before the others. */
function fittingBlocks(blocks: readonly SubjectBlock[], length: number): ReadonlySet<SubjectBlock> {
  const inOrder = [...blocks.filter(({ isMarked }) => isMarked), ...blocks.filter(({ isMarked }) => !isMarked)];
  return new Set(
    inOrder.slice(
      0,
      fitting(
        inOrder.map(({ text }) => text),
        length,
      ).shown.length,
    ),
  );
}

/** The first lines that fit, and how many do not. */
function fitting(
  lines: readonly string[],
  length: number,
): { readonly shown: readonly string[]; readonly rest: number } {
  let left = length;
  const beyond = lines.findIndex((each) => (left -= each.length + 1) < 0);
  const shown = lines.slice(0, beyond === -1 ? lines.length : beyond);
  return { shown, rest: lines.length - shown.length };
}

function hiddenNote(hidden: readonly SubjectBlock[]): string {
  const marked = hidden.filter(({ isMarked }) => isMarked).length;
  const which =
    marked === 0 ? "none with a breaking or dangerous change" : `**${marked} with breaking or dangerous changes**`;
  return `- and ${hidden.length} more of them, ${which}: \`npm run diff\` shows all`;
}

function line(told: Change | Notice): string {
  return lineOf(told, markdownProse, (mark) => `**${mark}**`);
}

/** Folded away: reviewers of tenants look above, those of the program here. */
function resourceBlock({ resources }: StackDifference, length: number): string[] {
  const summary = `Resources: ${resourceCounts(resources)}`;
  const { shown, rest } = fitting(resourceLines(resources), length);
  if (shown.length + rest === 0) {
    return [summary];
  }
  // A fence ends at the next one that is not shorter.
  const fence = "`".repeat(Math.max(3, ...(shown.join().match(/`+/g) ?? []).map((run) => run.length + 1)));
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
