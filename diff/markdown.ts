import { markdownProse } from "../access/report/escape";
import { lineOf, marksOf, type Change, type Notice } from "./change";
import type { Difference, StackDifference } from "./difference";
import type { SubjectDifference } from "./subject";
import { resourceCounts, resourceLines, summaryOf, unreadNote } from "./text";
import { unexplainedHeading, unexplainedSentences } from "./unexplained";

/** GitHub takes 65,536 characters in a comment; the rest is for what is put around the report. */
const maxLength = 60_000;

/** Of a stack's part, the most that what no sentence explains takes, and its list of resources. */
const shares = { unexplained: 0.3, resources: 0.2 };

/** What a tenant or space with a mark gets at least, as long as there is room, and what the note that it is cut takes. */
const leastLength = 400;
const restLength = 60;

/**
 * The difference for a comment on a pull request, at most as long as one may be. A value from tenants.yaml or a deployment
 * that is more than plain words stands in code, where GitHub sees neither markup nor mentions.
 */
export function differenceMarkdown({ from, today, stacks }: Difference): string {
  const share = Math.floor(maxLength / Math.max(stacks.length, 1));
  return [
    "## What changes for whom",
    "",
    `Compared with ${markdownProse(from)} on ${today}. **breaking**: a client fails that worked before. **dangerous**: files, ` +
      "messages or logs may be lost, somebody new may read or hear, or a guard is weaker.",
    ...stacks.map((stack) => stackMarkdown(stack, share)),
    "",
  ].join("\n");
}

function stackMarkdown(stack: StackDifference, length: number): string {
  const left = fitting(
    unexplainedSentences(stack.unexplained).map((sentence) => `  - ${sentence(markdownProse)}`),
    length * shares.unexplained,
  );
  return [
    "",
    `### ${markdownProse(stack.stack)}: ${summaryOf(stack)}`,
    "",
    ...stack.changes.map((change) => `- ${line(change)}`),
    ...(stack.otherFileUnread ? [`- note: ${unreadNote}`] : []),
    ...subjectLines(subjectBlocks(stack), length * (1 - shares.unexplained - shares.resources)),
    ...(left.shown.length > 0 ? [`- **${unexplainedHeading}:**`, ...left.shown] : []),
    ...(left.rest > 0 ? [`  - and ${left.rest} more: \`npm run diff\` shows all`] : []),
    "",
    ...resourceBlock(stack, length * shares.resources),
  ].join("\n");
}

/** What a tenant's or a space's reviewer reads. */
interface SubjectBlock {
  readonly heading: string;
  /** Those with a mark first where not all fit. */
  readonly lines: readonly string[];
  readonly marked: readonly string[];
}

function subjectBlocks({ tenants, spaces }: StackDifference): SubjectBlock[] {
  const block = (heading: string, { changes, notices }: SubjectDifference): SubjectBlock => ({
    heading: `- ${heading}`,
    lines: [...changes, ...notices].map((told) => `  - ${line(told)}`),
    marked: changes.filter((change) => marksOf(change).length > 0).map((change) => `  - ${line(change)}`),
  });
  return [
    ...tenants.map((tenant) => block(markdownProse(tenant.name), tenant)),
    ...spaces.map((space) => block(`space ${markdownProse(space.name)}`, space)),
  ];
}

/** As many as fit: first those with a mark, each of them in part rather than not at all. */
function subjectLines(blocks: readonly SubjectBlock[], length: number): string[] {
  const inOrder = [...blocks].sort((a, b) => Number(b.marked.length > 0) - Number(a.marked.length > 0));
  const texts = new Map<SubjectBlock, readonly string[]>();
  let left = length;
  for (const [index, block] of inOrder.entries()) {
    const isMarked = block.marked.length > 0;
    // What is marked further on has its part as well.
    const waiting = inOrder.slice(index + 1).filter(({ marked }) => marked.length > 0).length;
    const text = cutBlock(block, isMarked ? Math.max(left / (waiting + 1), Math.min(left, leastLength)) : left);
    if (text !== undefined) {
      texts.set(block, text);
      left -= text.join("\n").length + 1;
    }
  }
  const hidden = blocks.filter((block) => !texts.has(block));
  return [...blocks.flatMap((block) => texts.get(block) ?? []), ...(hidden.length > 0 ? [hiddenNote(hidden)] : [])];
}

/** A block within a length; undefined where not even its heading and a line fit. */
function cutBlock({ heading, lines, marked }: SubjectBlock, length: number): string[] | undefined {
  if (heading.length + lines.join("\n").length + 2 <= length) {
    return [heading, ...lines];
  }
  const ordered = [...marked, ...lines.filter((each) => !marked.includes(each))];
  const { shown, rest } = fitting(ordered, length - heading.length - restLength);
  return shown.length === 0 ? undefined : [heading, ...shown, `  - and ${rest} more: \`npm run diff\` shows all`];
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
  const marked = hidden.filter((block) => block.marked.length > 0);
  const which =
    marked.length === 0
      ? "none with a breaking or dangerous change"
      : `**${marked.length} with breaking or dangerous changes**`;
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
